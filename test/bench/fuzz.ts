import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ConfigError, readConfig } from '../../adapters/config.ts';
import { start } from '../../adapters/start.ts';
import { readEasyWords } from '../../knowledge/easy.ts';
import { readEntry } from '../../knowledge/entry.ts';
import { readMunicipality } from '../../knowledge/municipality.ts';
import { readNotice } from '../../knowledge/notice.ts';
import { readRichMenu } from '../../knowledge/rich-menu.ts';
import { readCommands, readElsewhere, readEmergencies, readOtherLanguages, readPhrases, readSynonyms, readTerms, readTopics } from '../../knowledge/words.ts';
import { knowledgeFolder, root, shelfOf } from '../helpers.ts';
import { lineServer } from '../line-server.ts';
import { accessToken, secret } from './process.ts';

/** How long an answer may take before it counts as none, in ms. */
const patience = 20_000;

/** What was tried, how often, and what was wrong: the input that fast-check found to be the smallest. */
export interface Tried {
  readonly what: string;
  readonly count: number;
  readonly wrong: string | undefined;
}

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 200 }), fc.constantFrom('カードをなくしました', 'いつ届きますか', '消して', 'English', '2', '10月3日', '', '__proto__', '1234 5678 9018', '\u0000', '\ud800', '🐶'.repeat(400), 'あ'.repeat(3000), '../'.repeat(20), '%00', '{city}', '<script>'));
const value = fc.oneof(text, fc.constantFrom('entry:lost/what-to-do-first', 'guide:status', 'guide:status.1/notice=received', 'guide:status.1/applied_on=2026-02-30', 'guide:status.1/applied_on=0000-00-00', 'do:back', 'do:forget', 'vote:lost/what-to-do-first=useful', 'language:en', 'entry:constructor/prototype'), fc.jsonValue());
const json = (known: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<string> => fc.oneof(
  { weight: 4, arbitrary: fc.record(known, { requiredKeys: [] }).map((made) => JSON.stringify(made)) }, fc.json(), fc.string({ unit: 'binary' }), fc.constantFrom('', '[]', 'null', '{"__proto__":{}}', '['.repeat(5000), '"\\ud800"'),
);
const activity = json({ type: fc.oneof(fc.constant('message'), text), text: fc.oneof(text, fc.jsonValue()), value, locale: fc.oneof(fc.constantFrom('ja', 'en', 'ja-easy', 'fr'), text), channelData: fc.oneof(fc.record({ clientActivityID: text }), fc.jsonValue()), from: fc.jsonValue() });
const event = fc.record({
  type: fc.constantFrom('message', 'postback', 'follow', 'unfollow', 'unsend', 'leave', 'join', 'messageEdited', 'videoPlayComplete', 'something new'), mode: fc.constantFrom('active', 'standby'), timestamp: fc.oneof(fc.integer(), fc.double(), fc.jsonValue()),
  webhookEventId: fc.oneof(fc.uuid(), fc.jsonValue()), source: fc.oneof(fc.record({ type: fc.constantFrom('user', 'group', 'room'), userId: fc.constantFrom(`U${'a'.repeat(32)}`, `U${'b'.repeat(32)}`, 7), groupId: text }, { requiredKeys: [] }), fc.jsonValue()), replyToken: fc.oneof(fc.uuid(), fc.jsonValue()),
  message: fc.oneof(fc.record({ type: fc.constantFrom('text', 'image', 'sticker'), id: text, text: fc.oneof(text, fc.jsonValue()), emojis: fc.oneof(fc.array(fc.record({ index: fc.integer(), length: fc.integer() })), fc.jsonValue()), mention: fc.jsonValue() }, { requiredKeys: [] }), fc.jsonValue()),
  postback: fc.oneof(fc.record({ data: fc.oneof(value, text), params: fc.oneof(fc.record({ date: text, status: text }, { requiredKeys: [] }), fc.jsonValue()) }, { requiredKeys: [] }), fc.jsonValue()), unsend: fc.oneof(fc.record({ messageId: text }), fc.jsonValue()),
}, { requiredKeys: [] });
const webhook = json({ destination: text, events: fc.oneof(fc.array(event, { maxLength: 4 }), fc.jsonValue()) });
const part = fc.oneof(text, fc.constantFrom('ja', 'en', 'ja-easy', 'lost', 'what-to-do-first', '..', '2026-11-22.ics', 'CONVERSATION'));
const path = fc.oneof(
  fc.tuple(fc.constantFrom('/', '/faq/', '/faq/ja', '/calendar/ja/', '/v3/directline/conversations/', '/widget/', '/v3/directline/'), fc.array(part, { maxLength: 4 }), fc.dictionary(fc.constantFrom('q', 'lang', 'watermark', 't', '__proto__'), text, { maxKeys: 2 }))
    .map(([begin, parts, query]) => `${begin}${parts.map((one) => encodeURIComponent(one.toWellFormed())).join('/')}?${Object.entries(query).map(([name, one]) => `${name}=${encodeURIComponent(one.toWellFormed())}`).join('&')}`),
  fc.constantFrom('/widget.js', '/widget.css', '/page.css', '/icon.svg', '/widget/readings.json', '/metrics', '/healthz', '/readyz', '/line/webhook', '/v3/directline/tokens/generate', '/v3/directline/tokens/refresh', '/v3/directline/session/getsessionid'),
  fc.webPath().map((one) => `/${one}`), fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 80 }).map((one) => `/${one}`),
);
const method = fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH');
const plainHeader = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 60 });
const headers = fc.record({ authorization: fc.oneof(plainHeader, fc.constant('Bearer TOKEN')), origin: plainHeader, 'accept-language': plainHeader, 'content-type': plainHeader, 'content-encoding': fc.constantFrom('identity', 'gzip'), 'if-none-match': plainHeader, 'x-forwarded-proto': plainHeader, upgrade: plainHeader, 'x-line-signature': plainHeader }, { requiredKeys: [] });

