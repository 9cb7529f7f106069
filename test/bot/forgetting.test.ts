import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, jest, test } from '@jest/globals';
import { runTurn } from '../../adapters/run-turn.ts';
import { forgetOld } from '../../adapters/start.ts';
import { createBot } from '../../bot/bot.ts';
import type { Activity } from '../../bot/engine.ts';
import { askersOf } from '../../bot/question-log.ts';
import { sqliteStore } from '../../bot/store/sqlite.ts';
import type { Store } from '../../bot/store/store.ts';
import type { Library } from '../../knowledge/library.ts';
import { smallLibrary, talkWith, today } from '../helpers.ts';

const settings = { idleHours: 24, questionLogDays: 90 };
const questionLog = { key: 'a key of the tests', days: 90 };
const hour = 3_600_000;
const begun = Date.parse('2026-11-22T09:00:00Z');

let folder: string;
let library: Library;
let store: Store;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi forgetting '));
  library = await smallLibrary();
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  jest.useFakeTimers({ now: begun, doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'performance', 'hrtime'] });
  store = await sqliteStore(join(folder, 'forgetting.db'));
});
afterEach(async () => {
  jest.useRealTimers();
  await store.close();
  for (const name of await readdir(folder)) await rm(join(folder, name));
});

/** Whether the bytes of a text stand in any file of the database. */
async function isInFiles(text: string): Promise<boolean> {
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))));
  return files.some((bytes) => bytes.includes(Buffer.from(text)));
}
const wait = (ms: number): void => { jest.setSystemTime(Date.now() + ms); };
/** Words no file holds but by what was said; enough people talk that pages of the database fill, split and empty. */
const secret = (who: number): string => `ひみつ${who}のふしぎな用件`;
const people = 40;

async function talkOnWeb(): Promise<Awaited<ReturnType<typeof talkWith>>[]> {
  const talks = [];
  for (let who = 0; who < people; who += 1) {
    const talk = await talkWith({ library, store, conversation: `web-${who}` });
    await talk.say('', { type: 'conversationUpdate', id: 'begin' });
    await talk.say(secret(who), { id: `said-${who}` });
    await talk.say('カードはいつできますか', { id: `more-${who}` });
    talks.push(talk);
  }
  return talks;
}

/** A message of LINE, from the inbox to the answer's acceptance; `conversation` and `id` as the webhook names them. */
async function talkOnLine(who: number, text: string, ends = true): Promise<void> {
  const [conversation, id] = [`line-${who}`, `e-${who}-${text.length}`];
  const activity = { type: 'message', id: `line-${id}`, channelId: 'line', text, channelData: { inbox: id }, conversation: { id: conversation, isGroup: false, conversationType: '', name: '' }, from: { id: 'someone', name: '' }, recipient: { id: 'bot', name: '' } } as Partial<Activity>;
  await store.accept([{ id, conversation, at: Date.now(), event: { activity, user: `U-of-${who}` } }]);
  if (!ends) return;
  const bot = createBot({ store, library: () => library, today: () => today, idleHours: 24, questionLog, report: () => undefined });
  await store.claim(100, 30_000);
  await runTurn(bot, activity);
  await store.finish(id);
}

test('what was said is in the files while it is kept, or this search would prove nothing', async () => {
  await talkOnWeb();
  await talkOnLine(1, secret(9001), false);
  await store.tidy();
  expect([await isInFiles(secret(3)), await isInFiles(secret(9001)), await isInFiles('U-of-1')]).toEqual([true, true, true]);
});

