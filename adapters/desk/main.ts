import { enableCompileCache } from 'node:module';
import type { Command } from './command.ts';

// Compiled code is kept, so that a check is over sooner: before anything else is loaded.
enableCompileCache();
const [{ UsageError }, { widest, wrap }] = await Promise.all([import('./command.ts'), import('./layout.ts')]);

/** What `npm run knowledge -- …` can do; only what is asked for is loaded. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  new: async () => (await import('./new.ts')).newEntry,
  check: async () => (await import('./check.ts')).check,
  watch: async () => (await import('./watch.ts')).watch,
  ask: async () => (await import('./ask.ts')).ask,
  diff: async () => (await import('./diff.ts')).diff,
  export: async () => (await import('./export.ts')).exportEntries,
  import: async () => (await import('./import.ts')).importEntries,
  stale: async () => (await import('./stale.ts')).stale,
  try: async () => (await import('./try.ts')).tryOut,
  history: async () => (await import('./history.ts')).history,
  rollback: async () => (await import('./rollback.ts')).rollback,
  schema: async () => (await import('./schema.ts')).schema,
  eval: async () => (await import('./eval.ts')).evaluate,
  report: async () => (await import('./report.ts')).report,
  rules: async () => (await import('./rules.ts')).rules,
  calibrate: async () => (await import('./calibrate.ts')).calibrate,
};

async function usage(): Promise<string> {
  const all = await Promise.all(Object.entries(commands).map(async ([name, load]) => ({ name, ...await load() })));
  return `npm run knowledge -- COMMAND\n\n${all.map(({ name, usage: line, about }) => `  ${name} ${line}\n      ${about.ja}\n      ${about.en}`).join('\n')}\n`;
}

const usualExits = { ja: '0 問題なし、1 直すところやお知らせがある、2 実行できなかった', en: '0 well, 1 findings, 2 could not run' };

/** What a command does, with examples and what it exits with, in both languages. */
const helpOf = (name: string, { usage: line, about, examples = [], exits = usualExits }: Command): string => (['ja', 'en'] as const).flatMap((language) => [
  ...(language === 'ja' ? [`npm run knowledge -- ${name} ${line}`] : []), '', ...wrap(about[language], widest),
  ...examples.map((example) => `  npm run knowledge -- ${`${name} ${example.words}`.trim()}\n      ${example.about[language]}`),
  ...wrap(`${language === 'ja' ? '終了コード: ' : 'Exit code: '}${exits[language]}`, widest),
]).join('\n');

async function run([name = '', ...words]: string[]): Promise<number> {
  const load = commands[name];
  if (load === undefined) {
    console.log(await usage());
    return ['', 'help', '--help', '-h'].includes(name) ? 0 : 2;
  }
  const command = await load();
  if (words.includes('--help') || words.includes('-h')) {
    console.log(helpOf(name, command));
    return 0;
  }
  return command.run(words);
}

const isEnglish = process.argv.some((word, at, all) => word === '--lang=en' || (word === 'en' && all[at - 1] === '--lang'));
try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const why = error instanceof UsageError ? error.said[isEnglish ? 'en' : 'ja'] : error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError) console.error(`${why}\n${isEnglish ? 'npm run knowledge -- help shows how.' : '使い方は npm run knowledge -- help で見られます。'}`);
  else console.error(`${isEnglish ? 'This could not be done' : '実行できませんでした'}: ${why}`);
  process.exitCode = 2;
}
