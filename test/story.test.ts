import { execFile } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile, appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { readConfig } from '../adapters/config.ts';
import { playTraffic } from '../adapters/desk/demo/traffic.ts';
import { readQuestions } from '../adapters/desk/questions.ts';
import { start, type Running } from '../adapters/start.ts';
import { sqliteStore } from '../bot/store/sqlite.ts';
import { copyKnowledge, entryText, root, shelfOf, shippedLibrary, today } from './helpers.ts';
import { lineServer, type LineServer } from './line-server.ts';

// Commands are processes of their own, and the machine may be busy.
jest.setTimeout(180_000);

const run = promisify(execFile);
const secret = 'channel secret of this story';
const accessToken = 'channel access token of this story';
const question = '目隠し用のカバーはもらえますか';

let top: string;
let folder: string;
let line: LineServer;
let service: Running;
beforeAll(async () => {
  top = await realpath(await mkdtemp(join(tmpdir(), 'a month ')));
  folder = join(top, 'knowledge');
  await copyKnowledge(folder);
  for (const words of [['init', '--quiet'], ['add', '--all'], ['-c', 'user.name=佐藤 花子', '-c', 'user.email=sato@city.mihon.example.jp', 'commit', '--quiet', '--message', '先月の版']]) await run('git', ['-C', top, ...words]);
  line = await lineServer(accessToken);
  const config = readConfig({
    PORT: '0', KNOWLEDGE_DIR: folder, DATABASE_URL: `file:${top}/live.db`, LOG_LEVEL: 'silent', TODAY: today,
    LINE_CHANNEL_SECRET: secret, LINE_CHANNEL_ACCESS_TOKEN: accessToken, LINE_API_BASE_URL: line.url,
  });
  service = await start(config, shelfOf(config));
}, 120_000);
afterAll(async () => {
  await service.stop();
  await line.close();
  await rm(top, { recursive: true, force: true });
});

/** What a command of the desk prints, and its exit code. */
const desk = (...words: string[]): Promise<{ code: number; out: string }> => new Promise((resolve) => {
  const env = { ...process.env, KNOWLEDGE_DIR: folder, DATABASE_URL: `file:${top}/asked.db`, TODAY: today, NO_COLOR: '1', FORCE_COLOR: undefined };
  execFile(process.execPath, ['--disable-warning=ExperimentalWarning', 'adapters/desk/main.ts', ...words], { cwd: root, env }, (error, out, err) => {
    resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out: out + err });
  });
});

