import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createBot, type TurnReport } from '../../bot/bot.ts';
import { kinds, type Activity } from '../../bot/engine.ts';
import type { AnswerDetails } from '../../bot/reply.ts';
import { sqliteStore } from '../../bot/store/sqlite.ts';
import { buildHere } from '../../knowledge/builder.ts';
import { openDictionary } from '../../knowledge/search/kuromoji.ts';
import { openShelf, type Shelf } from '../../knowledge/shelf.ts';
import { runTurn } from '../run-turn.ts';
import { readLanguage, readWords, sayIn, settings, type Command, type DeskLanguage } from './command.ts';
import { candidatesOf, explain } from './explain.ts';
import { findingLines, hang, styled, widest, wrap } from './layout.ts';
import { whileSaying } from './progress.ts';
import { openPrompt } from './prompt.ts';
import { inTemporaryFolder } from './temporary.ts';

type Button = { readonly title: string; readonly value: string };

/** The small Markdown as plain text. */
const plain = (text: string): string => text.replaceAll('**', '').replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, '$1 $2');

/** Replies as a terminal shows them: wrapped, with the file an answer stands in, and the buttons numbered. */
export function shownReplies(replies: readonly Partial<Activity>[], buttons: readonly Button[]): string {
  const texts = replies.flatMap(({ text = '', entities = [] }) => {
    const [answer] = (entities as AnswerDetails[]).filter(({ type }) => type === 'madoguchi/answer');
    return [...wrap(plain(text), widest), ...(answer === undefined ? [] : [styled('dim', `(faq/${answer.entry})`)]), ''];
  });
  return [...texts, ...buttons.map(({ title }, at) => hang(`  [${at + 1}] `, title))].join('\n');
}

/** What was looked up in a turn, and in the light of which entry. */
interface Looked {
  readonly text: string;
  readonly locale: string;
  readonly before: string | undefined;
}

/** A conversation in the terminal; nothing of it is kept. */
async function talk(shelf: Shelf, language: DeskLanguage, today: string): Promise<void> {
  const say = sayIn(language);
  const store = await sqliteStore(':memory:');
  const prompt = openPrompt();
  let report: TurnReport | undefined;
  let lastEntry: string | undefined;
  let looked: Looked | undefined;
  let buttons: readonly Button[] = [];
  let turns = 0;
  const bot = createBot({ store, library: () => shelf.current, today: () => today, idleHours: 24, questionLog: { key: 'of this conversation alone', days: 1 }, report: (one) => { report = one; } });
  const send = async (activity: Partial<Activity>): Promise<void> => {
    const before = lastEntry;
    const known = (await store.questions(new Date(0))).length;
    turns += 1;
    const replies = await runTurn(bot, {
      type: kinds.message, id: `turn-${turns}`, channelId: 'desk', locale: language, conversation: { id: 'desk', isGroup: false, conversationType: '', name: '' },
      from: { id: 'staff', name: '' }, recipient: { id: 'bot', name: '' }, ...activity,
    } as Partial<Activity>);
    const asked = (await store.questions(new Date(0))).slice(known).find(({ kind }) => kind === 'asked');
    looked = asked && { text: asked.text, locale: asked.locale, before };
    lastEntry = report?.entry ?? lastEntry;
    buttons = replies.flatMap(({ suggestedActions }) => suggestedActions?.actions ?? []).map(({ title, value }) => ({ title, value: String(value) }));
    console.log(`\n${shownReplies(replies, buttons)}\n`);
    if (report?.error !== undefined) console.error(report.error);
  };
  const why = (): string => {
    if (looked === undefined) return say('この返事は、検索の答えではありません(案内の質問、選んだ回答、決まった文など)。', 'This was not looked up: it is a guide’s question, what was chosen, or a fixed sentence.');
    const [locale, words] = [looked.locale === 'en' ? 'en' as const : 'ja' as const, looked.text];
    const verdict = shelf.current.answer(words, locale, today, looked.before);
    const light = looked.before === undefined ? '' : `\n${say(`前に示した回答: ${looked.before}(短い質問は、これに続くものとして読みます)`, `Shown before: ${looked.before} (a short question is read as going on from it)`)}`;
    return explain(words, verdict, candidatesOf(verdict, shelf.current, locale, today), shelf.current, language) + light;
  };
  try {
    await send({ type: kinds.conversationUpdate });
    for (;;) {
      const typed = await prompt.ask(say('あなた> ', 'you> '));
      if (typed === undefined || /^(\/?quit|\/?exit|やめる)$/i.test(typed)) return;
      if (/^(なぜ|なぜ[?？]|why\??)$/i.test(typed)) console.log(`\n${why()}\n`);
      else {
        const button = /^[1-9]\d?$/.test(typed.normalize('NFKC')) ? buttons[Number(typed.normalize('NFKC')) - 1] : undefined;
        await send(button === undefined ? { text: typed } : { text: button.title, value: button.value });
      }
    }
  } finally {
    prompt.close();
    await store.close();
  }
}

