import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import { summary } from '../../adapters/desk/report/summary.ts';
import { toLog } from '../../bot/question-log.ts';
import type { AskedQuestion } from '../../bot/store/store.ts';
import type { Library } from '../../knowledge/library.ts';
import { smallLibrary, talkWith, type Talk } from '../helpers.ts';

let library: Library;
let talk: Talk;
beforeAll(async () => {
  library = await smallLibrary();
});
beforeEach(async () => {
  talk = await talkWith({ library });
});
const logged = (): Promise<AskedQuestion[]> => talk.store.questions(new Date(0));

test('a question is logged masked, with what became of it and nobody’s id', async () => {
  await talk.say('カードはいつできますか 090-1234-5678');
  await talk.say('粗大ごみを捨てたい');
  expect(await logged()).toMatchObject([
    { kind: 'asked', channel: 'test', locale: 'ja', text: 'カードはいつできますか [連絡先]', entries: expect.arrayContaining(['status/how-long']) },
    { kind: 'asked', text: '粗大ごみを捨てたい', outcome: 'none', entries: [] },
  ]);
  expect(JSON.stringify(await logged())).not.toMatch(/"c1"|someone|"m1"|1234-5678/);
});

test('a choice is counted and teaches nothing; commands, answers of guides and masked numbers are not questions', async () => {
  await talk.say('カードはいつできますか');
  await talk.tap('entry:lost/what-to-do-first');
  await talk.say('メニュー');
  await talk.tap('guide:status');
  await talk.say('まだ');
  await talk.say('1234 5678 9012');
  expect((await logged()).map(({ kind, entries }) => `${kind} ${entries.join()}`)).toEqual(['asked status/how-long', 'chosen lost/what-to-do-first']);
});

test('a vote is one tap or one word, about the answer shown; whom it did not help hears whom to telephone', async () => {
  const [answer] = await talk.say('カードをなくした');
  const ids = answer!.suggestedActions!.actions.map(({ value }) => String(value));
  expect(ids.slice(-2)).toEqual(['vote:lost/what-to-do-first=useful', 'vote:lost/what-to-do-first=useless']);
  expect((await talk.tap(ids.at(-1)!))[0]!.text).toMatch(/申し訳ありません[^]*電話/);
  expect((await talk.say('役に立った'))[0]!.text).toContain('ありがとうございます');
  expect((await logged()).map(({ kind, entries }) => `${kind} ${entries.join()}`))
    .toEqual(['asked lost/what-to-do-first', 'useless lost/what-to-do-first', 'useful lost/what-to-do-first']);
});

test('a vote on an answer that is gone is called old, and one on nothing brings the menu', async () => {
  expect((await talk.tap('vote:lost/no-such=useful'))[0]!.text).toContain('選択肢');
  expect((await talk.say('役に立った'))[0]!.text).toContain('知りたいこと');
  expect(await logged()).toEqual([]);
});

test('of several votes of one person on one answer the last counts', () => {
  const vote = (kind: 'useful' | 'useless', asker: string, at: number): AskedQuestion => ({ at, channel: 'web', locale: 'ja', kind, text: '', outcome: 'guiding', entries: ['lost/x'], confidence: 1, asker });
  const lines = summary([vote('useless', 'a', 1), vote('useful', 'a', 2), vote('useless', 'b', 3), vote('useless', 'b', 4)]).join('\n');
  expect(lines).toContain('役に立った 1件、役に立たなかった 1件');
  expect(lines).toContain('1  lost/x');
});

test('one person counts as one today, and as another tomorrow', () => {
  const place = { conversation: 'c1', channel: 'web', locale: 'ja', outcome: 'none' } as const;
  const asking = { kind: 'asked', text: 'x', entries: [], confidence: 0 } as const;
  const asker = (conversation: string, day: string): string => toLog(asking, { ...place, conversation }, 'key', new Date(day)).asker;
  expect(asker('c1', '2026-11-24T01:00:00Z')).toBe(asker('c1', '2026-11-24T09:00:00Z'));
  expect(asker('c1', '2026-11-24T01:00:00Z')).not.toBe(asker('c1', '2026-11-25T01:00:00Z'));
  expect(asker('c1', '2026-11-24T01:00:00Z')).not.toBe(asker('c2', '2026-11-24T01:00:00Z'));
});

test('a message taken back is gone from the log, and what is old is forgotten', async () => {
  await talk.say('カードはいつできますか', { id: 'taken-back' });
  await talk.say('カードを紛失した');
  await talk.store.withdraw('c1', 'taken-back');
  expect((await logged()).map(({ text }) => text)).toEqual(['カードを紛失した']);
  await talk.store.forgetQuestions(new Date(Date.now() + 1000));
  expect(await logged()).toEqual([]);
});

test('the summary shows unanswered questions in words only when three people asked them', () => {
  const question = (text: string, asker: string): AskedQuestion => ({ at: 0, channel: 'web', locale: 'ja', kind: 'asked', text, outcome: 'none', entries: [], confidence: 0, asker });
  const lines = summary([question('印鑑登録は?', 'a'), question('印鑑登録は?', 'b'), question('印鑑登録は', 'c'), question('ひみつの話', 'd'), question('ひみつの話', 'd'), question('ひみつの話', 'd')]).join('\n');
  expect(lines).toContain('3  印鑑登録は?');
  expect(lines).not.toContain('ひみつ');
  expect(lines).toContain('3  (3人未満の質問。ことばは出しません)');
});
