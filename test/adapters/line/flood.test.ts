import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Kept } from '../../../adapters/line/in.ts';
import { lineWebhook, mostWaiting } from '../../../adapters/line/webhook.ts';
import type { Answer, Asked } from '../../../adapters/server.ts';
import { sqliteStore } from '../../../bot/store/sqlite.ts';
import { mostOfConversation, type Store } from '../../../bot/store/store.ts';

// The webhook and the store as they are, without the worker: nothing is answered meanwhile.
const secret = 'channel secret of this test';
let store: Store;
let told: Kept[];
let send: (...events: object[]) => Promise<Answer>;
beforeEach(async () => {
  store = await sqliteStore(':memory:');
  told = [];
  const { handle } = lineWebhook({
    secrets: [secret], options: { key: 'key', groups: 'off' }, store, forget: async () => undefined, arrived: () => undefined, report: () => undefined,
    failed: (error) => { throw error; },
    async tell(event) { told.push(event); },
  });
  send = (...events) => {
    const body = Buffer.from(JSON.stringify({ events }));
    const signature = createHmac('sha256', secret).update(body).digest('base64');
    return handle({ method: 'POST', path: '/line/webhook', params: {}, query: new URLSearchParams(), header: (name) => (name === 'x-line-signature' ? signature : undefined), address: '', body } satisfies Asked);
  };
});
afterEach(() => store.close());

const event = (from: string, id: number): object => ({
  type: 'message', mode: 'active', timestamp: 1_795_000_000_000 + id, webhookEventId: `${from}-${id}`, deliveryContext: { isRedelivery: false }, source: { type: 'user', userId: `U${from.repeat(32)}` },
  replyToken: `token ${from} ${id}`, message: { type: 'text', id: `${from}${id}`, text: 'いつできますか', quoteToken: 'q' },
});

test('of one conversation that floods the inbox the excess is left out, it is told so once, and another is answered in its turn', async () => {
  const flood = Array.from({ length: mostOfConversation + 50 }, (_, id) => event('a', id));
  for (let from = 0; from < flood.length; from += 100) expect((await send(...flood.slice(from, from + 100))).status ?? 200).toBe(200);
  expect((await store.inboxDepth()).waiting).toBe(mostOfConversation);
  expect(told.map(({ replyToken }) => replyToken)).toEqual([`token a ${mostOfConversation}`]);
  await send(event('b', 9000));
  const claimed = await store.claim(32, 30_000);
  expect(claimed.map(({ id }) => id)).toEqual(['a-0', 'b-9000']);
});

test('what was taken before and comes again is no excess, and there is room again when some were answered', async () => {
  await send(...Array.from({ length: mostOfConversation }, (_, id) => event('a', id)));
  await send(event('a', 7));
  expect(told).toEqual([]);
  await store.finish('a-0');
  await send(event('a', 8000));
  expect(told).toEqual([]);
  expect((await store.inboxDepth()).waiting).toBe(mostOfConversation);
});

test('when too many events wait in all, LINE is asked to deliver again later, and nothing is lost', async () => {
  for (let from = 0; from < mostWaiting; from += 5000) await store.accept(Array.from({ length: 5000 }, (_, id) => ({ id: `many-${from + id}`, conversation: `c${from + id}`, at: 1, event: {} })));
  await expect(send(event('a', 1))).rejects.toMatchObject({ status: 503, headers: { 'Retry-After': '60' } });
  expect((await store.inboxDepth()).waiting).toBe(mostWaiting);
});
