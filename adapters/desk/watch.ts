import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { inWords } from '../../knowledge/finding.ts';
import type { Library } from '../../knowledge/library.ts';
import { watchFolder } from '../../knowledge/watch-folder.ts';
import { closingWords, openCheck } from './check.ts';
import { readLanguage, readWords, sayIn, settings, type Command, type DeskLanguage, type Say } from './command.ts';
import { faultWords } from './faults.ts';
import { quoted, widest, wrap } from './layout.ts';

/** What is answered to a question: the title of one answer, the titles to choose from, or that there is none. */
function answered(library: Library, question: string, today: string, language: DeskLanguage): string {
  const say = sayIn(language);
  const asked = /[\u3040-\u30ff\u3400-\u9fff]/u.test(question) ? 'ja' : 'en';
  const verdict = library.answer(question, asked, today);
  const title = (id: string): string => `${quoted(library.entry(id, asked, today)?.title ?? id, language)}${say('', ' ')}(${id})`;
  if (verdict.kind === 'none') return `${question} → ${say('「見つかりませんでした」と答えます', 'it says that it does not know')}`;
  return `${question} → ${verdict.kind === 'one' ? title(verdict.entry) : `${say('どれかを選んでもらいます: ', 'offers a choice: ')}${verdict.entries.map(title).join(say('、', ', '))}`}`;
}

/** A saved file is live within two seconds, a little later on a busy machine: the service is asked again and again, for so many ms. */
const [patience, lookAfter] = [6000, 500];

/** What the service says it serves; `busy` while it takes its time, undefined where there is none. */
const servedAt = (address: string, over: AbortSignal): Promise<string | undefined> =>
  fetch(`${address}readyz`, { signal: AbortSignal.any([over, AbortSignal.timeout(2000)]) }).then(async (response) => (await response.json() as { knowledge: { version: string } }).knowledge.version)
    .catch((error: unknown) => (error instanceof Error && error.name === 'TimeoutError' ? 'busy' : undefined));

/** Whether the running service serves these very files, as soon as it does; nothing when the watch is over. */
async function liveState(address: string, version: string, say: Say, over: AbortSignal): Promise<string> {
  for (const begin = performance.now(); !over.aborted;) {
    const served = await servedAt(address, over);
    if (served === version) return say('公開中: この内容です。', 'Live: exactly this.');
    if (served === undefined && !over.aborted) return say(`公開中の案内係は、${address} では動いていません。`, `No assistant is running at ${address}.`);
    if (performance.now() - begin > patience) return say('公開中: まだ前の内容です。', 'Live: still the earlier files.');
    await wait(lookAfter, undefined, { signal: over }).catch(() => undefined);
  }
  return '';
}

/** Checks the files at every save, until it is stopped. */
export const watch: Command = {
  usage: '[--lang ja|en]',
  about: { ja: '保存するたびに調べて表示します。質問を書いて Enter を押すと、その答えと、公開中かどうかも、保存のたびに出します。やめるときは Ctrl+C を押します。', en: 'Checks at every save, until Ctrl+C. Type a question and press Enter: its answer, and whether it is live, are shown at every save too.' },
  examples: [{ words: '', about: { ja: '直しているあいだ、動かしておきます', en: 'left running while you write' } }],
  exits: { ja: '0 Ctrl+C でやめた、2 実行できなかった', en: '0 ended with Ctrl+C, 2 could not run' },
  async run(words) {
    const language = readLanguage(readWords(words, { lang: { type: 'string' } }).values.lang);
    const say = sayIn(language);
    const { folder, address } = settings();
    const over = new AbortController();
    const checkFolder = openCheck();
    const look = async (): Promise<void> => {
      const findings = await checkFolder(folder, settings().today);
      // A finding keeps its line here: editors read them.
      console.log(`\n―― ${new Date().toLocaleTimeString(language === 'ja' ? 'ja-JP' : 'en-GB')} ――\n${[...findings.map((finding) => inWords(finding, language)), wrap(closingWords(findings, language), widest).join('\n')].join('\n\n')}`);
    };
    let question = '';
    let build: ReturnType<typeof import('../../knowledge/builder.ts').buildHere> | undefined;
    /** The search is loaded with the first question only; every save is learnt in a hurry, as the service does first. */
    const answer = async (): Promise<void> => {
      if (question === '') return;
      const [{ buildHere }, { openDictionary }] = await Promise.all([import('../../knowledge/builder.ts'), import('../../knowledge/search/kuromoji.ts')]);
      build ??= buildHere(openDictionary());
      const library = await build(folder, true);
      console.log(`\n${wrap(answered(library, question, settings().today, language), widest).join('\n')}`);
      if (library.findings.some(({ level }) => level === 'error')) console.log(say('(直すところのあるファイルを除いた答えです)', '(answered without the files that are to be corrected)'));
      console.log(await liveState(address, library.version, say, over.signal));
    };
    const failed = (error: unknown): void => console.error(`\n${faultWords(error, 'npm run knowledge -- watch', language)}`);
    let looking = Promise.resolve();
    const stop = await watchFolder(folder, () => { looking = looking.then(look).then(answer).catch(failed); });
    try {
      await look();
    } catch (error) {
      stop();
      throw error;
    }
    console.log(`\n${wrap(say('質問を書いて Enter を押すと、その答えと、公開中かどうかを、保存のたびに出します。やめるときは Ctrl+C を押します。', 'Type a question and press Enter: its answer, and whether it is live, are shown at every save. Ctrl+C ends it.'), widest).join('\n')}`);
    const lines = createInterface({ input: process.stdin });
    lines.on('line', (line) => {
      question = line.trim();
      looking = looking.then(answer).catch(failed);
    });
    await new Promise<void>((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    over.abort();
    stop();
    lines.close();
    await looking;
    return 0;
  },
};
