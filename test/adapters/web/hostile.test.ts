import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../../adapters/config.ts';
import { serve } from '../../../adapters/server.ts';
import { start, type Running } from '../../../adapters/start.ts';
import { directLine, mostTurns } from '../../../adapters/web/directline.ts';
import { makeTokens } from '../../../adapters/web/token.ts';
import { sqliteStore } from '../../../bot/store/sqlite.ts';
import { knowledgeFolder, shelfOf } from '../../helpers.ts';
import pino from 'pino';

let folder: string;
let service: Running;
let base: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi hostile '));
  const config = readConfig({ PORT: '0', KNOWLEDGE_DIR: knowledgeFolder, DATABASE_URL: `file:${folder}/test.db`, LOG_LEVEL: 'silent', LINE_CHANNEL_SECRET: 'the secret of this test', LINE_CHANNEL_ACCESS_TOKEN: 'the access token of this test' });
  service = await start(config, shelfOf(config));
  base = `http://127.0.0.1:${service.port}`;
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  expect((await fetch(`${base}/readyz`)).status).toBe(200);
});

const post = (path: string, body: RequestInit['body'], token = ''): Promise<Response> =>
  fetch(base + path, { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` }, body });
async function begin(more: object = {}): Promise<{ token: string; path: string }> {
  const { token, conversationId } = await (await post('/v3/directline/tokens/generate', '{}')).json() as { token: string; conversationId: string };
  await post('/v3/directline/conversations', JSON.stringify(more), token);
  return { token, path: `/v3/directline/conversations/${conversationId}/activities` };
}
/** What comes back for bytes as they are, without what a client would mend. */
const raw = (bytes: string): Promise<string> => new Promise((resolve) => {
  let heard = '';
  const socket = connect(service.port, '127.0.0.1', () => socket.end(bytes));
  socket.on('data', (part) => { heard += part.toString(); });
  socket.on('error', () => undefined);
  socket.on('close', () => resolve(heard));
});

test('bodies of a megabyte are refused on every address that takes one', async () => {
  const { path, token } = await begin();
  for (const address of ['/line/webhook', '/v3/directline/tokens/generate', '/v3/directline/conversations', path]) {
    // The answer may come while the body is still being sent, and the connection then ends.
    const answer = await post(address, 'x'.repeat(1_000_000), token).catch(() => undefined);
    expect([address, answer?.status ?? 413]).toEqual([address, 413]);
  }
});

test('three hundred clients that send their request a byte at a time keep nobody waiting', async () => {
  const slow = await Promise.all(Array.from({ length: 300 }, () => new Promise<Socket>((resolve, reject) => {
    const socket: Socket = connect(service.port, '127.0.0.1', () => {
      socket.write('POST /v3/directline/conversations HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{');
      resolve(socket);
    });
    socket.once('error', reject);
  })));
  for (const socket of slow) socket.on('error', () => undefined).write(' ');
  const { path, token } = await begin();
  expect((await post(path, JSON.stringify({ type: 'message', text: 'カードをなくしました' }), token)).status).toBe(200);
  for (const socket of slow) socket.destroy();
});

test.each([
  '{"type":"message","text":"x","__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}',
  '{"__proto__":{"type":"message","text":"x","polluted":"yes"}}',
  '{"type":"message","text":"x","channelData":{"__proto__":{"polluted":"yes"},"clientActivityID":"__proto__"}}',
  '{"type":"__proto__","text":"constructor","locale":"__proto__"}',
  '{"type":"message","text":"__proto__","value":"entry:__proto__/constructor"}',
  '{"type":"message","value":"guide:constructor","text":"toString"}',
  '{"type":"message","value":"guide:constructor.1/valueOf=x"}',
])('%s changes no object of ours', async (body) => {
  const { path, token } = await begin(JSON.parse('{"locale":"ja","__proto__":{"polluted":"yes"}}') as object);
  expect([200, 400]).toContain((await post(path, body, token)).status);
  expect(([200, 400, 401])).toContain((await post('/line/webhook', body)).status);
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
  expect(([] as unknown as { polluted?: string }).polluted).toBeUndefined();
});

test.each([
  '/../../../../etc/passwd', '/..%2f..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/package.json', '/faq/../../package.json', '/faq/ja/..%2f..%2f..%2fpackage.json/x', '/widget/../../../package.json', '/widget/readings.json%00.png', '/widget.js/../../main.ts',
  '/faq/ja/..\\..\\package.json/x', '/calendar/ja/../../../../etc/passwd', '//etc/passwd', '/.env', '/data/madoguchi.db', '/knowledge/municipality.yaml', '/%c0%ae%c0%ae/etc/passwd', '/%', '/faq/%zz', '/faq/__proto__', '/faq/ja/constructor/prototype',
])('the address %s leads to no file of the machine', async (path) => {
  const heard = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  expect(heard).toMatch(/^HTTP\/1\.1 (?:4\d\d|302)/);
  expect(heard).not.toMatch(/root:|"name": ?"madoguchi"|departments:|SECRET/);
});

test.each([
  'GARBAGE\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, `GET / HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(5000)}\r\n`, 'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
  'POST /line/webhook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n', 'POST /line/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', '\0\0\0\0\0\0',
])('a request that is none is refused (%#)', async (bytes) => {
  expect(await raw(bytes)).toMatch(/^HTTP\/1\.1 4\d\d/);
});

test('when too many turns wait at once, the next is asked to come again in a moment, and is answered then', async () => {
  const store = await sqliteStore(':memory:');
  let goOn: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => { goOn = resolve; });
  const tokens = makeTokens('a secret of this test only, 32 characters', 3600);
  const server = await serve(directLine({
    bot: () => waiting, store, tokens, isAllowed: () => true, limits: async () => undefined, said: () => undefined, notice: () => undefined, publicUrl: undefined,
  }), { host: '127.0.0.1', port: 0, log: pino({ level: 'silent' }) });
  const ask = async (number: number): Promise<Response> => fetch(`http://127.0.0.1:${server.port}/v3/directline/conversations`, { method: 'POST', headers: { Authorization: `Bearer ${await tokens.sign({ conversation: `c${number}`, user: 'dl_x' })}` }, body: '{}' });
  const asked = Array.from({ length: mostTurns + 1 }, (_, number) => ask(number));
  const first = await Promise.race(asked);
  expect([first.status, first.headers.get('retry-after')]).toEqual([503, '3']);
  goOn();
  const all = await Promise.all(asked);
  expect(all.filter(({ status }) => status === 201)).toHaveLength(mostTurns);
  expect((await ask(9999)).status).toBe(201);
  await server.stop(1);
  await store.close();
});