describe('no byte is left in the files of the database', () => {
  test('of a conversation left alone longer than CONVERSATION_IDLE_HOURS, nor of a question older than QUESTION_LOG_DAYS', async () => {
    await talkOnWeb();
    wait(23 * hour);
    await forgetOld(store, settings, new Date());
    expect((await store.transcript('web-7', 0)).activities.length).toBeGreaterThan(3);
    wait(2 * hour);
    await forgetOld(store, settings, new Date());
    expect((await store.transcript('web-7', 0)).activities).toEqual([]);
    expect(await isInFiles('web-7')).toBe(false);
    expect(await store.questions(new Date(0))).toHaveLength(2 * people);
    wait(89 * 24 * hour);
    await forgetOld(store, settings, new Date());
    expect(await store.questions(new Date(0))).toEqual([]);
    for (let who = 0; who < people; who += 1) expect([who, await isInFiles(secret(who))]).toEqual([who, false]);
  });

  test('of a message on LINE that was answered, but for its question in the log, nor of its sender', async () => {
    for (let who = 0; who < 40; who += 1) await talkOnLine(who, secret(who));
    await store.tidy();
    for (let who = 0; who < 40; who += 1) expect([who, await isInFiles(`U-of-${who}`)]).toEqual([who, false]);
    await store.forgetQuestions(new Date(Date.now() + 1));
    await store.tidy();
    for (let who = 0; who < 40; who += 1) expect([who, await isInFiles(secret(who))]).toEqual([who, false]);
    wait(25 * hour);
    await forgetOld(store, settings, new Date());
    expect(await isInFiles('e-7-')).toBe(false);
  });

  test('of a message taken back on LINE, whether it waited or was answered', async () => {
    await talkOnLine(1, secret(1), false);
    await talkOnLine(2, secret(2));
    await talkOnLine(3, secret(3), false);
    for (const who of [1, 2]) await store.withdraw(`line-${who}`, `line-e-${who}-${secret(who).length}`);
    expect([await isInFiles(secret(1)), await isInFiles(secret(2)), await isInFiles(secret(3))]).toEqual([false, false, true]);
  });

  test('of somebody who unfollowed on LINE', async () => {
    for (const who of [1, 2]) await talkOnLine(who, secret(who));
    await talkOnLine(1, 'ひみつ、まだ答えていない用件', false);
    await store.forget('line-1', askersOf('line-1', questionLog, new Date()));
    expect([await isInFiles(secret(1)), await isInFiles('ひみつ、まだ'), await isInFiles('U-of-1'), await isInFiles(secret(2))]).toEqual([false, false, false, true]);
  });

  test.each([['消して', 'すべて消しました'], ['Delete my data', 'I have deleted all'], ['けして', 'すべて消しました']])('of what somebody said before %s, and they are told', async (words, told) => {
    const talks = await talkOnWeb();
    wait(30 * 60_000);
    const talk = talks[7]!;
    const before = await store.transcript('web-7', 0);
    expect(Object.keys(await store.read(['test/conversations/web-7/']))).toHaveLength(1);
    await talk.say(words, { id: 'the wish' });
    expect(talk.heard).toContain(told);
    const after = await store.transcript('web-7', before.watermark);
    expect(after.activities.map(({ text }) => text)).toEqual([talk.heard]);
    expect(await store.heard('web-7', 'begin')).toBe(true);
    expect(await store.read(['test/conversations/web-7/'])).toEqual({});
    expect(await isInFiles(secret(7))).toBe(false);
    expect(await store.questions(new Date(0))).toHaveLength(2 * people - 2);
    expect((await store.transcript('web-8', 0)).activities.length).toBeGreaterThan(3);
    await talk.say('カードをなくしました');
    expect(talk.heard).toContain('0120-95-0178');
    wait(25 * hour);
    await forgetOld(store, settings, new Date());
    expect((await store.transcript('web-7', 0)).activities).toEqual([]);
  });

  test('of an emptied conversation in which nothing was said since', async () => {
    const talk = await talkWith({ library, store, conversation: 'web-1' });
    await talk.say('', { type: 'conversationUpdate', id: 'begin' });
    await talk.say('消して');
    wait(25 * hour);
    await forgetOld(store, settings, new Date());
    expect(await isInFiles('web-1')).toBe(false);
  });
});

test('on LINE the wish is answered, and nothing of the conversation is kept', async () => {
  await talkOnLine(1, secret(1));
  expect(Object.keys(await store.read(['line/conversations/line-1/']))).toHaveLength(1);
  await talkOnLine(1, '私のデータを消して');
  await store.tidy();
  expect([await isInFiles(secret(1)), await isInFiles('私のデータ')]).toEqual([false, false]);
  expect(await store.read(['line/conversations/line-1/'])).toEqual({});
});
