import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../../adapters/config.ts';
import { start, type Running } from '../../../adapters/start.ts';
import { knowledgeFolder, shelfOf } from '../../helpers.ts';
import { lineServer, type Fault, type LineServer } from '../../line-server.ts';

const secret = 'channel secret of this test';
const oldSecret = 'the channel secret before it';
const accessToken = 'channel access token of this test';
const user = (sign = 'a'): string => `U${sign.repeat(32)}`;

let line: LineServer;
let service: Running;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi line '));
  line = await lineServer(accessToken);
  const config = readConfig({
    PORT: '0', KNOWLEDGE_DIR: knowledgeFolder, DATABASE_URL: `file:${folder}/test.db`, LOG_LEVEL: 'silent',
    LINE_CHANNEL_SECRET: `${secret},${oldSecret}`, LINE_CHANNEL_ACCESS_TOKEN: accessToken, LINE_API_BASE_URL: line.url, LINE_PUSH_FALLBACK: 'on',
  });
  service = await start(config, shelfOf(config));
});
afterAll(async () => {
  await service.stop();
  await line.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  line.accepted.length = 0;
  line.loadings.length = 0;
  line.faults([]);
});
afterEach(() => {
  expect(line.wrong).toEqual([]);
});

interface EventParts {
  readonly text?: string;
  readonly from?: string;
  readonly id?: string;
  readonly at?: number;
  readonly token?: string;
  readonly more?: object;
}
const textEvent = ({ text = 'カードをなくしました', from = user(), id = randomUUID(), at = Date.now(), token = line.token(), more = {} }: EventParts = {}) => ({
  type: 'message', mode: 'active', timestamp: at, webhookEventId: id, deliveryContext: { isRedelivery: false }, source: { type: 'user', userId: from }, replyToken: token,
  message: { type: 'text', id: `m${id}`, text, quoteToken: 'q' }, ...more,
});
const sign = (body: string, key = secret): string => createHmac('sha256', key).update(body).digest('base64');
const deliver = (body: string, headers: Record<string, string> = { 'x-line-signature': sign(body) }): Promise<Response> =>
  fetch(`http://127.0.0.1:${service.port}/line/webhook`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body });
const send = (...events: object[]): Promise<Response> => deliver(JSON.stringify({ destination: 'Ubot', events }));

async function answers(count: number, within = 8000): Promise<void> {
  for (const until = Date.now() + within; line.accepted.length < count && Date.now() < until;) await wait(20);
  await wait(100);
  expect(line.accepted).toHaveLength(count);
}
const textOf = (index = 0): string => JSON.stringify(line.accepted[index]!.messages);