const post = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Record<string, unknown>> => {
  const response = await fetch(`http://127.0.0.1:${service.port}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  return response.headers.get('content-type')?.includes('json') === true ? await response.json() as Record<string, unknown> : {};
};

/** Asks on the website, as the widget does, in a conversation of its own. */
async function askOnline(text: string): Promise<string> {
  const { token } = await post('/v3/directline/tokens/generate', {});
  const { conversationId } = await post('/v3/directline/conversations', {}, { Authorization: `Bearer ${String(token)}` });
  await post(`/v3/directline/conversations/${String(conversationId)}/activities`, { type: 'message', text, locale: 'ja', from: { id: 'u' } }, { Authorization: `Bearer ${String(token)}` });
  const response = await fetch(`http://127.0.0.1:${service.port}/v3/directline/conversations/${String(conversationId)}/activities`, { headers: { Authorization: `Bearer ${String(token)}` } });
  const { activities } = await response.json() as { activities: { text?: string; from?: { id: string } }[] };
  return activities.filter(({ from }) => from?.id !== 'u').map(({ text: said }) => said ?? '').join('\n');
}

/** Asks on LINE, as somebody new. */
async function askOnLine(text: string): Promise<string> {
  const [id, before] = [randomUUID(), line.accepted.length];
  const body = JSON.stringify({ destination: 'Ubot', events: [{
    type: 'message', mode: 'active', timestamp: Date.now(), webhookEventId: id, deliveryContext: { isRedelivery: false }, source: { type: 'user', userId: `U${id.replaceAll('-', '')}` },
    replyToken: line.token(), message: { type: 'text', id: `m${id}`, text, quoteToken: 'q' },
  }] });
  await post('/line/webhook', body, { 'x-line-signature': createHmac('sha256', secret).update(body).digest('base64') });
  while (line.accepted.length === before) await wait(20);
  return JSON.stringify(line.accepted.at(-1)!.messages);
}

/** What a clerk makes of a draft: a title, an answer, more phrases; and it is no draft any more. */
const finished = (draft: string, title: string, answer: string, more: readonly string[]): string => draft
  .replace(/^title: .*$/m, `title: ${title}`).replace(/^draft: true\n/m, '').replace(/^#.*\n/m, '')
  .replace('phrases:\n', `phrases:\n${more.map((phrase) => `  - ${phrase}\n`).join('')}`).replace(/^\{answer\}.*$/m, answer);

test('a month of questions shows what is missing; the draft becomes an entry; the same question is answered on both channels, and nothing else is answered worse', async () => {
  const store = await sqliteStore(join(top, 'asked.db'));
  await playTraffic({ library: await shippedLibrary(), questions: await readQuestions(join(folder, 'questions.jsonl')), store, timeZone: 'Asia/Tokyo', until: today, days: 30, visits: 10 });
  await store.close();
  expect(await askOnline(question)).toContain('見つかりませんでした');

  const reported = await desk('report', '--out', join(top, 'report.html'), '--drafts', join(top, 'drafts'));
  expect(reported).toMatchObject({ code: 0 });
  const drafts = reported.out.split('\n').flatMap((row) => /^作りました: (.*)$/.exec(row)?.[1] ?? []);
  const draft = drafts.find((name) => name.endsWith('/cover-sleeve-sticker.ja.md'))!;
  const matter = draft.split('/').slice(-2).join('/').replace('.ja.md', '');
  expect((await readFile(join(top, 'report.html'), 'utf8')).includes(`<code>faq/${matter}.ja.md</code>`)).toBe(true);
  const inJapanese = await readFile(draft, 'utf8');

  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  };
  await write(`faq/${matter}.en.md`, entryText({ title: 'The sleeve that hides the number', body: 'The desk gives every holder **1** sleeve that hides the number, free of charge.', phrases: [
    'where can I get the plastic sleeve for my card', 'my card sleeve is torn', 'is the card sleeve free', 'do I have to keep the card in its sleeve', 'new protective sleeve for the number card', 'the clear sleeve cracked, can I have another',
    'replacement sleeve', 'sleeve to cover my number', 'lost sleeve', 'card sleeve from city hall', 'plastic sleeve of the card broke', 'hand me a new sleeve'] }));
  await write(`faq/${matter}.ja.md`, finished(inJapanese, 'カードの目隠しケース(カバー)', '番号を隠す**目隠しケース**は、カードの窓口で1人に1枚、無料でお渡ししています。', ['目隠しケースは有料ですか', '目隠しケースがなくてもカードは使えますか', 'カバーが古くなった', 'ケースの色は選べますか', 'ケースだけの申し込み', 'カバーを付けたまま使うの', '古いケースは返しますか', '子どものカードのケース']));
  await appendFile(join(folder, 'questions.jsonl'), `${JSON.stringify({ id: 'q-200', lang: 'ja', text: question, relevant: [matter], hold: true })}\n`);

  const answer = '1人に1枚、無料で';
  while (!(await askOnline(question)).includes(answer)) await wait(500);
  expect(await askOnLine(question)).toContain(answer);
  expect(line.wrong).toEqual([]);

  const [different, checked] = await Promise.all([desk('diff', '--json'), desk('check')]);
  expect(checked).toEqual({ code: 0, out: '問題は見つかりませんでした。\n' });
  const found = JSON.parse(different.out) as { gains: number; losses: number; changes: { id?: string; turn: string; after: { entries: string[] } }[] };
  expect(found).toMatchObject({ losses: 0 });
  expect(found.changes).toContainEqual(expect.objectContaining({ id: 'q-200', turn: 'gain', after: { kind: 'one', entries: [matter] } }));

});
