import { existsSync, renameSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sqliteStore } from '../../../bot/store/sqlite.ts';
import { questionsFile } from '../../../knowledge/questions.ts';
import { helpOf } from '../commands.ts';
import { home, languageIn, loadLibrary, readLanguage, readWholeNumber, readWords, sayIn, settings, UsageError, type Command } from '../command.ts';
import { faultWords } from '../faults.ts';
import { readQuestions } from '../questions.ts';
import { playTraffic } from './traffic.ts';

const program = 'npm run demo:traffic --';

/** Writes the question log of a made-up month, played to the real bot, into a database of its own. */
const traffic: Command = {
  usage: '[--days 30] [--visits 45] [--out data/demo.db] [--lang ja|en]',
  about: {
    ja: '作りものの住民が、本物の案内係に質問します。その記録を、新しいファイルに書きます。公開中の記録には触れません。1分ほどかかります。',
    en: 'Made-up residents ask the real assistant, and what was asked is written into a new file. The log of the real service is not touched. It takes about a minute.',
  },
  examples: [
    { words: '', about: { ja: '30日間、1日におよそ45人', en: '30 days with about 45 people each' } },
    { words: '--days 7 --out data/week.db', about: { ja: '7日間を、別のファイルに', en: 'seven days, into another file' } },
  ],
  exits: { ja: '0 書いた、2 実行できなかった', en: '0 written, 2 could not run' },
  async run(words) {
    const { values } = readWords(words, { days: { type: 'string', default: '30' }, visits: { type: 'string', default: '45' }, out: { type: 'string' }, lang: { type: 'string' } });
    const language = readLanguage(values.lang);
    const say = sayIn(language);
    const [days, visits] = [readWholeNumber('--days', values.days), readWholeNumber('--visits', values.visits)];
    const out = values.out ?? relative(process.cwd(), join(home, 'data/demo.db'));
    if (existsSync(out)) throw new UsageError({ ja: `${out} はもうあります。消すか、--out で別の名前にしてください。何も書いていません。`, en: `${out} is there already. Delete it, or name another with --out. Nothing was written.` });
    const { folder, today, timeZone } = settings();
    const [library, questions] = await Promise.all([loadLibrary(folder, say), readQuestions(join(folder, questionsFile))]);
    // Under its name only when it is whole; what an earlier run broke off goes.
    const half = `${out}.half`;
    const clear = (): void => { for (const end of ['', '-wal', '-shm']) rmSync(half + end, { force: true }); };
    clear();
    process.once('exit', clear);
    process.once('SIGINT', () => process.exit(130));
    const store = await sqliteStore(half);
    const played = await playTraffic({ library, questions, store, timeZone, until: today, days, visits, label: say('住民の数', 'residents') }).finally(() => store.close());
    renameSync(half, out);
    console.log([
      say(`書きました: ${out}(${days}日間、${played.visits}人、${played.turns}回のやり取り)`, `written: ${out} (${days} days, ${played.visits} people, ${played.turns} turns)`),
      say('見るには:', 'To see it:'), `  npm run knowledge -- report --from ${out} --days ${days} --out report.html${say('', ' --lang en')}`,
    ].join('\n'));
    return 0;
  },
};

const words = process.argv.slice(2);
if (process.env.npm_lifecycle_event === 'demo:traffic' && process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD);
if (words.includes('--help') || words.includes('-h')) console.log(helpOf('', traffic, program));
else {
  try {
    process.exitCode = await traffic.run(words);
  } catch (error) {
    console.error(faultWords(error, program, languageIn(words)));
    process.exitCode = 2;
  }
}
