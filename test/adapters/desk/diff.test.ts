import { mkdtempSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { worth } from '../../../adapters/desk/compare.ts';
import { knownQuestions } from '../../../adapters/desk/known.ts';
import type { AskedQuestion } from '../../../bot/store/store.ts';
import { sqliteStore } from '../../../bot/store/sqlite.ts';
import type { Question } from '../../../knowledge/questions.ts';
import { entryText } from '../../helpers.ts';
import { openDesk, type Desk } from '../../desk.ts';

// Each command is a process of its own, and the machine may be busy.
jest.setTimeout(120_000);

const asked = (text: string, asker: string, more: Partial<AskedQuestion> = {}): AskedQuestion =>
  ({ at: 0, channel: 'web', locale: 'ja', kind: 'asked', text, outcome: 'answered', entries: ['a/a'], confidence: 1, asker, ...more });
const kept = (more: Partial<Question> = {}): Question => ({ id: 'q', lang: 'ja', turns: ['写真は?'], relevant: ['a/a'], grades: {}, also_ok: [], hold: false, ...more });

test('a question asked in several spellings is one, and its words show only when three people asked it', () => {
  const known = knownQuestions([], [asked('写真は?', 'p'), asked('写真は？', 'q'), asked('カード', 'p'), asked('写真は', 'r')]);
  expect(known).toMatchObject([{ times: 3, isShown: true }, { turns: ['カード'], times: 1, isShown: false }]);
});

test('what staff keep stands once, counted as often as residents ask it, in the language they ask it in', () => {
  const known = knownQuestions([kept()], [asked('写真は？', 'p'), asked('写真は?', 'p', { locale: 'en' })]);
  expect(known.map(({ lang, times, kept: question }) => [lang, times, question?.id])).toEqual([['ja', 1, 'q'], ['en', 1, undefined]]);
});

test('a vote counts for the answer its asker was given last, once a question, and a choice only for what was offered', () => {
  const vote = (asker: string, entry: string, kind: AskedQuestion['kind']): AskedQuestion => asked('', asker, { kind, entries: [entry] });
  const log = [
    asked('写真は?', 'p'), vote('p', 'a/a', 'useful'), vote('p', 'a/a', 'useless'), vote('p', 'x/menu', 'chosen'),
    asked('写真は?', 'q', { entries: ['a/a', 'b/b'] }), vote('q', 'b/b', 'chosen'), vote('nobody', 'a/a', 'useful'),
  ];
  expect(knownQuestions([], log)).toMatchObject([{ votes: { 'a/a': -1, 'b/b': 1 } }]);
});

test('the marks the privacy guard left are not asked', () => {
  expect(knownQuestions([], [asked('[番号] です', 'p'), asked('[番号]', 'q')]).map(({ turns }) => turns)).toEqual([['です']]);
});

test('a wrong answer given as sure is worth less than none, and the right one most', () => {
  const known = { kept: kept({ also_ok: ['b/b'] }), votes: {} };
  const given = (kind: 'one' | 'choose' | 'none', ...entries: string[]): number => worth({ kind, entries }, known);
  expect([given('one', 'c/c'), given('choose', 'c/c', 'd/d'), given('none'), given('choose', 'c/c', 'a/a'), given('one', 'b/b')]).toEqual([0, 1, 2, 3, 4]);
  expect(worth({ kind: 'one', entries: ['a/a'] }, { kept: kept({ relevant: [] }), votes: {} })).toBeLessThan(worth({ kind: 'none', entries: [] }, { kept: kept({ relevant: [] }), votes: {} }));
  expect(worth({ kind: 'one', entries: ['a/a'] }, { kept: undefined, votes: { 'a/a': -2 } })).toBe(0);
});

let desk: Desk;
const photo = 'faq/apply/photo-rules.ja.md';
const questions = [
  { id: 'q-1', lang: 'ja', text: 'カードをなくしました', relevant: ['lost/what-to-do-first'], hold: true },
  { id: 'q-2', lang: 'ja', text: '眼鏡をかけた写真でもよいですか', relevant: ['apply/photo-rules'] },
  { id: 'q-3', lang: 'ja', text: '申請してから何週間で届きますか', relevant: ['status/how-long'] },
];
const jsonLines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

beforeAll(async () => {
  desk = await openDesk({ 'questions.jsonl': jsonLines(questions) });
  const store = await sqliteStore(desk.database);
  for (const [at, asker] of ['p', 'q', 'r'].entries()) {
    await store.commit({ conversation: asker, changes: {}, said: [{ id: `m${at}` }], asked: { ...asked('電話番号を教えて', asker), at: Date.now(), entries: ['other/contacts'] } });
  }
  await store.close();
});
afterAll(() => desk.close());
/** Temporary folders of a comparison, in a place of this test's own: others compare meanwhile. */
const place = mkdtempSync(join(tmpdir(), 'madoguchi diff place '));
const leftovers = (): string[] => readdirSync(place).filter((name) => name.startsWith('madoguchi-then-'));

test('without an edit nothing is different', async () => {
  const { code, out } = await desk.run(['diff', '--lang', 'en']);
  expect(out).toMatch(/what was recorded last\. Of 4 known questions 0 are answered\sdifferently/);
  expect(code).toBe(0);
});

test('an edit is compared with the last commit, the most asked first; a loss of a question to be held is an error', async () => {
  const before = leftovers();
  await desk.write(photo, entryText({ title: '顔写真の規格', phrases: ['写真のサイズを教えてください', 'カードをなくしました', '電話番号を教えて'], body: '縦4.5cm、横3.5cmです。' }));
  await desk.write('faq/lost/what-to-do-first.ja.md', entryText({ title: '盗難', phrases: ['財布ごと盗まれた'], body: 'すぐに電話 0120-95-0178 で止めてください。' }));
  await desk.write('faq/other/contacts.ja.md', entryText({ title: '窓口の一覧', phrases: ['どこに聞けばいいですか'], body: '電話 0120-95-0178 です。' }));
  const { code, out } = await desk.run(['diff', '--json'], undefined, { TMPDIR: place });
  expect(code).toBe(1);
  const { changes, ...counts } = JSON.parse(out) as { changes: { id?: string; times: number; turn: string; turns: string[]; after: { entries: string[] } }[] };
  expect(counts).toMatchObject({ questions: 4, held_losses: 1 });
  expect(changes.map(({ times }) => times)).toEqual([...changes.map(({ times }) => times)].sort((a, b) => b - a));
  expect(changes).toContainEqual(expect.objectContaining({ turns: ['電話番号を教えて'], times: 3, turn: 'unjudged', after: { kind: 'one', entries: ['apply/photo-rules'] } }));
  expect(changes).toContainEqual(expect.objectContaining({ id: 'q-1', turn: 'loss', hold: true }));
  await desk.write('faq/status/how-long.ja.md', (await readFile(desk.path('faq/status/how-long.ja.md'), 'utf8')).replace('約1か月', '約2か月'));
  const words = await desk.run(['diff'], undefined, { TMPDIR: place });
  expect(words.out).toMatch(/× 悪くなる +「カードをなくしました」\(q-1、守る質問\)\n +これまで: lost\/what-to-do-first 「カードをなくしたとき」\n +これから: apply\/photo-rules/);
  expect(words.out).toContain('守る質問が1問、悪くなります。');
  expect(words.out).toContain('同じ回答のまま、文が変わるもの:\n  status/how-long  知っている質問1問、のべ0回');
  expect(leftovers()).toEqual(before);
  expect(await desk.git('status', '--short')).toContain(`M "knowledge/${photo}"`.replaceAll('"', ''));
});

test('a folder may be compared with, and another question file be asked', async () => {
  await desk.write('../asked.jsonl', jsonLines([{ id: 'x', lang: 'en', text: 'I lost my card', relevant: ['lost/what-to-do-first'] }]));
  const { code, out } = await desk.run(['diff', '--against', desk.folder, '--questions', desk.path('../asked.jsonl'), '--lang', 'en']);
  expect([code, out.replace(/\s+/g, ' ')]).toEqual([0, expect.stringContaining('Of 2 known questions 0 are answered differently')]);
});

test('a version that does not exist is named', async () => {
  expect(await desk.run(['diff', '--against', 'nowhere'])).toMatchObject({ code: 2, err: expect.stringContaining('「nowhere」という版も、回答のフォルダーもありません。') });
  expect(await desk.run(['diff', '--against', '--output=x'])).toMatchObject({ code: 2 });
});
