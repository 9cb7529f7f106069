import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { percentile } from '../../knowledge/search/evaluate.ts';
import { knowledgeFolder } from '../helpers.ts';
import { lineServer, type LineServer } from '../line-server.ts';
import { freePort } from '../free-port.ts';
import { accessToken, kill, signed, startProgram, texts, textWebhook } from './process.ts';

/** Connections of LINE's side that are kept open, each with one request under way. */
const connections = 50;
const conversations = 0.2;
/** The longest the answers may take after the last event was accepted, in ms. */
const patience = 900_000;

const post = (port: number, agent: Agent, body: string): Promise<number> => new Promise((resolve, reject) => {
  const sending = request({ port, host: '127.0.0.1', path: '/line/webhook', method: 'POST', agent, headers: { ...signed(body), 'Content-Length': Buffer.byteLength(body) } }, (response) => {
    response.resume().once('end', () => resolve(response.statusCode!));
  });
  sending.once('error', reject);
  sending.end(body);
});

async function measure(name: string, program: string, count: number, line: LineServer, folder: string): Promise<void> {
  const port = await freePort();
  const child = await startProgram(program, port, { KNOWLEDGE_DIR: knowledgeFolder, DATABASE_URL: `file:${folder}/${name}.db`, LINE_API_BASE_URL: line.url });
  const users = Array.from({ length: Math.ceil(count * conversations) }, () => `U${randomUUID().replaceAll('-', '')}`);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const before = line.accepted.length;
  const times: number[] = [];
  let at = 0;
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, async () => {
    while (at < count) {
      const mine = at++;
      const body = textWebhook({ id: randomUUID(), userId: users[mine % users.length]!, replyToken: line.token(), text: texts[mine % texts.length]!, isRedelivery: false });
      const from = performance.now();
      const status = await post(port, agent, body);
      if (status !== 200) throw new Error(`${name} answered ${status}.`);
      times.push(performance.now() - from);
    }
  }));
  const taken = (performance.now() - started) / 1000;
  while (line.accepted.length - before < count && performance.now() - started < patience) await wait(200);
  const answered = line.accepted.length - before;
  const whole = (performance.now() - started) / 1000;
  console.log(`${name.padEnd(30)} ${String(Math.round(count / taken)).padStart(6)} ${percentile(times, 0.5).toFixed(1).padStart(9)} ${percentile(times, 0.99).toFixed(1).padStart(9)} ${String(answered).padStart(9)} ${String(Math.round(answered / whole)).padStart(9)}`);
  agent.destroy();
  await kill(child);
}

/** How fast events are taken in durably, beside a plain echo bot that keeps nothing. */
export async function accepting(count: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi accept '));
  const line = await lineServer(accessToken);
  console.log(`${count} events over ${connections} connections, one in each webhook\n`);
  console.log(`${''.padEnd(30)} ${'a second'.padStart(6)} ${'p50 ms'.padStart(7)} ${'p99 ms'.padStart(9)} ${'answered'.padStart(9)} ${'a second'.padStart(9)}`);
  await measure('echo bot, nothing kept', 'test/bench/echo-bot.ts', count, line, folder);
  await measure('Madoguchi, all kept', 'adapters/main.ts', count, line, folder);
  if (line.wrong.length > 0) console.log(`Calls that broke the contract: ${line.wrong.length}, ${line.wrong[0]}`);
  await line.close();
  await rm(folder, { recursive: true, force: true });
}
