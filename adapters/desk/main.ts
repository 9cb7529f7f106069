import { enableCompileCache } from 'node:module';
import type { Command } from './command.ts';

// Compiled code is kept, so that a check is over sooner: before anything else is loaded.
enableCompileCache();
const { UsageError } = await import('./command.ts');

/** What `npm run knowledge -- …` can do; only what is asked for is loaded. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./check.ts')).check,
  watch: async () => (await import('./watch.ts')).watch,
  ask: async () => (await import('./ask.ts')).ask,
  eval: async () => (await import('./eval.ts')).evaluate,
  report: async () => (await import('./report.ts')).report,
  rules: async () => (await import('./rules.ts')).rules,
  calibrate: async () => (await import('./calibrate.ts')).calibrate,
};

async function usage(): Promise<string> {
  const all = await Promise.all(Object.entries(commands).map(async ([name, load]) => ({ name, ...await load() })));
  return `npm run knowledge -- COMMAND\n\n${all.map(({ name, usage: line, about }) => `  ${name} ${line}\n      ${about.ja}\n      ${about.en}`).join('\n')}\n`;
}

async function run([name = '', ...words]: string[]): Promise<number> {
  const load = commands[name];
  if (load === undefined) {
    console.log(await usage());
    return ['', 'help', '--help', '-h'].includes(name) ? 0 : 2;
  }
  const command = await load();
  if (words.includes('--help') || words.includes('-h')) {
    console.log(`npm run knowledge -- ${name} ${command.usage}\n  ${command.about.ja}\n  ${command.about.en}`);
    return 0;
  }
  return command.run(words);
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\n使い方は npm run knowledge -- help で見られます。` : `実行できませんでした: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
