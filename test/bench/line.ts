import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { percentile } from '../../knowledge/search/evaluate.ts';
import { knowledgeFolder } from '../helpers.ts';
import { lineServer, type Fault } from '../line-server.ts';
import { freePort } from '../free-port.ts';
import { accessToken, kill, signed, startProgram, texts, textWebhook } from './process.ts';

const senders = 50;
const kills = 3;
const duplicated = 0.3;
const failing = 0.1;
const conversations = 0.2;

/** Numbers that look random and are the same in every run. */
function* shares(): Generator<number, never> {
  for (let state = 1; ; state = (state * 48_271) % 2_147_483_647) yield state / 2_147_483_647;
}

/** Plays LINE against the real process: events arrive, some twice, calls fail, the process is killed, and every event must be answered once. */
export async function lineFaults(count: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi line faults '));
  const line = await lineServer(accessToken);
  const chance = shares();
  const next = (): number => chance.next().value;
  const faults: readonly Fault[] = ['500', '429', 'reset', 'lost'];
  line.faults(() => (next() < failing ? faults[Math.floor(next() * faults.length)]! : 'none'));
  const port = await freePort();
  const begin = (): Promise<ChildProcess> => startProgram('adapters/main.ts', port, { KNOWLEDGE_DIR: knowledgeFolder, DATABASE_URL: `file:${folder}/line.db`, LINE_API_BASE_URL: line.url });
  let child = await begin();

  const times: number[] = [];
  let delivered = 0;
  let redelivered = 0;
  const deliver = async (body: string): Promise<boolean> => {
    const from = performance.now();
    try {
      const { status } = await fetch(`http://127.0.0.1:${port}/line/webhook`, { method: 'POST', headers: signed(body), body });
      if (status === 200) times.push(performance.now() - from);
      return status === 200;
    } catch {
      return false;
    }
  };
  const users = Array.from({ length: Math.ceil(count * conversations) }, () => `U${randomUUID().replaceAll('-', '')}`);
  const events = Array.from({ length: count }, (_, at) => {
    const token = line.token();
    const id = randomUUID();
    return { token, body: (isRedelivery: boolean): string => textWebhook({ id, userId: users[at % users.length]!, replyToken: token, text: texts[at % texts.length]!, isRedelivery }) };
  });
  const dueKills = Array.from({ length: kills }, (_, at) => Math.floor((count * (at + 1)) / (kills + 1)));
  let killed = 0;
  const restart = async (): Promise<void> => {
    killed += 1;
    await kill(child);
    child = await begin();
  };
  const started = performance.now();
  let at = 0;
  let killing: Promise<void> = Promise.resolve();
  await Promise.all(Array.from({ length: senders }, async () => {
    for (let event = events[at++]; event !== undefined; event = events[at++]) {
      if (dueKills[killed] !== undefined && delivered >= dueKills[killed]!) killing = restart();
      // LINE delivers again what was not answered with 200.
      for (let tries = 0; !(await deliver(event.body(tries > 0))); tries += 1) {
        redelivered += 1;
        await wait(100);
      }
      delivered += 1;
      if (next() < duplicated) {
        redelivered += 1;
        await deliver(event.body(true));
      }
    }
  }));
  await killing;
  const taken = (performance.now() - started) / 1000;
  for (let before = -1; line.accepted.length !== before || line.accepted.length < count;) {
    before = line.accepted.length;
    await wait(5000);
    if (line.accepted.length === before && line.accepted.length >= count) break;
    if (line.accepted.length === before && performance.now() - started > 900_000) break;
  }
  const answered = (performance.now() - started) / 1000;
  const perToken = new Map<string, number>();
  for (const { to } of line.accepted) perToken.set(to, (perToken.get(to) ?? 0) + 1);
  const exactlyOnce = events.filter(({ token }) => perToken.get(token) === 1).length;
  const row = (name: string, value: string): void => console.log(`${name.padEnd(48)} ${value}`);
  row('events, and delivered again', `${count}, ${redelivered}`);
  row('kill -9 of the process', String(killed));
  row('calls of LINE that failed', `${failing * 100} %`);
  row('answered exactly once', `${exactlyOnce} of ${count}`);
  row('lost, answered twice', `${events.filter(({ token }) => !perToken.has(token)).length}, ${[...perToken.values()].filter((replies) => replies > 1).length}`);
  row('calls that broke the contract', String(line.wrong.length));
  row('accepted, kills included', `${Math.round(times.length / taken)} a second, p50 ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms`);
  row('all answered after', `${answered.toFixed(0)} s`);
  await kill(child);
  await line.close();
  await rm(folder, { recursive: true, force: true });
}
