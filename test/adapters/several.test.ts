import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../adapters/config.ts';
import { loggedQuestions } from '../../adapters/desk/known.ts';
import { start, type Running } from '../../adapters/start.ts';
import { knowledgeFolder, shelfOf } from '../helpers.ts';
import { lineServer, type LineServer } from '../line-server.ts';
import { patience, postgresServer, query, type PostgresServer } from '../postgres-server.ts';

const secret = 'channel secret of this test';
const accessToken = 'channel access token of this test';

let server: PostgresServer;
let url: string;
let line: LineServer;
let two: readonly Running[];
beforeAll(async () => {
  server = await postgresServer();
  url = await server.database();
  line = await lineServer(accessToken);
  const config = readConfig({
    PORT: '0', KNOWLEDGE_DIR: knowledgeFolder, DATABASE_URL: url, LOG_LEVEL: 'silent',
    LINE_CHANNEL_SECRET: secret, LINE_CHANNEL_ACCESS_TOKEN: accessToken, LINE_API_BASE_URL: line.url,
  });
  const shelf = shelfOf(config);
  two = await Promise.all([start(config, shelf), start(config, shelf)]);
}, patience);
afterAll(async () => {
  for (const service of two) await service.stop();
  await line.close();
  await server.stop();
});
beforeEach(() => {
  line.accepted.length = 0;
});

interface News {
  readonly activities: readonly { readonly text: string; readonly from: { readonly role?: string } }[];
  readonly watermark: string;
}
/** Direct Line at one of the two. */
async function web(at: number, path: string, token?: string, body?: object): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) };
  return fetch(`http://127.0.0.1:${two[at]!.port}/v3/directline${path}`, { headers, ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }) });
}
async function begin(): Promise<{ id: string; token: string }> {
  const { token } = await (await web(0, '/tokens/generate', undefined, {})).json() as { token: string };
  const { conversationId: id } = await (await web(1, '/conversations', token, { locale: 'ja' })).json() as { conversationId: string };
  return { id, token };
}
const say = (at: number, { id, token }: { id: string; token: string }, text: string, client: string = randomUUID()): Promise<Response> =>
  web(at, `/conversations/${id}/activities`, token, { type: 'message', text, channelData: { clientActivityID: client } });
const news = async (at: number, { id, token }: { id: string; token: string }, watermark = ''): Promise<News> =>
  await (await web(at, `/conversations/${id}/activities?watermark=${watermark}`, token)).json() as News;

const event = (text: string, at = Date.now(), user = 'a', token = line.token()) => ({
  type: 'message', mode: 'active', timestamp: at, webhookEventId: randomUUID(), deliveryContext: { isRedelivery: false }, source: { type: 'user', userId: `U${user.repeat(32)}` },
  replyToken: token, message: { type: 'text', id: randomUUID(), text, quoteToken: 'q' },
});
async function deliver(at: number, ...events: object[]): Promise<number> {
  const body = JSON.stringify({ destination: 'U', events });
  const signature = createHmac('sha256', secret).update(body).digest('base64');
  return (await fetch(`http://127.0.0.1:${two[at]!.port}/line/webhook`, { method: 'POST', headers: { 'x-line-signature': signature }, body })).status;
}
async function answers(count: number): Promise<void> {
  for (const until = Date.now() + 8000; line.accepted.length < count && Date.now() < until;) await wait(20);
  await wait(600);
  expect(line.accepted).toHaveLength(count);
}

