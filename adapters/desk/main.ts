import { enableCompileCache } from 'node:module';
import type { Command } from './command.ts';

// Compiled code is kept, so that a check is over sooner: before anything else is loaded.
enableCompileCache();
const [{ ask }, { calibrate }, { check }, { evaluate }, { UsageError }, { report }, { rules }, { watch }] = await Promise.all(
  [import('./ask.ts'), import('./calibrate.ts'), import('./check.ts'), import('./eval.ts'), import('./command.ts'), import('./report.ts'), import('./rules.ts'), import('./watch.ts')]);

/** What `npm run knowledge -- …` can do. */
const commands: Readonly<Record<string, Command>> = { check, watch, ask, eval: evaluate, report, rules, calibrate };

const usage = `npm run knowledge -- COMMAND\n\n${Object.entries(commands).map(([name, { usage: line, about }]) => `  ${name} ${line}\n      ${about.ja}\n      ${about.en}`).join('\n')}\n`;

async function run([name = '', ...words]: string[]): Promise<number> {
  const command = commands[name];
  if (command === undefined) {
    console.log(usage);
    return ['', 'help', '--help', '-h'].includes(name) ? 0 : 2;
  }
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
