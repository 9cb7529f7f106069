import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { percentile } from '../../knowledge/search/evaluate.ts';
import { freePort } from '../free-port.ts';
import { knowledgeFolder } from '../helpers.ts';
import { lineServer, type Fault } from '../line-server.ts';
import { postgresServer, query } from '../postgres-server.ts';
import { accessToken, kill, signed, startProgram, textWebhook } from './process.ts';

const instances = 3;
const [senders, writers] = [30, 20];
const duplicated = 0.3;
const failing = 0.1;
/** What each resident writes: every answer depends on what was said before. */
const script = ['メニュー', '1', 'まだ', 'いいえ', 'カードをなくしました', '電話で連絡したい', 'メニュー', 'When will my card arrive?'];
const faults: readonly Fault[] = ['500', '429', 'reset', 'lost'];

interface Instance {
  readonly port: number;
  child: ChildProcess;
  /** Seconds of CPU it had used when it was ready. */
  before: number;
}

/** Seconds of CPU a process has used; the kernel counts in hundredths. */
const cpuOf = ({ pid }: ChildProcess): number => {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(11, 13);
  return (Number(user) + Number(system)) / 100;
};

/** Hands requests to the instances in turn, and to the next one where nobody listens, as any load balancer does; one that breaks off is 502. */
async function roundRobin(targets: readonly Instance[]): Promise<{ url: string; close: () => void }> {
  let turn = 0;
  const server = createServer(async (asked, answer) => {
    const parts: Buffer[] = [];
    for await (const part of asked) parts.push(part as Buffer);
    const hand = (left: number): void => {
      const { port } = targets[turn = (turn + 1) % targets.length]!;
      const out = request({ port, host: '127.0.0.1', method: asked.method!, path: asked.url!, headers: asked.headers }, (back) => {
        answer.writeHead(back.statusCode!, back.headers);
        back.on('error', () => answer.destroy());
        back.pipe(answer);
      });
      out.on('error', ({ code }: NodeJS.ErrnoException) => {
        if (code === 'ECONNREFUSED' && left > 0) hand(left - 1);
        else if (answer.headersSent) answer.destroy();
        else answer.writeHead(502).end();
      });
      out.end(Buffer.concat(parts));
    };
    hand(targets.length - 1);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => { server.closeAllConnections(); server.close(); } };
}

interface Client {
  /** Sends until it is taken. */
  send(path: string, headers: Record<string, string>, body?: string): Promise<Response>;
  readonly times: number[];
  readonly again: () => number;
}

/** A client that sends again what did not get through, as LINE and the widget do. */
function client(url: string): Client {
  const times: number[] = [];
  let repeated = 0;
  return {
    times, again: () => repeated,
    async send(path, headers, body) {
      const from = performance.now();
      for (;;) {
        const response = await fetch(url + path, { headers: { 'Content-Type': 'application/json', ...headers }, ...(body === undefined ? {} : { method: 'POST', body }) }).catch(() => undefined);
        if (response?.ok === true) {
          times.push(performance.now() - from);
          return response;
        }
        if (response !== undefined && response.status < 500 && response.status !== 429) throw new Error(`${path} was refused: ${await response.text()}`);
        repeated += 1;
        await wait(200);
      }
    },
  };
}

/** Hands out work to `side` workers side by side. */
async function sideBySide<Item>(side: number, items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  let at = 0;
  await Promise.all(Array.from({ length: side }, async () => {
    for (let item = items[at++]; item !== undefined; item = items[at++]) await work(item);
  }));
}

/** One web conversation by the script; what was said in it in the end, as `role: text`. */
async function converse({ send }: Client, number: number): Promise<string[]> {
  // Each resident comes from an address of their own.
  const from = { 'X-Forwarded-For': `10.${number >> 16 & 255}.${number >> 8 & 255}.${number & 255}` };
  const { token, conversationId } = await (await send('/v3/directline/tokens/generate', from, '{}')).json() as { token: string; conversationId: string };
  const headers = { ...from, Authorization: `Bearer ${token}` };
  const activities = `/v3/directline/conversations/${conversationId}/activities`;
  await send('/v3/directline/conversations', headers, '{"locale":"ja"}');
  for (const text of script) await send(activities, headers, JSON.stringify({ type: 'message', text, channelData: { clientActivityID: randomUUID() } }));
  const news = await (await send(`${activities}?watermark=0`, headers)).json() as { activities: { text: string; from: { role?: string } }[] };
  return news.activities.map(({ text, from }) => `${from.role ?? 'bot'}: ${text}`);
}

/**
 * Plays LINE and residents on the web against three real processes on one PostgreSQL, one of which is killed with -9 every few seconds.
 * Every event and message must be answered exactly once, and every conversation must read like one that nobody disturbed.
 */
export async function scale(count: number, talks: number, killEvery: number): Promise<void> {
  const database = await postgresServer();
  const url = await database.database();
  const line = await lineServer(accessToken);
  let state = 1;
  const next = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  line.faults(() => (next() < failing ? faults[Math.floor(next() * faults.length)]! : 'none'));
  const begin = (port: number): Promise<ChildProcess> => startProgram('adapters/main.ts', port, { KNOWLEDGE_DIR: knowledgeFolder, DATABASE_URL: url, LINE_API_BASE_URL: line.url });
  const all = await Promise.all(Array.from({ length: instances }, async (): Promise<Instance> => {
    const port = await freePort();
    const child = await begin(port);
    return { port, child, before: cpuOf(child) };
  }));
  let cpu = 0;
  const end = async ({ child, before }: Instance): Promise<void> => {
    cpu += cpuOf(child) - before;
    await kill(child);
  };
  const balancer = await roundRobin(all);
  const [webhooks, web] = [client(balancer.url), client(balancer.url)];
  const undisturbed = await converse(client(balancer.url), 0);

  let [working, kills] = [true, 0];
  const killing = (async () => {
    for (let at = 0; killEvery > 0 && working; at = (at + 1) % instances) {
      await wait(killEvery * 1000);
      if (!working) break;
      const victim = all[at]!;
      await end(victim);
      kills += 1;
      victim.child = await begin(victim.port);
      victim.before = cpuOf(victim.child);
    }
  })();

  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  const residents = Array.from({ length: Math.ceil(count / script.length) }, () => `U${randomUUID().replaceAll('-', '')}`);
  const events = residents.flatMap((user) => script.map((text, step) => ({ user, text, step, token: line.token() }))).slice(0, count);
  const perUser = residents.map((user) => events.filter((event) => event.user === user));
  const onLine = sideBySide(senders, perUser, async (mine) => {
    for (const { user, text, token } of mine) {
      const body = textWebhook({ id: randomUUID(), userId: user, replyToken: token, text, isRedelivery: false });
      await webhooks.send('/line/webhook', signed(body), body);
      if (next() < duplicated) await webhooks.send('/line/webhook', signed(body), body);
    }
  });
  const histories: string[][] = [];
  const onWeb = sideBySide(writers, Array.from({ length: talks }, (_, at) => at), async (at) => { histories.push(await converse(web, at + 1)); });
  await onWeb;
  const webDone = seconds();
  await onLine;
  const taken = seconds();
  for (let before = -1; line.accepted.length < count && line.accepted.length !== before;) {
    before = line.accepted.length;
    for (let left = 120; line.accepted.length < count && left > 0; left -= 1) await wait(500);
  }
  const answered = seconds();
  working = false;
  await killing;
  // Time for a second answer to show.
  await wait(2000);

  const repliesTo = new Map<string, number[]>();
  for (const [at, { to }] of line.accepted.entries()) repliesTo.set(to, [...repliesTo.get(to) ?? [], at]);
  const textOf = (token: string): string => JSON.stringify((line.accepted[repliesTo.get(token)?.[0] ?? -1])?.messages.map((message) => (message.type === 'text' ? message.text : message.altText)));
  const usual = script.map((_, step) => {
    const texts = events.filter((event) => event.step === step).map(({ token }) => textOf(token));
    return texts.sort((a, b) => texts.filter((text) => text === b).length - texts.filter((text) => text === a).length)[0];
  });
  const inOrder = perUser.filter((mine) => mine.every(({ token, step }, at) => textOf(token) === usual[step]
    && (at === 0 || (repliesTo.get(mine[at - 1]!.token)?.[0] ?? Infinity) < (repliesTo.get(token)?.[0] ?? -1)))).length;
  const like = (history: readonly string[]): boolean => history.join('\n') === undisturbed.join('\n');
  const times = (list: readonly number[]): string => `p50 ${percentile(list, 0.5).toFixed(1)} ms, p99 ${percentile(list, 0.99).toFixed(0)} ms`;
  const row = (name: string, value: string): void => console.log(`${name.padEnd(56)} ${value}`);
  row('processes, kill -9', `${instances}, ${kills}`);
  row('events of LINE, sent again because of a kill', `${count}, ${webhooks.again()}`);
  row('answered exactly once', `${events.filter(({ token }) => repliesTo.get(token)?.length === 1).length} of ${count}`);
  row('lost, answered twice', `${events.filter(({ token }) => !repliesTo.has(token)).length}, ${[...repliesTo.values()].filter(({ length }) => length > 1).length}`);
  row('residents on LINE answered in order and as usual', `${inOrder} of ${perUser.length}`);
  row('calls that broke LINE’s contract', String(line.wrong.length));
  row('accepted, kills and copies included', `${Math.round(webhooks.times.length / taken)} a second, ${times(webhooks.times)}`);
  row('all answered after', `${answered.toFixed(0)} s`);
  row('web conversations of messages, sent again', `${talks} of ${script.length}, ${web.again()}`);
  row('conversations that read as if nobody had disturbed them', `${histories.filter(like).length} of ${talks}`);
  row('a request of the web, until it got through', `${Math.round(web.times.length / webDone)} a second, ${times(web.times)}`);
  const [connections] = await query<{ most: string }>(url, 'select count(*) as most from pg_stat_activity where datname = current_database()');
  row('connections of the database in the end', connections!.most);
  for (const one of all) await end(one);
  row('CPU of the processes for each answer, after their start', `${(cpu * 1000 / (count + talks * (script.length + 1))).toFixed(1)} ms`);
  const wrong = histories.find((history) => !like(history));
  for (const call of new Set(line.wrong)) console.log(`\nA call that broke the contract: ${call}`);
  if (wrong !== undefined) console.log(`\nA conversation that was disturbed:\n${wrong.join('\n')}\n\nand one that was not:\n${undisturbed.join('\n')}`);
  balancer.close();
  await line.close();
  await database.stop();
}
