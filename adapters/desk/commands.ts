import type { Command } from './command.ts';
import { hang, widest, wrap } from './layout.ts';

/** What `npm run knowledge -- …` can do, in the order in which staff need it; only what is asked for is loaded. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./check.ts')).check,
  watch: async () => (await import('./watch.ts')).watch,
  ask: async () => (await import('./ask.ts')).ask,
  try: async () => (await import('./try.ts')).tryOut,
  new: async () => (await import('./new.ts')).newEntry,
  diff: async () => (await import('./diff.ts')).diff,
  export: async () => (await import('./export.ts')).exportEntries,
  import: async () => (await import('./import.ts')).importEntries,
  stale: async () => (await import('./stale.ts')).stale,
  history: async () => (await import('./history.ts')).history,
  rollback: async () => (await import('./rollback.ts')).rollback,
  report: async () => (await import('./report.ts')).report,
  rules: async () => (await import('./rules.ts')).rules,
  schema: async () => (await import('./schema.ts')).schema,
  eval: async () => (await import('./eval.ts')).evaluate,
  calibrate: async () => (await import('./calibrate.ts')).calibrate,
};

const usualExits = { ja: '0 終わった、2 実行できなかった', en: '0 done, 2 could not run' };
export const program = 'npm run knowledge --';

/** What a command does, with examples and what it exits with, in Japanese and then in English. */
export function helpOf(name: string, { usage, about, examples, exits = usualExits }: Command, begins = program): string {
  const called = `${begins} ${name}`.trim();
  const parts = (['ja', 'en'] as const).map((language) => [
    ...wrap(about[language], widest), '',
    ...examples.flatMap((example) => [hang('  ', `${called} ${example.words}`.replace(/(?: --)? $/, '')), hang('      ', example.about[language])]),
    '',
    hang(language === 'ja' ? '終了コード: ' : 'Exit code: ', exits[language]),
  ].join('\n'));
  return [hang(`${called} `, usage), ...parts].join('\n\n');
}

/** The first sentence says what a command is for. */
const firstSentence = (text: string): string => /^.*?(?:。|\.(?=\s|$))/u.exec(text)?.[0] ?? text;

/** All commands, each in a sentence. */
export async function overview(): Promise<string> {
  const all = await Promise.all(Object.entries(commands).map(async ([name, load]) => ({ name, about: (await load()).about })));
  const width = Math.max(...all.map(({ name }) => name.length)) + 4;
  return [
    `${program} 命令 / COMMAND`, '',
    ...all.flatMap(({ name, about }) => [hang(`  ${name}`.padEnd(width), firstSentence(about.ja)), hang(''.padEnd(width), firstSentence(about.en))]), '',
    hang('', `例と終了コードは ${program} 命令 --help で見られます。`), hang('', `${program} COMMAND --help shows examples and exit codes.`),
  ].join('\n');
}