/** A text of ours with pieces of it cut out, doubled, or replaced. */
const spoilt = (files: readonly string[]): fc.Arbitrary<{ file: string; text: string }> => fc.tuple(fc.constantFrom(...files), fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(60), fc.oneof(text, fc.constantFrom('---', '\n', ': ', '- ', '{', '[', '"', '&a *a', '|-', '!!js/function', '\t', '- - - -', '\u2028', '<<: *x'))), { minLength: 1, maxLength: 6 })).map(([file, edits]) => {
  let whole = readFileSync(join(knowledgeFolder, file), 'utf8').slice(0, 6000);
  for (const [where, length, put] of edits) whole = whole.slice(0, where * whole.length) + put + whole.slice(where * whole.length + length);
  return { file, text: whole };
});

async function tryAll<Input>(what: string, count: number, input: fc.Arbitrary<Input>, holds: (input: Input) => boolean | Promise<boolean>): Promise<Tried> {
  const done = await fc.check(fc.asyncProperty(input, async (one) => holds(one)), { numRuns: count, seed: 20_261_122, endOnFailure: false });
  return { what, count: done.numRuns, wrong: done.failed ? `${JSON.stringify(done.counterexample)?.slice(0, 2000)} ${String(done.errorInstance ?? '')}` : undefined };
}

