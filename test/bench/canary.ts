import { execFile, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { canaries, numbersIn, puzzled, type Canary } from '../canaries.ts';
import { freePort } from '../free-port.ts';
import { knowledgeFolder, root } from '../helpers.ts';
import { lineServer, type LineServer } from '../line-server.ts';
import { accessToken, kill, signed, startProgram, textWebhook } from './process.ts';

/** Conversations under way at once. */
const senders = 12;
/** How long the answers on LINE may take after the last was accepted, in ms. */
const patience = 600_000;
/** Ends the process by a fault nobody catches, at a signal; Node's own report of it is searched like all else. */
const faultAtSignal = `data:text/javascript,${encodeURIComponent("process.on('SIGUSR2', () => { throw new Error('a fault of the canary run'); });")}`;

/** A place that was searched, its size in bytes, and what was found there. */
export interface Searched {
  readonly place: string;
  readonly bytes: number;
  readonly found: readonly string[];
}

/** What is kept of a web conversation, as its client is told. */
interface Talk {
  readonly canary: Canary;
  readonly kept: readonly string[];
  readonly transcript: string;
}

async function askOnWeb(base: string, canary: Canary, index: number): Promise<Talk> {
  // Each comes from an address of its own, as from the proxy before us.
  const headers = (token?: string): Record<string, string> => ({ 'Content-Type': 'application/json', 'X-Forwarded-For': `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`, ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) });
  const call = async (path: string, token?: string, body?: object): Promise<unknown> => {
    for (;;) {
      const answer = await fetch(`${base}${path}`, { method: body === undefined ? 'GET' : 'POST', headers: headers(token), ...(body === undefined ? {} : { body: JSON.stringify(body) }) }).catch(() => undefined);
      if (answer !== undefined) return answer.headers.get('content-type')?.startsWith('application/json') === true ? await answer.json() : await answer.text();
      await wait(200);
    }
  };
  const { token, conversationId } = await call('/v3/directline/tokens/generate', undefined, {}) as { token: string; conversationId: string };
  await call('/v3/directline/conversations', token, { locale: canary.messages[0] });
  await call('/v3/directline/conversations', token, {});
  const activities = `/v3/directline/conversations/${conversationId}/activities`;
  for (const [at, text] of canary.messages.entries()) {
    // A number may come in any part of a message, also of one that is refused, and in what is no message at all.
    const elsewhere = { value: text, from: { id: text, name: text }, entities: [{ text }], channelData: { clientActivityID: `c${index}-${at}`, text } };
    if (index % 20 === 1) await call(activities, token, { type: 'message', text, locale: text });
    await call(activities, token, { type: 'message', text, ...(index % 5 === 0 ? elsewhere : {}) });
  }
  const [text] = canary.messages;
  if (index % 10 === 1) await call(`/faq/ja?q=${encodeURIComponent(text!)}`);
  if (index % 10 === 3) await call(`/faq/ja/${encodeURIComponent(text!)}/x`);
  if (index % 10 === 5) await call(activities, token, { type: text!, text });
  if (index % 10 === 7) await call('/line/webhook', undefined, { events: [{ text }] });
  const heard = await call(`${activities}?watermark=0`, token) as { activities: { text: string; from: { role?: string } }[] };
  return { canary, kept: heard.activities.filter(({ from }) => from.role === 'user').map((one) => one.text), transcript: JSON.stringify(heard) };
}

/** All rows of a database as text: what lies over the edge of a page is whole here. */
function rowsOf(path: string): string {
  const db = new DatabaseSync(path, { readOnly: true });
  const tables = db.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[];
  const rows = tables.flatMap(({ name }) => db.prepare(`select * from "${name}"`).all().map((row) => Object.values(row).join('\u0001')));
  db.close();
  return rows.join('\n');
}

