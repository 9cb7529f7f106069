import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { readEntry } from '../../../knowledge/entry.ts';
import { openDesk, type Desk } from '../../desk.ts';

// Each command is a process of its own, and the machine may be busy.
jest.setTimeout(120_000);

let desk: Desk;
beforeAll(async () => { desk = await openDesk(); });
afterAll(() => desk.close());

const options = ['--id', 'moving/second-home', '--title', '別荘を買ったとき', '--department', 'residents', '--source', 'https://www.kojinbango-card.go.jp/', '--facts', 'F5-01, F5-08',
  '--phrase', '別荘に住所を移しますか: はい', '--phrase', '別荘を買いました', '--answer', '住所を移したら**14日以内**に届け出ます。\n\n1. カードを持って来ます。'];
const read = async (id: string, locale: string) => readEntry(`faq/${id}.${locale}.md`, await readFile(desk.path(`faq/${id}.${locale}.md`), 'utf8'));
const files = (): string[] => readdirSync(desk.path('faq'), { recursive: true, encoding: 'utf8' });

test('a new entry is made from options alone, in all languages, as drafts that can be read', async () => {
  const { code, out } = await desk.run(['new', ...options, '--title-en', 'Buying a second home', '--phrase-en', 'I bought a holiday home', '--answer-en', 'Report it within **14 days**.\n\n1. Bring the card.']);
  expect([code, out]).toEqual([0, expect.stringContaining('作りました: faq/moving/second-home.ja-easy.md')]);
  const common = { department: 'residents', facts: ['F5-01', 'F5-08'], checked: '2026-11-22', review: '2027-05-22', draft: true };
  expect(await read('moving/second-home', 'ja')).toMatchObject({ findings: [], entry: { ...common, title: '別荘を買ったとき', phrases: ['別荘に住所を移しますか: はい', '別荘を買いました'] } });
  expect(await read('moving/second-home', 'en')).toMatchObject({ findings: [], entry: { ...common, title: 'Buying a second home', phrases: ['I bought a holiday home'] } });
  expect(await read('moving/second-home', 'ja-easy')).toMatchObject({ findings: [], entry: { ...common, phrases: [] } });
  // Drafts hold nothing back, and are no answer.
  expect((await desk.run(['check'])).out).toContain('直していただきたいところが0件');
  const asked = JSON.parse((await desk.run(['ask', '別荘を買いました', '--json'])).out) as { candidates: { entry: string }[] };
  expect(asked.candidates.map(({ entry }) => entry)).not.toContain('moving/second-home');
});

test('it is tried before it is published, and only when drafts are asked for', async () => {
  const typed = '別荘を買いました\nなぜ\nquit\n';
  expect((await desk.run(['try', '--drafts'], typed)).out).toMatch(/住所を移したら14日以内に届け出ます。[^]*\(faq\/moving\/second-home\)[^]*結果: 1つの回答を示します/);
  expect((await desk.run(['try'], typed)).out).not.toContain('14日以内に届け出ます');
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('madoguchi-try-'))).toEqual([]);
});

test('what no option says is asked, again until it is right', async () => {
  const typed = ['引越し', 'moving/houseboat', '船に住むとき', '', 'tax', 'card', 'http://x', 'https://www.kojinbango-card.go.jp/', 'F5', 'F5-01', '船に住んでいます', '', '', '港の住所を届けます。', '', '1. 窓口へ来ます。', '', '', ''];
  const { code, out } = await desk.run(['new'], typed.join('\n'));
  expect(out).toContain('半角の英小文字と「-」で書いてください。');
  expect(out).toContain('card, residents, insurance のどれかを書いてください。');
  expect(out).toContain('https:// から書いてください。');
  expect(code).toBe(0);
  expect(await readFile(desk.path('faq/moving/houseboat.ja.md'), 'utf8')).toBe('---\ntitle: 船に住むとき\nphrases:\n  - 船に住んでいます\ndepartment: card\nsource: https://www.kojinbango-card.go.jp/\nfacts: [F5-01]\nchecked: 2026-11-22\nreview: 2027-05-22\ndraft: true\n---\n港の住所を届けます。\n\n1. 窓口へ来ます。\n');
  expect((await read('moving/houseboat', 'en')).entry!.title).toBe('船に住むとき');
});

test('nothing is written when answers end, when the name is taken, or when a number is in it', async () => {
  const before = files();
  expect(await desk.run(['new', '--lang', 'en', '--id', 'moving/raft'], 'A raft\n')).toMatchObject({ code: 2, err: expect.stringContaining('--department') });
  expect(await desk.run(['new', ...options])).toMatchObject({ code: 2, err: expect.stringContaining('もうあります') });
  const raft = options.map((word) => (word === 'moving/second-home' ? 'moving/raft' : word));
  const { code, out } = await desk.run(['new', ...raft, '--phrase', '番号は 1234 5678 9012 です', '--title-en', '', '--phrase-en', '', '--answer-en', '']);
  expect([code, out]).toEqual([1, expect.stringContaining('[personal-number]')]);
  expect(files()).toEqual(before);
  expect(existsSync(desk.path('faq/moving/raft.ja.md'))).toBe(false);
});

test('a conversation says why it answered, taps by number, and knows what was not looked up', async () => {
  const { code, out } = await desk.run(['try', '--lang', 'en'], 'why\nI lost my card\nwhy\n1\nwhy?\n');
  expect(code).toBe(0);
  const [greeting, lost, reason, , last] = out.split('you> ').slice(1);
  expect(greeting).toContain('This was not looked up');
  expect(lost).toContain('(faq/lost/what-to-do-first)');
  expect(reason).toContain('Outcome: one entry is given');
  expect(last).toContain('This was not looked up');
});