/** Lets `work` see the knowledge with its drafts as if they were published, in a folder of their own that is removed afterwards. */
async function withDrafts(folder: string, work: (folder: string) => Promise<void>): Promise<void> {
  await inTemporaryFolder('madoguchi-try-', async (top) => {
    const copy = join(top, 'knowledge');
    await cp(folder, copy, { recursive: true });
    for (const name of await readdir(join(copy, 'faq'), { recursive: true })) {
      if (!name.endsWith('.md')) continue;
      const path = join(copy, 'faq', name);
      const text = await readFile(path, 'utf8');
      const published = text.replace(/^draft: true[^\S\r\n]*(\r\n|\n|\r)/m, '');
      if (published !== text) await writeFile(path, published);
    }
    await work(copy);
  });
}

/** A conversation in the terminal against the files as they are being edited. */
export const tryOut: Command = {
  usage: '[--drafts] [--lang ja|en]',
  about: {
    ja: '直しているファイルと、画面で会話します。保存すると、次の返事から変わります。「なぜ」と打つと、いまの返事のわけを表示します。番号で選べます。やめるときは「やめる」か Ctrl+D。会話は残りません。--drafts は下書きも含めます。',
    en: 'Talks with the files you are editing, in the terminal. A saved edit counts from the next reply on. “why” shows why the last reply was given, a number taps a button, “quit” or Ctrl+D ends it. Nothing is kept. --drafts takes drafts along.',
  },
  examples: [
    { words: '', about: { ja: '会話を始めます', en: 'begins a conversation' } },
    { words: '--drafts', about: { ja: '下書きも、公開したものとして試します(始めたときのファイルで)', en: 'with drafts as if published, as the files are when it begins' } },
  ],
  exits: { ja: '0 会話を終えた、2 実行できなかった', en: '0 the conversation is over, 2 could not run' },
  async run(words) {
    const { values } = readWords(words, { drafts: { type: 'boolean', default: false }, lang: { type: 'string' } });
    const language = readLanguage(values.lang);
    const say = sayIn(language);
    const { folder, today } = settings();
    const begin = async (from: string): Promise<void> => {
      const shelf = await whileSaying(say('準備しています…', 'preparing…'), () => openShelf(from, buildHere(openDictionary())));
      shelf.listen((news) => console.log(news.kind === 'replaced' ? styled('dim', say('(ファイルが変わりました。次の返事から使います)', '(The files have changed; the next reply uses them)'))
        : [...news.findings.map((finding) => findingLines(finding, language)), say('直るまで、前のファイルで続けます。', 'The earlier files are used until this is corrected.')].join('\n')));
      try {
        for (const finding of shelf.current.findings.filter(({ level }) => level === 'error')) console.log(`${findingLines(finding, language)}\n`);
        console.log(styled('dim', say('(「なぜ」でわけを、番号で選択、「やめる」で終わります)', '(“why” shows why, a number chooses, “quit” ends it)')));
        await talk(shelf, language, today);
      } finally {
        shelf.close();
      }
    };
    await (values.drafts ? withDrafts(folder, begin) : begin(folder));
    return 0;
  },
};
