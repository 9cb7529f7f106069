import { readFileSync, globSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../adapters/config.ts';
import { runTurn } from '../adapters/run-turn.ts';
import { createBot, type TurnReport } from '../bot/bot.ts';
import type { Activity } from '../bot/engine.ts';
import type { Store } from '../bot/store/store.ts';
import { sqliteStore } from '../bot/store/sqlite.ts';
import { buildHere } from '../knowledge/builder.ts';
import type { Remember } from '../knowledge/cache.ts';
import { endsOf } from '../knowledge/guides/guide.ts';
import { guides } from '../knowledge/guides/index.ts';
import { openDictionary, type Dictionary } from '../knowledge/search/kuromoji.ts';
import { buildLibrary, type Library } from '../knowledge/library.ts';
import { openShelf, type Shelf } from '../knowledge/shelf.ts';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const knowledgeFolder = join(root, 'knowledge');
export const today = '2026-11-22';

let dictionary: Dictionary | undefined;
/** The real dictionary, loaded once a test file. */
export const theDictionary = (): Dictionary => (dictionary ??= openDictionary());

export interface EntryParts {
  readonly title?: string;
  readonly phrases?: readonly string[];
  readonly body?: string;
  readonly more?: string;
}

/** An entry file's text; what is not given is filled in. */
export const entryText = ({ title = '見本', phrases = ['見本の質問'], body = '見本の回答です。', more = '' }: EntryParts = {}): string => `---
title: ${title}
phrases:
${phrases.map((phrase) => `  - ${phrase}`).join('\n')}
department: card
source: https://www.kojinbango-card.go.jp/
facts: [F1-01]
checked: 2026-11-22
review: 2027-05-22
${more === '' ? '' : `${more}\n`}---
${body}
`;

/** A few entries about different things, in Japanese and English. */
const smallEntries: Readonly<Record<string, string>> = {
  'faq/status/how-long.ja.md': entryText({ title: '交付通知書が届くまでの期間', phrases: ['申請してから何週間で届きますか', 'カードはいつできますか', '交付通知書はいつ届きますか'], body: '申請から**約1か月**です。', more: 'guide: status\nrelated: [lost/what-to-do-first]' }),
  'faq/status/how-long.en.md': entryText({ title: 'How long until the Notice arrives', phrases: ['how long does it take to get the card', 'when will my card be ready', 'I applied on my phone three weeks ago, when will my card be ready?'], body: 'About **1 month**.', more: 'guide: status\nrelated: [lost/what-to-do-first]' }),
  'faq/lost/what-to-do-first.ja.md': entryText({ title: 'カードをなくしたとき', phrases: ['カードをなくしました', '財布ごと盗まれた', 'カードを紛失した'], body: 'すぐに電話 0120-95-0178 で止めてください。' }),
  'faq/lost/what-to-do-first.en.md': entryText({ title: 'Card lost or stolen', phrases: ['I lost my card', 'my wallet was stolen with the card in it'], body: 'Telephone 0120-95-0178 at once.' }),
  'faq/apply/photo-rules.ja.md': entryText({ title: '顔写真の規格', phrases: ['写真のサイズを教えてください', '眼鏡をかけた写真でもよいですか'], body: '縦4.5cm、横3.5cmです。' }),
  'faq/apply/photo-rules.en.md': entryText({ title: 'Photo rules', phrases: ['what size must the photo be', 'may I wear glasses in the picture'], body: '4.5 cm by 3.5 cm.' }),
  'faq/other/contacts.ja.md': entryText({ title: '問い合わせ先', phrases: ['電話番号を教えて', 'どこに聞けばいいですか'], body: '電話 0120-95-0178 です。' }),
  'faq/other/contacts.en.md': entryText({ title: 'Contacts', phrases: ['whom can I call', 'hotline number'], body: 'Telephone 0120-95-0178.' }),
};

const realFiles = (pattern: string): [string, string][] =>
  globSync(pattern, { cwd: knowledgeFolder }).map((name) => [name.replaceAll('\\', '/'), readFileSync(join(knowledgeFolder, name), 'utf8')]);

/** The first items of each of the longest lists; thousands of phrases of other offices are not needed to see how one is read. */
const shortLists = (yaml: string, most = 20): string => {
  let items = 0;
  return yaml.split('\n').filter((row) => {
    items = row.startsWith('      - ') ? items + 1 : 0;
    return items <= most;
  }).join('\n');
};

/** Files of a small library: the real words and municipality, a few entries, and a plain entry for every end of every guide. */
export function smallFiles(changes: Readonly<Record<string, string | undefined>> = {}): { texts: ReadonlyMap<string, string>; findings: [] } {
  const ends = guides.flatMap((guide) => endsOf(guide).map((id) => ({ id, slots: guide.slots }))).flatMap(({ id, slots }): [string, string][] =>
    (['ja', 'en'] as const).map((locale) => [`faq/${id}.${locale}.md`, entryText({ title: id, body: `Arrived at **${id.split('/')[0]}** (${id.split('/')[1]!.replace(/ask|call/, 'a-s-k')}).\n\n${slots.map((slot) => `- {${slot}}`).join('\n')}` }).replace(/phrases:\n {2}- .*\n/, '')]));
  const all = new Map<string, string>([...realFiles('words/*.yaml').map(([name, text]): [string, string] => [name, shortLists(text)]), ...realFiles('municipality.yaml'), ...Object.entries(smallEntries), ...ends]);
  for (const [name, text] of Object.entries(changes)) {
    if (text === undefined) all.delete(name);
    else all.set(name, text);
  }
  return { texts: all, findings: [] };
}

/** Copies the shipped knowledge with only the first phrases of each entry, so that an edit of it is learnt in a moment. */
export async function copyKnowledge(folder: string, phrases = 40): Promise<void> {
  await cp(knowledgeFolder, folder, { recursive: true });
  for (const name of globSync('{faq/**/*.phrases,words/elsewhere/*}.txt', { cwd: folder })) await writeFile(join(folder, name), (await readFile(join(folder, name), 'utf8')).split('\n').slice(0, phrases).join('\n'));
}

let shipped: Promise<Library> | undefined;
/** The library that ships with the project, built once a test file. */
export const shippedLibrary = (): Promise<Library> => (shipped ??= buildHere(theDictionary())(knowledgeFolder));

const read = new Map<string, unknown>();
/** What was read once in a test file is not read again. */
export const remember: Remember = <Value>(key: string, make: () => Value): Value => {
  if (!read.has(key)) read.set(key, make());
  return read.get(key) as Value;
};
export const smallLibrary = async (changes: Readonly<Record<string, string | undefined>> = {}): Promise<Library> => buildLibrary(smallFiles(changes), theDictionary(), remember);

/** A conversation with the bot, as a script: say, tap, look at what came back. */
export interface Talk {
  say(text: string, more?: Partial<Activity>): Promise<readonly Partial<Activity>[]>;
  /** Taps the choice with this title or id among the last replies. */
  tap(titleOrId: string): Promise<readonly Partial<Activity>[]>;
  /** The last replies' texts, joined. */
  readonly heard: string;
  readonly choices: readonly { title: string; value: string }[];
  readonly reports: readonly TurnReport[];
  readonly store: Store;
}

export interface TalkParts {
  readonly library: Library;
  readonly store?: Store;
  readonly conversation?: string;
  readonly today?: string;
  readonly locale?: string;
}

export async function talkWith({ library, store: given, conversation = 'c1', today: day = today, locale }: TalkParts): Promise<Talk> {
  const store = given ?? await sqliteStore(':memory:');
  const reports: TurnReport[] = [];
  const bot = createBot({ store, library: () => library, today: () => day, idleHours: 24, questionLog: { key: 'a key of the tests', days: 90 }, report: (report) => reports.push(report) });
  let last: readonly Partial<Activity>[] = [];
  let count = 0;
  const choicesOf = (replies: readonly Partial<Activity>[]): { title: string; value: string }[] =>
    replies.flatMap(({ suggestedActions }) => suggestedActions?.actions ?? []).map(({ title, value }) => ({ title, value: String(value) }));
  const send = async (activity: Partial<Activity>): Promise<readonly Partial<Activity>[]> => {
    count += 1;
    last = await runTurn(bot, {
      type: 'message', id: `m${count}`, channelId: 'test', conversation: { id: conversation, isGroup: false, conversationType: '', name: '' },
      from: { id: 'someone', name: '' }, recipient: { id: 'bot', name: '' }, ...(locale === undefined ? {} : { locale }), ...activity,
    } as Partial<Activity>);
    return last;
  };
  return {
    say: (text, more = {}) => send({ text, ...more }),
    tap(titleOrId) {
      const choice = choicesOf(last).find(({ title, value }) => title === titleOrId || value === titleOrId);
      return send(choice === undefined ? { text: titleOrId, value: titleOrId } : { text: choice.title, value: choice.value });
    },
    get heard() { return last.map(({ text }) => text).join('\n'); },
    get choices() { return choicesOf(last); },
    reports, store,
  };
}

/** The shelf of a service under test, built in this thread. */
export const shelfOf = async (config: Config): Promise<Shelf> => openShelf(config.knowledge, buildHere(theDictionary()));