/** Tries random input on every address, LINE's webhook, files and settings; nothing may crash, hang or be answered with 5xx. */
export async function fuzzing(count: number): Promise<readonly Tried[]> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi fuzz '));
  await cp(knowledgeFolder, join(folder, 'knowledge'), { recursive: true, filter: (name) => !name.includes('/faq/') || /faq\/(lost|guide-\w+)(\/|$)/.test(name) });
  const line = await lineServer(accessToken);
  const config = readConfig({ PORT: '0', KNOWLEDGE_DIR: join(folder, 'knowledge'), DATABASE_URL: `file:${folder}/fuzz.db`, LOG_LEVEL: 'silent', LINE_CHANNEL_SECRET: secret, LINE_CHANNEL_ACCESS_TOKEN: accessToken, LINE_API_BASE_URL: line.url, LINE_GROUPS: 'mention' });
  const service = await start(config, shelfOf(config));
  let asked = 0;
  /** The status of an answer; 0 when the connection was closed without one. */
  const ask = (sent: { method: string; path: string; headers: Record<string, string>; body: string | Buffer }): Promise<number> => new Promise((resolve, reject) => {
    asked += 1;
    // A new address each time, as from a proxy: the limits are not what is tried here.
    const sending = request({ host: '127.0.0.1', port: service.port, agent: false, ...sent, headers: { ...sent.headers, 'x-forwarded-for': `10.${asked >> 16}.${(asked >> 8) & 255}.${asked & 255}` }, timeout: patience }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode!)).once('error', () => resolve(0));
    });
    sending.once('timeout', () => reject(new Error(`no answer within ${patience} ms`)));
    sending.once('error', () => resolve(0));
    sending.once('upgrade', (_answer, socket) => { socket.destroy(); resolve(101); });
    sending.end(sent.method === 'GET' || sent.method === 'HEAD' ? undefined : sent.body);
  });
  /** Without kept connections, which the server may close in the moment they are used again. */
  const call = (address: string, token?: string): Promise<Record<string, string>> => new Promise((resolve, reject) => {
    const headers = { 'X-Forwarded-For': `11.0.${asked >> 8}.${asked & 255}`, ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) };
    request({ host: '127.0.0.1', port: service.port, path: `/v3/directline${address}`, method: 'POST', headers, agent: false }, (answer) => {
      void answer.toArray().then((parts) => resolve(JSON.parse(Buffer.concat(parts as Buffer[]).toString()) as Record<string, string>), reject);
    }).once('error', reject).end();
  });
  let [talk, said] = [{ token: '', conversationId: '' }, Infinity];
  const talking = async (): Promise<typeof talk> => {
    // A conversation may send so many messages a minute.
    if (said >= 30) {
      talk = await call('/tokens/generate') as typeof talk;
      await call('/conversations', talk.token);
      said = 0;
    }
    said += 1;
    return talk;
  };
  const isFine = (status: number): boolean => status < 500;
  const { municipality, ...readers } = {
    municipality: (one: string) => readMunicipality(one), 'words/phrases.ja.yaml': (one: string) => readPhrases('words/phrases.ja.yaml', one, []), 'words/commands.yaml': readCommands, 'words/terms.yaml': readTerms, 'words/synonyms.yaml': readSynonyms, 'words/topics.yaml': readTopics,
    'words/elsewhere.yaml': readElsewhere, 'words/emergencies.yaml': readEmergencies, 'words/other-languages.yaml': readOtherLanguages, 'words/rich-menu.yaml': readRichMenu, 'words/easy-words.yaml': readEasyWords,
  };
  const reading: Record<string, (one: string) => { findings: readonly unknown[]; value?: unknown }> = { 'municipality.yaml': municipality, ...readers };
  const names = [...readFileSync(join(root, '.env.example'), 'utf8').matchAll(/^#? ?([A-Z_]{4,})=/gm)].map(([, name]) => name!);
  try {
    return [
      await tryAll('requests of any kind', Math.round(count * 0.3), fc.record({ method, path, headers, body: activity }), async (one) => {
        const { token, conversationId } = await talking();
        const { authorization } = one.headers;
        return isFine(await ask({ ...one, path: one.path.replaceAll('CONVERSATION', conversationId), headers: { ...one.headers as Record<string, string>, ...(authorization === undefined ? {} : { authorization: authorization.replace('TOKEN', token) }) } }));
      }),
      await tryAll('messages of a conversation', Math.round(count * 0.2), activity, async (body) => {
        const { token, conversationId } = await talking();
        return isFine(await ask({ method: 'POST', path: `/v3/directline/conversations/${conversationId}/activities`, headers: { authorization: `Bearer ${token}` }, body }));
      }),
      await tryAll('events of LINE', Math.round(count * 0.2), webhook, async (body) => isFine(await ask({ method: 'POST', path: '/line/webhook', headers: { 'x-line-signature': createHmac('sha256', secret).update(body).digest('base64') }, body }))),
      await tryAll('entry files', Math.round(count * 0.15), spoilt(['faq/lost/what-to-do-first.ja.md', 'faq/lost/what-to-do-first.en.md', 'faq/guide-status/ready.ja.md']), ({ file, text: whole }) => {
        const { entry, findings } = readEntry(file, whole);
        return entry !== undefined || findings.length > 0;
      }),
      await tryAll('other files of staff', Math.round(count * 0.1), spoilt(Object.keys(reading)), ({ file, text: whole }) => {
        readNotice(whole);
        const { value: made, findings } = reading[file]!(whole);
        return made !== undefined || findings.length > 0;
      }),
      await tryAll('settings', Math.round(count * 0.05), fc.dictionary(fc.constantFrom(...names), fc.oneof(text, fc.constantFrom('0', '-1', '1e9', 'http://', 'https://x', 'postgres://', 'file:', '::', '0.0.0.0', ',,,', 'on', 'mention', 'Asia/Tokyo', '2026-02-30'))), (variables) => {
        try {
          return readConfig(variables).port >= 0;
        } catch (error) {
          return error instanceof ConfigError && error.message !== '';
        }
      }),
      { what: 'the service lives', count: 1, wrong: await ask({ method: 'GET', path: '/readyz', headers: {}, body: '' }) === 200 ? undefined : 'it is not ready' },
    ];
  } finally {
    await service.stop();
    await line.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export async function fuzz(count: number): Promise<void> {
  const tried = await fuzzing(count);
  for (const { what, count: times, wrong } of tried) console.log(`${what.padEnd(32)} ${String(times).padStart(7)}   ${wrong ?? 'no crash, no hang, no 5xx'}`);
}
