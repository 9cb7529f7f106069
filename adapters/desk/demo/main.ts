import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sqliteStore } from '../../../bot/store/sqlite.ts';
import { questionsFile } from '../../../knowledge/questions.ts';
import { loadLibrary, readWholeNumber, readWords, settings, UsageError } from '../command.ts';
import { readQuestions } from '../questions.ts';
import { playTraffic } from './traffic.ts';

const usage = 'npm run demo:traffic -- [--days 30] [--visits 45] [--out data/demo.db]';

/** Writes the question log of a made-up month, played to the real bot, into a database of its own. */
async function run(words: readonly string[]): Promise<void> {
  const { values } = readWords(words, { days: { type: 'string', default: '30' }, visits: { type: 'string', default: '45' }, out: { type: 'string', default: 'data/demo.db' }, help: { type: 'boolean', default: false } });
  if (values.help) return console.log(`${usage}\n作りものの住民が、本物の案内係に質問します。その記録を新しいファイルに書きます。\nMade-up residents ask the real assistant; what was asked is written into a new file.`);
  const [days, visits] = [readWholeNumber('--days', values.days), readWholeNumber('--visits', values.visits)];
  if (existsSync(values.out)) throw new UsageError({ ja: `${values.out} はもうあります。消すか、--out で別の名前にしてください。`, en: `${values.out} is there already. Delete it, or name another with --out.` });
  const { folder, today, timeZone } = settings();
  const [library, questions] = await Promise.all([loadLibrary(folder), readQuestions(join(folder, questionsFile))]);
  const store = await sqliteStore(values.out);
  try {
    const played = await playTraffic({ library, questions, store, timeZone, until: today, days, visits });
    console.log([`${values.out}: ${days}日間、${played.visits}人、${played.turns}回のやり取り。`, `見るには: npm run knowledge -- report --from ${values.out} --days ${days} --out report.html`].join('\n'));
  } finally {
    await store.close();
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof UsageError ? `${error.said.ja}\n${error.said.en}\n${usage}` : error);
  process.exitCode = 2;
}