describe('two services on one database are one assistant', () => {
  test('a conversation begun at one goes on at the other, under the same token and watermark', async () => {
    const mine = await begin();
    const { activities, watermark } = await news(0, mine);
    expect(activities).toHaveLength(1);
    await say(0, mine, 'メニュー');
    await say(1, mine, '1');
    expect((await news(0, mine, watermark)).activities).toHaveLength(4);
    expect((await news(1, mine, watermark)).activities.at(-1)!.text).toContain('交付通知書');
  });

  test('the desk reads there what was asked of both', async () => {
    const mine = await begin();
    await say(0, mine, 'カードをなくしました');
    await say(1, mine, '燃えるごみの日はいつですか');
    const texts = (await loggedQuestions(url, new Date(Date.now() - 60_000))).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['カードをなくしました', '燃えるごみの日はいつですか']));
  });
  test('a message sent to both at once is answered once, and three different ones one after the other', async () => {
    const mine = await begin();
    const { watermark } = await news(1, mine);
    await Promise.all([0, 1, 0, 1].map((at) => say(at, mine, 'カードをなくしました', 'same')));
    const once = await news(0, mine, watermark);
    expect(once.activities.map(({ from }) => from.role ?? 'bot')).toEqual(['user', 'bot']);
    await Promise.all([0, 1, 0].map((at) => say(at, mine, 'カードはいつ届きますか')));
    expect((await news(1, mine, once.watermark)).activities.map(({ from }) => from.role ?? 'bot')).toEqual(['user', 'bot', 'user', 'bot', 'user', 'bot']);
  });

  test('who listens at one hears what is said through the other', async () => {
    const { token } = await (await web(0, '/tokens/generate', undefined, {})).json() as { token: string };
    const { conversationId: id, streamUrl } = await (await web(0, '/conversations', token, { locale: 'ja' })).json() as { conversationId: string; streamUrl: string };
    const heard: string[] = [];
    const socket = new WebSocket(streamUrl);
    socket.addEventListener('message', ({ data }) => heard.push(...(JSON.parse(String(data)) as News).activities.map(({ text }) => text)));
    await say(1, { id, token }, 'カードをなくしました');
    for (const until = Date.now() + 8000; heard.length < 3 && Date.now() < until;) await wait(20);
    socket.close();
    expect(heard).toHaveLength(3);
    expect(heard[2]).toContain('0120-95-0178');
  });

  test('an event of LINE delivered to both is answered once; one person’s events are answered in order', async () => {
    const same = event('カードをなくしました');
    expect(await Promise.all([0, 1, 0, 1].map((at) => deliver(at, same)))).toEqual([200, 200, 200, 200]);
    await answers(1);
    const from = Date.now();
    const tokens = [0, 1, 2, 3].map(() => line.token());
    const four = ['メニュー', '1', 'まだ', 'いいえ'].map((text, number) => event(text, from + number, 'b', tokens[number]!));
    for (const [number, one] of four.entries()) await deliver(number % 2, one);
    await answers(5);
    expect(line.accepted.slice(1).map(({ to }) => to)).toEqual(tokens);
  });

  test('12 digits reach no table, by web or LINE', async () => {
    const mine = await begin();
    await say(0, mine, '番号は 1234 5678 9018 です');
    await deliver(1, event('わたしの番号 123456789018', Date.now(), 'c'));
    await answers(1);
    const tables = await query<{ name: string }>(url, "select table_name as name from information_schema.tables where table_schema = 'public'");
    const rows = (await Promise.all(tables.map(({ name }) => query<{ row: string }>(url, `select t::text as row from "${name}" t`)))).flat().map(({ row }) => row).join('\n');
    expect(rows).toContain('番号は [番号] です');
    expect(rows).not.toMatch(/1234\D{0,4}5678|5678\D{0,4}9018/);
  });

  test('readiness and metrics say so when the database is away, and when it is back', async () => {
    const ready = async (): Promise<unknown> => (await fetch(`http://127.0.0.1:${two[0]!.port}/readyz`)).json();
    const metrics = async (): Promise<string> => (await fetch(`http://127.0.0.1:${two[0]!.port}/metrics`)).text();
    expect(await ready()).toMatchObject({ status: 'ready', store: 'ready' });
    await server.pause(async () => {
      const response = await fetch(`http://127.0.0.1:${two[0]!.port}/readyz`);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({ status: 'store unreachable', store: 'unreachable', search: 'ready' });
      expect(await metrics()).toMatch(/madoguchi_store_up 0\n/);
    });
    expect(await metrics()).toMatch(/madoguchi_store_up 1\n/);
    expect(await ready()).toMatchObject({ status: 'ready', store: 'ready' });
  });

  test('when the database is restarted while residents write, both live, and every message is answered once', async () => {
    const talks = await Promise.all(Array.from({ length: 8 }, begin));
    const marks = await Promise.all(talks.map(async (one) => (await news(0, one)).watermark));
    let failed = 0;
    const writing = talks.map(async (one, at) => {
      for (let number = 0; number < 12; number += 1) {
        // As the widget does: send the same message again until it is taken.
        while (!(await say((at + number) % 2, one, 'カードをなくしました', `m${number}`)).ok) {
          failed += 1;
          await wait(50);
        }
      }
    });
    await wait(100);
    await server.restart();
    await Promise.all(writing);
    expect(failed).toBeGreaterThan(0);
    for (const [at, one] of talks.entries()) {
      const { activities } = await news(1, one, marks[at]!);
      expect(activities.filter(({ from }) => from.role === 'user')).toHaveLength(12);
      expect(activities.filter(({ from, text }) => from.role !== 'user' && !text.includes('うまくお答えできませんでした'))).toHaveLength(12);
    }
    for (const { port } of two) expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  });
});