/** Sends numbers through LINE and the web to the real process, ends it by kill -9 and by a fault, and searches all it left and sent. */
export async function canaryRun(count: number): Promise<readonly Searched[]> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi canary '));
  const line = await lineServer(accessToken);
  const begun: ChildProcess[] = [];
  try {
    return await sendAndSearch(count, folder, line, begun);
  } finally {
    for (const child of begun) child.kill('SIGKILL');
    await line.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function sendAndSearch(count: number, folder: string, line: LineServer, begun: ChildProcess[]): Promise<readonly Searched[]> {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const database = join(folder, 'canary.db');
  const output: Buffer[] = [];
  const settings = { KNOWLEDGE_DIR: knowledgeFolder, DATABASE_URL: `file:${database}`, NODE_OPTIONS: `--import ${faultAtSignal} --report-uncaught-exception --report-directory="${folder}"` };
  const begin = async (): Promise<ChildProcess> => {
    const child = await startProgram('adapters/main.ts', port, { ...settings, LINE_API_BASE_URL: line.url, LOG_LEVEL: 'debug' }, (part) => output.push(part));
    begun.push(child);
    return child;
  };
  let child = await begin();
  const all = canaries(count);
  const talks: Talk[] = [];
  let events = 0;
  const onLine = async (canary: Canary, index: number): Promise<void> => {
    const userId = `U${randomUUID().replaceAll('-', '')}`;
    const deliver = async (text: string): Promise<void> => {
      const plain = textWebhook({ id: randomUUID(), userId, replyToken: line.token(), text, isRedelivery: false });
      const body = index % 20 === 0 ? plain.replace('"type":"message"', `"type":"postback","postback":${JSON.stringify({ data: text.slice(0, 300) })}`) : plain;
      events += 1;
      while (!await fetch(`${base}/line/webhook`, { method: 'POST', headers: signed(body), body }).then(({ ok }) => ok, () => false)) await wait(200);
    };
    for (const text of canary.messages) await deliver(text);
  };
  let next = 0;
  let killing: Promise<void> | undefined;
  const restart = (): Promise<void> => kill(child).then(async () => { child = await begin(); });
  // What a killed process held is free again after half a minute; a short run does not wait for it.
  const killAt = count < 1000 ? Infinity : count / 2;
  await Promise.all(Array.from({ length: senders }, async () => {
    for (let index = next++; index < all.length; index = next++) {
      if (index >= killAt) killing ??= restart();
      if (index % 2 === 0) await onLine(all[index]!, index);
      else talks.push(await askOnWeb(base, all[index]!, index));
    }
  }));
  await killing;
  for (const until = Date.now() + patience; line.accepted.length < events && Date.now() < until;) await wait(100);
  if (killing === undefined) await restart();
  const told = await Promise.all(['/metrics', '/readyz', '/faq/'].map(async (path) => (await fetch(base + path)).text()));
  const report = await promisify(execFile)(process.execPath, ['adapters/desk/main.ts', 'report'], { cwd: root, env: { PATH: process.env.PATH!, ...settings, NODE_OPTIONS: '' } });
  const rows = rowsOf(database);
  const asked = new Set(rows.split(/[\u0001\n]/));
  child.kill('SIGUSR2');
  await once(child, 'exit');

  const search = (place: string, text: string): Searched => ({ place, bytes: Buffer.byteLength(text), found: numbersIn(text, all) });
  const files = await Promise.all((await readdir(folder)).map(async (name) => search(name.replace(/^report\..*\.json$/, 'Node’s report of a fault'), (await readFile(join(folder, name))).toString('utf8'))));
  const log = Buffer.concat(output).toString('utf8');
  const whole = [
    ...files, search('rows of the database', rows), search('log, and output of the fault', log), search('metrics, readiness, pages', told.join('\n')),
    search('transcripts as clients see them', talks.map(({ transcript }) => transcript).join('\n')), search('staff’s report', report.stdout + report.stderr), search('requests to LINE', line.bodies.join('\n')),
    { place: 'pieces that were kept and make a number', bytes: 0, found: [
      ...talks.filter(({ canary, kept }) => puzzled(kept, canary)).map(({ canary }) => canary.number),
      ...all.filter((canary) => canary.messages.length > 1 && puzzled(canary.messages.filter((text) => asked.has(text)), canary)).map(({ number }) => number),
    ] },
  ];
  if (line.accepted.length < events) throw new Error(`LINE got ${line.accepted.length} answers of ${events}.`);
  if (!log.includes('a fault of the canary run') || !files.some(({ place }) => place.startsWith('Node’s'))) throw new Error('The fault left no trace to search.');
  return whole;
}

export async function canary(count: number): Promise<void> {
  const searched = await canaryRun(count);
  for (const { place, bytes, found } of searched) console.log(`${place.padEnd(44)} ${(bytes / 1e6).toFixed(1).padStart(8)} MB ${String(found.length).padStart(6)} found${found.length === 0 ? '' : `: ${found.slice(0, 3).join(', ')}`}`);
  console.log(`\n${count} numbers sent: ${new Set(searched.flatMap(({ found }) => found)).size} found`);
}