describe('the webhook', () => {
  test('answers a signed event with 200, then the resident', async () => {
    expect((await send(textEvent())).status).toBe(200);
    await answers(1);
    expect(textOf()).toContain('0120-95-0178');
  });
  test('is counted, with how long the answer took, and without who or what', async () => {
    const counted = async (): Promise<string> => (await fetch(`http://127.0.0.1:${service.port}/metrics`)).text();
    const value = (text: string, name: string): number => Number(text.split('\n').find((row) => row.startsWith(name))?.split(' ').at(-1) ?? 0);
    const before = await counted();
    const from = user();
    await send(textEvent({ from }));
    await answers(1);
    const after = await counted();
    for (const name of ['madoguchi_line_events_total{state="accepted"}', 'madoguchi_line_event_seconds_count{ending="replied"}', 'madoguchi_line_calls_total{endpoint="reply",result="accepted"}', 'madoguchi_turns_total{channel="line",outcome="answered"}']) {
      expect([name, value(after, name) - value(before, name)]).toEqual([name, 1]);
    }
    expect(after).toMatch(/madoguchi_line_last_webhook_timestamp_seconds 1\d{9}/);
    expect(after).toMatch(/madoguchi_inbox_waiting 0/);
    expect(after).not.toContain(from);
    expect(after).not.toContain('なくし');
  });
  test('is seen in readiness: what waits, and when the last event was', async () => {
    const at = Date.now() + 60_000;
    await send(textEvent({ from: user('2'), at }));
    await answers(1);
    const ready = await (await fetch(`http://127.0.0.1:${service.port}/readyz`)).json();
    expect(ready).toMatchObject({ status: 'ready', line: 'on', inbox: { waiting: 0, oldestSeconds: 0, lastEvent: new Date(at).toISOString() } });
  });
  test('accepts the secret of before during a change, and signatures over escapes and white space as they came', async () => {
    const body = JSON.stringify({ events: [textEvent({ text: '🐶カードをなくしました' })] }, undefined, 3).replace('🐶', '\\uD83D\\uDC36');
    expect((await deliver(body, { 'X-LINE-Signature': sign(body, oldSecret) })).status).toBe(200);
    await answers(1);
  });
  test.each([
    ['no signature', {}], ['an empty one', { 'x-line-signature': '' }], ['a wrong one', { 'x-line-signature': sign('other') }], ['one that is no base64', { 'x-line-signature': '本物です'.normalize('NFKC').replace(/./gu, 'x') }],
    ['one of another secret', { 'x-line-signature': sign('{"events":[]}', 'forged secret forged') }],
  ])('refuses a body with %s and does nothing', async (_name, headers) => {
    expect((await deliver('{"events":[]}', headers)).status).toBe(401);
  });
  test('answers the console’s test with no events, and bodies without any', async () => {
    for (const body of ['{"destination":"U","events":[]}', '{}', '{"events":null}', '{"events":["x",1,null]}', '{"events":[{}]}', '{"events":[{"type":"message"}]}']) {
      expect((await deliver(body)).status).toBe(200);
    }
    for (const body of ['[]', 'null', 'だめ', '']) expect((await deliver(body)).status).toBe(400);
  });
  test('an event without a time, an id or a token that can be kept costs the others nothing', async () => {
    const [from, broken] = [user('7'), user('8')];
    const events = [{ at: undefined }, { at: 'now' }, { at: 1e300 }, { id: 'a\u0000b' }, { id: 7 }, { token: {} }] as unknown as EventParts[];
    const odd = events.map((parts) => ({ ...textEvent({ from: broken }), ...('at' in parts ? { timestamp: parts.at } : {}), ...('id' in parts ? { webhookEventId: parts.id } : {}), ...('token' in parts ? { replyToken: parts.token } : {}) }));
    expect((await send(...odd, textEvent({ from }))).status).toBe(200);
    await answers(1);
  });
  test('takes several events of several people, one of them broken', async () => {
    await send(textEvent({ from: user('b') }), { type: 'message', webhookEventId: 'x', timestamp: 1, source: { type: 'user', userId: user('c') }, replyToken: 't', message: { type: 'text', text: 7 } }, textEvent({ from: user('d') }));
    await answers(2);
  });
  test('a message, its copy in parallel and its redelivery are answered once', async () => {
    const event = textEvent({ from: user('e') });
    await Promise.all([send(event), send(event), send(event, event)]);
    await answers(1);
    await send({ ...event, deliveryContext: { isRedelivery: true } });
    await answers(1);
  });
  test('messages of one person are answered in the order they were written', async () => {
    const at = Date.now();
    const tokens = [line.token(), line.token(), line.token()];
    await send(textEvent({ from: user('f'), text: 'メニュー', at, token: tokens[0]! }), textEvent({ from: user('f'), text: '1', at: at + 1, token: tokens[1]! }), textEvent({ from: user('f'), text: 'まだ', at: at + 2, token: tokens[2]! }));
    await answers(3);
    expect(line.accepted.map(({ to }) => to)).toEqual(tokens);
    expect(textOf(2)).toContain('引っ越しや名前の変更');
  });
  test('a tap of an old button and a picked day are understood', async () => {
    const from = user('0');
    const tap = (data: string, params?: object) => textEvent({ from, more: { type: 'postback', message: undefined, postback: { data, ...(params === undefined ? {} : { params }) } } });
    await send(tap('guide:status.1/notice=not_received'));
    await answers(1);
    expect(textOf()).toContain('引っ越しや名前の変更');
    for (const [index, text] of ['いいえ', 'いいえ', 'スマホ'].entries()) {
      await send(textEvent({ from, text }));
      await answers(index + 2);
    }
    expect(JSON.stringify(line.accepted[3])).toContain('datetimepicker');
    await send(tap('guide:status.1/applied_on=', { date: '2026-11-01' }));
    await answers(5);
    expect(textOf(4)).toContain('申請状況照会');
    await send(tap('menu-of-2019'));
    await answers(6);
    expect(textOf(5)).toContain('もう一度選んでください');
  });
  test('a follower is greeted; one who leaves is forgotten; a sticker gets one kind sentence', async () => {
    const from = user('1');
    await send(textEvent({ from, more: { type: 'follow', message: undefined, follow: { isUnblocked: false } } }));
    await answers(1);
    expect(textOf()).toContain('書かないでください');
    await send(textEvent({ from, text: 'English' }));
    await answers(2);
    await send(textEvent({ from, more: { type: 'unfollow', message: undefined, replyToken: undefined } }));
    await send(textEvent({ from, more: { message: { type: 'sticker', id: '1', packageId: '1', stickerId: '2' } } }));
    await answers(3);
    expect(textOf(2)).toContain('文字で書いていただければ');
  });
});

describe('whatever LINE does, one answer arrives', () => {
  test.each<[string, Fault[], number]>([
    ['fails', ['500'], 1], ['fails twice', ['500', '500'], 1], ['is at its limit', ['429'], 1], ['breaks the connection', ['reset'], 1], ['does not answer at all', ['silent'], 1],
    ['takes the answer and loses its own', ['lost'], 1], ['refuses what it is sent', ['refuse'], 1], ['refuses us for a moment', ['401'], 1],
  ])('when LINE %s', async (_name, faults, count) => {
    line.faults(faults);
    await send(textEvent({ from: user('9') }));
    await answers(count, 12_000);
    if (faults[0] === 'refuse') expect(line.accepted[0]!.messages.every(({ type }) => type === 'text')).toBe(true);
    await wait(1500);
    expect(line.accepted).toHaveLength(count);
  });
  test('when the reply token has expired, by a push with a retry key', async () => {
    await send(textEvent({ from: user('8'), token: line.token(Date.now() - 1) }));
    await answers(1);
    expect(line.accepted[0]).toMatchObject({ endpoint: 'push', to: user('8') });
  });
});
