import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { readConfig } from '../../../adapters/config.ts';
import { start, type Running } from '../../../adapters/start.ts';
import { knowledgeFolder, root, shelfOf } from '../../helpers.ts';

/** Names that are no metrics: a database of the handbook. */
const ours = new Set(['madoguchi_new']);

let service: Running;
let base: string;
let folder: string;
const api = (): string => `${base}/v3/directline`;
const secret = 'a secret of this test only, 32 characters';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi '));
  const config = readConfig({ PORT: '0', KNOWLEDGE_DIR: knowledgeFolder, DATABASE_URL: `file:${folder}/data/test.db`, LOG_LEVEL: 'silent', DIRECT_LINE_SECRET: secret, ALLOWED_ORIGINS: 'https://www.city.mihon.example.jp' });
  service = await start(config, shelfOf(config));
  base = `http://127.0.0.1:${service.port}`;
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

const post = (path: string, token?: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(api() + path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
const get = (path: string, token: string): Promise<Response> => fetch(api() + path, { headers: { Authorization: `Bearer ${token}` } });

interface Ticket {
  conversationId: string;
  token: string;
  expires_in: number;
}
interface News {
  activities: { id: string; text: string; from: { role?: string }; channelData?: { clientActivityID?: string }; suggestedActions?: { actions: { title: string; value: string }[] } }[];
  watermark: string;
}

async function begin(locale = 'ja-JP'): Promise<Ticket> {
  const { token } = await (await post('/tokens/generate')).json() as Ticket;
  const response = await post('/conversations', token, { locale });
  expect(response.status).toBe(201);
  return await response.json() as Ticket;
}
const news = async ({ conversationId, token }: Ticket, watermark = ''): Promise<News> =>
  await (await get(`/conversations/${conversationId}/activities?watermark=${watermark}`, token)).json() as News;
const say = (ticket: Ticket, text: string, more: object = {}): Promise<Response> =>
  post(`/conversations/${ticket.conversationId}/activities`, ticket.token, { type: 'message', text, from: { id: 'whoever' }, ...more });

describe('Direct Line', () => {
  test('a conversation: greeting, question, answer, watermark', async () => {
    const ticket = await begin('en-GB');
    const first = await news(ticket);
    expect(first.activities[0]!.text).toContain('I answer automatically');
    const sent = await say(ticket, 'How long does it take to get the card after applying?', { channelData: { clientActivityID: 'abc.1' } });
    expect(await sent.json()).toEqual({ id: 'said-abc.1' });
    const then = await news(ticket, first.watermark);
    expect(then.activities).toHaveLength(2);
    expect(then.activities[0]).toMatchObject({ from: { role: 'user' }, channelData: { clientActivityID: 'abc.1' } });
    expect(then.activities[0]!.from).not.toMatchObject({ id: 'whoever' });
    expect(then.activities[1]!.text).toContain('1 month');
    expect((await news(ticket, then.watermark)).activities).toEqual([]);
  });

  test('a message sent again is answered once', async () => {
    const ticket = await begin();
    const before = (await news(ticket)).watermark;
    await Promise.all([1, 2, 3].map(() => say(ticket, 'カードをなくしました', { channelData: { clientActivityID: 'again' } })));
    expect((await news(ticket, before)).activities).toHaveLength(2);
  });

  test('beginning twice greets once and gives a new token', async () => {
    const ticket = await begin();
    const again = await post('/conversations', ticket.token);
    expect(again.status).toBe(200);
    expect((await news(ticket)).activities).toHaveLength(1);
    const refreshed = await (await post('/tokens/refresh', ticket.token)).json() as Ticket;
    expect(refreshed).toMatchObject({ conversationId: ticket.conversationId, expires_in: 24 * 3600 });
    expect((await get(`/conversations/${ticket.conversationId}`, refreshed.token)).status).toBe(200);
  });

  test('a tapped choice is taken by its id', async () => {
    const ticket = await begin();
    const { watermark } = await news(ticket);
    await say(ticket, 'カードが今どこまで進んでいるか調べる', { value: 'guide:status' });
    expect((await news(ticket, watermark)).activities.at(-1)!.text).toContain('交付通知書');
  });

  test('12 digits reach no byte of the database', async () => {
    const ticket = await begin();
    const { watermark } = await news(ticket);
    await say(ticket, '番号は 1234 5678 9018 です');
    const { activities } = await news(ticket, watermark);
    expect(activities[0]!.text).toBe('番号は [番号] です');
    expect(activities[1]!.text).toContain('こちらには残っていません');
    const bytes = Buffer.concat(await Promise.all(['', '-wal'].map((end) => readFile(join(folder, `data/test.db${end}`)))));
    expect(bytes.includes('番号は')).toBe(true);
    // Four digits alone also stand in times and digests.
    expect(bytes.toString('latin1')).not.toMatch(/1234\D{0,4}5678|5678\D{0,4}9018/);
  });
});

describe('bad input gets a clear 4xx, and the service lives', () => {
  let ticket: Ticket;
  beforeAll(async () => {
    ticket = await begin();
  });
  const path = (): string => `/conversations/${ticket.conversationId}/activities`;
  const raw = (body: RequestInit['body'], headers: Record<string, string> = {}): Promise<Response> =>
    fetch(api() + path(), { method: 'POST', headers: { Authorization: `Bearer ${ticket.token}`, 'Content-Type': 'application/json', ...headers }, body });
  const refusal = async (response: Response): Promise<string> => `${response.status} ${(await response.json() as { error: { code: string } }).error.code}`;

  test.each(['{"type":', '[]', 'null', '"text"', 'だめ'])('JSON that is none: %s', async (body) => {
    expect(await refusal(await raw(body))).toBe('400 BadJson');
  });
  test('an activity of the wrong shape', async () => {
    expect(await refusal(await raw('{"type":7}'))).toBe('400 BadActivity');
    expect(await refusal(await raw(JSON.stringify({ type: 'message', text: 'x'.repeat(20_001) })))).toBe('400 BadActivity');
  });
  test('a body over the limit, by its length and by its bytes', async () => {
    expect(await refusal(await raw('x'.repeat(300_000)))).toBe('413 TooLarge');
    const chunked = new ReadableStream({ start(controller) { for (let part = 0; part < 40; part += 1) controller.enqueue(new Uint8Array(10_000)); controller.close(); } });
    const response = await fetch(api() + path(), { method: 'POST', headers: { Authorization: `Bearer ${ticket.token}` }, body: chunked, duplex: 'half' } as RequestInit).catch(() => undefined);
    expect(response === undefined || response.status === 413).toBe(true);
  });
  test('compressed bodies, true and garbage', async () => {
    expect(await refusal(await raw('not gzip at all', { 'Content-Encoding': 'gzip' }))).toBe('415 UnsupportedEncoding');
    expect(await refusal(await raw(gzipSync('{"type":"message"}') as unknown as RequestInit['body'], { 'Content-Encoding': 'gzip' }))).toBe('415 UnsupportedEncoding');
  });
  test('tokens: none, garbage, tampered, foreign, expired, of another conversation', async () => {
    const other = await begin();
    const key = new TextEncoder().encode(secret);
    const expired = await new SignJWT({ conv: ticket.conversationId, user: 'dl_x' }).setProtectedHeader({ alg: 'HS256' }).setIssuer('madoguchi').setExpirationTime(1_700_000_000).sign(key);
    const foreign = await new SignJWT({ conv: ticket.conversationId, user: 'dl_x' }).setProtectedHeader({ alg: 'HS256' }).setIssuer('madoguchi').setExpirationTime('1h').sign(new TextEncoder().encode('another secret of 32 characters.....'));
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ conv: ticket.conversationId, iss: 'madoguchi' })).toString('base64url')}.`;
    for (const token of ['', 'garbage', `${ticket.token.slice(0, -4)}AAAA`, foreign, expired, unsigned]) expect(await refusal(await post(path(), token, { type: 'message', text: 'x' }))).toBe('403 BadToken');
    expect(await refusal(await post(path(), other.token, { type: 'message', text: 'x' }))).toBe('403 OtherConversation');
  });
  test('a conversation nobody began, and a watermark nobody gave', async () => {
    const { conversationId, token } = await (await post('/tokens/generate')).json() as Ticket;
    expect(await refusal(await get(`/conversations/${conversationId}/activities`, token))).toBe('404 NoConversation');
    expect(await refusal(await get(`${path()}?watermark=;drop`, ticket.token))).toBe('400 BadWatermark');
  });
  test('a page of a foreign origin, and one that is allowed', async () => {
    expect(await refusal(await post('/tokens/generate', undefined, {}, { Origin: 'https://evil.example' }))).toBe('403 OriginNotAllowed');
    const allowed = await post('/tokens/generate', undefined, {}, { Origin: 'https://www.city.mihon.example.jp' });
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://www.city.mihon.example.jp');
    const preflight = await fetch(`${api()}/tokens/generate`, { method: 'OPTIONS', headers: { Origin: 'https://www.city.mihon.example.jp', 'Access-Control-Request-Method': 'POST' } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
  });
  test('addresses and methods that are not there', async () => {
    expect(await refusal(await fetch(`${base}/nothing`))).toBe('404 NotFound');
    expect(await refusal(await fetch(`${base}/`, { method: 'DELETE' }))).toBe('405 WrongMethod');
    expect((await fetch(`${base}/`, { method: 'HEAD' })).status).toBe(200);
  });
  test('a request for another upgrade is answered like any other', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(service.port, '127.0.0.1', () => socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n'));
      socket.once('data', (data) => { resolve(data.toString()); socket.destroy(); });
      socket.once('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 200/);
  });
  test('after all of that it still answers', async () => {
    await say(ticket, 'カードをなくしました');
    expect((await news(ticket)).activities.at(-1)!.text).toContain('0120-95-0178');
  });
});

describe('pages', () => {
  test('every answer carries the security headers and no server name', async () => {
    for (const path of ['/', '/nothing', '/widget.js', '/healthz']) {
      const { headers } = await fetch(base + path);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('server')).toBeNull();
    }
  });
  test('the widget is sent once and then confirmed by its tag', async () => {
    const first = await fetch(`${base}/widget.js`);
    expect(first.headers.get('content-type')).toContain('text/javascript');
    const again = await fetch(`${base}/widget.js`, { headers: { 'If-None-Match': first.headers.get('etag')! } });
    expect(again.status).toBe(304);
  });
  test('the widget weighs at most 20 kB, words and look included, as it goes over the line', async () => {
    const [script, style] = await Promise.all(['/widget.js', '/widget.css'].map(async (path) => gzipSync(await (await fetch(base + path)).text()).length));
    process.stdout.write(`widget, gzip: script ${script}, style ${style} bytes\n`);
    expect(script! + style!).toBeLessThanOrEqual(20_000);
  });
  test('every metric that dashboard and handbooks name is counted', async () => {
    const counted = new Set([...(await (await fetch(`${base}/metrics`)).text()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    const files = ['docs/grafana.json', 'docs/operations.md', 'docs/line.md'];
    const texts = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')));
    const named = texts.map((text) => [...new Set([...text.matchAll(/\b(?:madoguchi|nodejs|process)_\w+[a-z]\b/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, '')))].filter((name) => !ours.has(name)));
    expect(named.map((names) => names.filter((name) => !counted.has(name)))).toEqual([[], [], []]);
    expect(named.map(({ length }) => length > 3)).toEqual([true, true, true]);
    expect(JSON.parse(texts[0]!)).toMatchObject({ uid: 'madoguchi', panels: expect.arrayContaining([expect.objectContaining({ type: 'timeseries' })]) });
  });
  test('readiness names version and entries, health answers', async () => {
    expect(await (await fetch(`${base}/healthz`)).json()).toEqual({ status: 'alive' });
    expect(await (await fetch(`${base}/readyz`)).json()).toMatchObject({ status: 'ready', knowledge: { leftOut: 0, heldBack: 0 }, search: 'ready', store: 'ready', line: 'off' });
  });
});
