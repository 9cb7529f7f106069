import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../../adapters/config.ts';
import { start, type Running } from '../../../adapters/start.ts';
import { welcome } from '../../../adapters/web/limits.ts';
import { makeTokens } from '../../../adapters/web/token.ts';
import { sqliteStore } from '../../../bot/store/sqlite.ts';
import { knowledgeFolder, shelfOf } from '../../helpers.ts';

const secret = 'a secret of this test only, 32 characters';
let service: Running;
let base: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi stream '));
  const config = readConfig({ PORT: '0', KNOWLEDGE_DIR: knowledgeFolder, DATABASE_URL: `file:${folder}/test.db`, LOG_LEVEL: 'silent', DIRECT_LINE_SECRET: secret, ALLOWED_ORIGINS: 'https://www.city.mihon.example.jp' });
  service = await start(config, shelfOf(config));
  base = `http://127.0.0.1:${service.port}/v3/directline`;
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Ticket { conversationId: string; token: string; streamUrl: string }
interface Frame { activities: { id: string; text: string; from: { role?: string }; channelData?: { clientActivityID?: string } }[]; watermark: string }
/** Each test asks from an address of its own, as through the city's proxy. */
let visitors = 0;
const visitor = (): Record<string, string> => ({ 'X-Forwarded-For': `203.0.113.${visitors += 1}` });
const call = (path: string, { token, body, method = 'POST', headers = {} }: { token?: string; body?: object; method?: string; headers?: Record<string, string> } = {}): Promise<Response> =>
  fetch(base + path, { method, headers: { 'Content-Type': 'application/json', ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
async function begin(): Promise<Ticket> {
  const { token } = await (await call('/tokens/generate', { headers: visitor() })).json() as Ticket;
  return await (await call('/conversations', { token, body: { locale: 'ja-JP' } })).json() as Ticket;
}
const say = ({ conversationId, token }: Ticket, text: string, client: string): Promise<Response> =>
  call(`/conversations/${conversationId}/activities`, { token, body: { type: 'message', text, channelData: { clientActivityID: client } } });

class Heard {
  readonly frames: Frame[] = [];
  readonly socket: WebSocket;
  closed: number | undefined;
  constructor(url: string) {
    this.socket = new WebSocket(url);
    this.socket.addEventListener('message', ({ data }) => this.frames.push(JSON.parse(String(data)) as Frame));
    this.socket.addEventListener('close', ({ code }) => { this.closed = code; });
  }
  get texts(): string[] { return this.frames.flatMap(({ activities }) => activities.map(({ text }) => text)); }
  async until(holds: () => boolean): Promise<void> {
    for (let tries = 0; !holds(); tries += 1) {
      if (tries > 200) throw new Error(`Not heard: ${JSON.stringify(this.frames)}`);
      await wait(25);
    }
  }
}

describe('the stream', () => {
  test('says the greeting, the own message with its client id, and the answer, each once and in order', async () => {
    const ticket = await begin();
    const heard = new Heard(ticket.streamUrl);
    await heard.until(() => heard.texts.length === 1);
    await say(ticket, 'カードをなくしました', 'a.1');
    await heard.until(() => heard.texts.length === 3);
    await say(ticket, 'カードをなくしました', 'a.1');
    await wait(1200);
    const activities = heard.frames.flatMap((frame) => frame.activities);
    expect(activities.map(({ from, channelData }) => channelData?.clientActivityID ?? from.role ?? 'bot')).toHaveLength(3);
    expect(activities[1]!.channelData?.clientActivityID).toBe('a.1');
    expect(activities[2]!.text).toContain('0120-95-0178');
    heard.socket.close();
  });

  test('goes on from the watermark after a break, and loses nothing that was said meanwhile', async () => {
    const ticket = await begin();
    const first = new Heard(ticket.streamUrl);
    await first.until(() => first.texts.length === 1);
    first.socket.close();
    await first.until(() => first.closed !== undefined);
    await say(ticket, '暗証番号を忘れました', 'b.1');
    const again = await (await call(`/conversations/${ticket.conversationId}?watermark=${first.frames.at(-1)!.watermark}`, { method: 'GET', token: ticket.token })).json() as Ticket;
    const second = new Heard(again.streamUrl);
    await second.until(() => second.texts.length === 2);
    expect(second.texts[0]).toBe('暗証番号を忘れました');
    second.socket.close();
  });

  test('hears what another process wrote, and empty frames of clients change nothing', async () => {
    const ticket = await begin();
    const heard = new Heard(ticket.streamUrl);
    await heard.until(() => heard.texts.length === 1);
    heard.socket.send('');
    const other = await sqliteStore(`${folder}/test.db`);
    await other.commit({ conversation: ticket.conversationId, changes: {}, said: [{ type: 'message', id: 'elsewhere', text: 'from elsewhere', from: { id: 'bot', name: '' } }] });
    await other.close();
    await heard.until(() => heard.texts.includes('from elsewhere'));
    heard.socket.close();
  });

  test.each([
    ['with the token of another conversation', async (ticket: Ticket) => ticket.streamUrl.replace(ticket.conversationId, (await begin()).conversationId)],
    ['without a token', async (ticket: Ticket) => ticket.streamUrl.replace(/&t=.*/, '')],
    ['with a token that is over', async (ticket: Ticket) => ticket.streamUrl.replace(/t=.*/, `t=${await makeTokens(secret, 3600).sign({ conversation: ticket.conversationId, user: 'dl_x' }, -10)}`)],
    ['with a watermark that is none', async (ticket: Ticket) => ticket.streamUrl.replace('watermark=', 'watermark=-1')],
  ])('is refused %s', async (_name, spoil) => {
    const heard = new Heard(await spoil(await begin()));
    await heard.until(() => heard.closed !== undefined);
    expect(heard.frames).toEqual([]);
  });

  test('closes on somebody who sends more than a word', async () => {
    const heard = new Heard((await begin()).streamUrl);
    await heard.until(() => heard.texts.length === 1);
    heard.socket.send('x'.repeat(100_000));
    await heard.until(() => heard.closed !== undefined);
    expect(heard.closed).toBe(1009);
  });

  test('tells its address as TLS when the page came by TLS', async () => {
    const { token } = await (await call('/tokens/generate', { headers: visitor() })).json() as Ticket;
    const { streamUrl } = await (await call('/conversations', { token, headers: { 'X-Forwarded-Proto': 'https' } })).json() as Ticket;
    expect(streamUrl).toMatch(/^wss:/);
  });
});

describe('too much at once', () => {
  test('ten thousand conversations of one address are stopped, with the time to wait, and other addresses go on', async () => {
    const one = visitor();
    const statuses: number[] = [];
    let after: string | null = null;
    for (let count = 0; count < welcome.beginning.points + 50; count += 1) {
      const response = await call('/tokens/generate', { headers: one });
      statuses.push(response.status);
      after = response.headers.get('retry-after') ?? after;
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(welcome.beginning.points);
    expect(new Set(statuses.slice(welcome.beginning.points))).toEqual(new Set([429]));
    expect(Number(after)).toBeGreaterThan(0);
    expect((await call('/tokens/generate', { headers: visitor() })).status).toBe(200);
  });

  test('a conversation that floods is asked to wait in words, and another is answered', async () => {
    const [flood, calm] = [await begin(), await begin()];
    const responses = [];
    for (let count = 0; count <= welcome.message.points; count += 1) responses.push(await say(flood, '', `f.${count}`));
    expect(responses.at(-1)!.status).toBe(429);
    expect(await responses.at(-1)!.json()).toMatchObject({ error: { message: expect.stringContaining('wait a moment') } });
    expect((await say(calm, 'カードをなくしました', 'c.1')).status).toBe(200);
  });

  test('a page can read the refusal', async () => {
    const origin = 'https://www.city.mihon.example.jp';
    const { headers } = await call('/conversations', { token: 'none', headers: { Origin: origin } });
    expect(headers.get('access-control-allow-origin')).toBe(origin);
  });
});

test.each([['POST', '/conversations/ID/upload', 415], ['GET', '/session/getsessionid', 404]])('%s %s is refused with a word', async (method, path, status) => {
  const { conversationId, token } = await begin();
  const response = await call(path.replace('ID', conversationId), { method, token });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { message: expect.stringMatching(/\w+ \w+/) } });
});
