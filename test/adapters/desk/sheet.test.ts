import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { withBody, withField, withPhrases } from '../../../adapters/desk/entry-text.ts';
import { address, clean, type Cell } from '../../../adapters/desk/sheet/cells.ts';
import { understand } from '../../../adapters/desk/sheet/columns.ts';
import { csvOf, guarded, readCsv } from '../../../adapters/desk/sheet/csv.ts';
import { planImport } from '../../../adapters/desk/sheet/plan.ts';
import { readRows } from '../../../adapters/desk/sheet/rows.ts';
import { readXlsx, xlsxOf } from '../../../adapters/desk/sheet/xlsx.ts';
import { writeAll } from '../../../adapters/desk/write-all.ts';
import { openDesk, type Desk } from '../../desk.ts';
import { entryText, knowledgeFolder, root } from '../../helpers.ts';

// Each command is a process of its own, and the machine may be busy.
jest.setTimeout(120_000);

const say = (ja: string): string => ja;

// What Excel spoils when it is let: leading zeros, dates, formulas, numbers, apostrophes, escapes of its own format, spaces, wide signs.
const awkward = ['0012', '2027-03-31', '2027/3/31', '3月31日', '=1+1', '+81', '-', '@here', "'quoted", "''=2", '１２３', '＝１', '1e5', '_x0041_', '_x005F_x0041_', ' a ', '\n\na\n', 'a\tb', '"x",y;z', '', '𠮷', '〜−', 'TRUE', '#REF!', 'valueOf', '__proto__'];
const texts = fc.oneof(fc.constantFrom(...awkward), fc.string({ unit: 'grapheme', maxLength: 30 }), fc.array(fc.constantFrom(...awkward), { maxLength: 4 }).map((parts) => parts.join('\n'))).map(clean);

test('every text survives a workbook and a CSV file', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.array(texts, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 4 }), async (rows) => {
    const full = rows.map((row) => [...row, 'end']);
    const [sheet] = await readXlsx(await xlsxOf([{ name: '回答', rows: [['head'], ...full], widths: [] }]));
    expect(sheet!.rows.slice(1).map((row, at) => full[at]!.map((_, column) => row[column] ?? ''))).toEqual(full);
    expect(readCsv(Buffer.from(csvOf(full.map((row) => row.map(guarded))))).rows).toEqual(full);
  }), { numRuns: 60 });
});

test('a CSV file begins with the mark that lets Excel read it, and has nothing Excel would take for a formula', () => {
  const text = csvOf([['=cmd()', '+1', '-1', '@x', '\t=1', '0012', '3月1日'].map(guarded)]);
  expect(text.startsWith('\uFEFF')).toBe(true);
  expect(text.slice(1).trim().split(',').every((cell) => /^"?'/.test(cell))).toBe(true);
});

test.each<[string, Cell, string]>([
  ['a date of Excel', new Date(Date.UTC(2027, 2, 31)), '2027-03-31'], ['its number', 46_477, '2027-03-31'], ['slashes', '2027/3/31', '2027-03-31'],
  ['Japanese', '２０２７年３月３１日', '2027-03-31'], ['nothing', null, ''],
])('a day may be %s', (_, cell, day) => {
  expect(understand('day', cell)).toEqual({ text: day });
});

test('what is no day, a text that became a date, and a line break in a title are refused', () => {
  for (const [kind, cell] of [['day', '令和9年3月末'], ['day', '2027-02-30'], ['lines', new Date()], ['text', 'a\nb'], ['flag', 'maybe']] as const) expect(understand(kind, cell)).toHaveProperty('wrong');
});

test('cells have the addresses of spreadsheets', () => {
  expect([address(13, 2), address(0, 25), address(0, 26), address(9, 701), address(9, 702)]).toEqual(['C14', 'Z1', 'AA1', 'ZZ10', 'AAA10']);
});

test('columns are found by their headers wherever they stand, in either language, below a heading, on any sheet', () => {
  const { rows, problems, unread } = readRows([
    { name: 'メモ', rows: [['id', 'はメモです']] },
    { name: '表', rows: [['みほん市の回答'], [], ['#担当者', '題名', 'lang', '聞き方 2', 'ID', '聞き方', '回答(本文)'], ['佐藤', 'カード', 'ja', 'c', 'a/b', 'a\n b \n\n', '本文\n'], [null, ' ', null]] },
  ]);
  expect([problems, unread]).toEqual([[], ['メモ']]);
  expect(rows).toEqual([{ id: 'a/b', locale: 'ja', line: 4, cells: new Map([['title', 'カード'], ['phrases', 'a\nb\nc'], ['body', '本文']]) }]);
});

test('a workbook another program saved is understood: dates in Japanese formats, bold words, boxes ticked, empty rows, a heading over merged cells', async () => {
  const { rows, problems, unread } = readRows(await readXlsx(await readFile(join(root, 'test/fixtures/edited-in-a-spreadsheet.xlsx'))));
  expect([problems, unread]).toEqual([[], ['集計']]);
  expect(rows).toEqual([
    { id: 'apply/photo-rules', locale: 'ja', line: 4, cells: new Map([['title', '顔写真の決まり'], ['review', '2027-12-01'], ['until', '2028-03-31'], ['confirm', 'true']]) },
    { id: 'apply/photo-rules', locale: 'en', line: 6, cells: new Map([['title', 'Photo rules'], ['review', '2027-06-01'], ['until', ''], ['confirm', '']]) },
  ]);
});

test('what cannot be understood is refused with the address of its cell', () => {
  const head = ['id', 'lang', 'title', 'checked'];
  const at = (...rows: Cell[][]): string[] => readRows([{ name: '', rows }]).problems.map((problem) => problem.at);
  expect(at(head, ['a/b', 'ja', 'x', '2027-03-31'], ['a/b', 'ja', 'y', ''])).toEqual(['A3']);
  expect(at(head, ['引越し', 'ja', '', ''], ['a/b', 'fr', '', ''], ['a/c', 'ja', new Date(), 'soon'])).toEqual(['A2', 'B3', 'C4', 'D4']);
  expect(at([...head, 'titel'], ['a/b', 'ja', 'x', '', ''])).toEqual(['E1']);
  expect(at([...head, 'title'], ['a/b', 'ja', 'x', '', ''])).toEqual(['E1']);
  expect(at(head, ['a/b', 'ja', 'x', '', null, 'stray'])).toEqual(['F2']);
  expect(at(['title'])).toEqual(['A1']);
  expect(readRows([{ name: 'a', rows: [head] }, { name: 'b', rows: [head] }]).problems[0]!.what(say)).toContain('2枚');
});

test('one field is written anew and every other byte stays', () => {
  const text = '\uFEFF---\r\ntitle: "a: b" # 題\r\nphrases:\r\n  - x\r\n# 日付\r\nchecked: 2026-11-22\r\n---\r\n本文\r\n\r\n';
  expect(withField(text, 'checked', 'checked: 2027-01-01')).toBe(text.replace('2026-11-22', '2027-01-01'));
  expect(withField(text, 'phrases', 'phrases:\n  - y\n  - z')).toBe(text.replace('  - x\r\n', '  - y\r\n  - z\r\n'));
  expect(withField(text, 'phrases', undefined)).toBe(text.replace('phrases:\r\n  - x\r\n', ''));
  expect(withField(text, 'department', 'department: card')).toBe(text.replace('  - x\r\n', '  - x\r\ndepartment: card\r\n'));
  expect(withBody(text, '一\n二')).toBe(text.replace('本文', '一\r\n二'));
  expect(withPhrases('a\r\n b\r\n\r\nc', (phrase) => phrase !== 'b', ['d'])).toBe('a\r\n\r\nc\r\nd\r\n');
  expect(withPhrases('a\n', () => false, [])).toBeUndefined();
  expect(withPhrases(undefined, () => true, ['a'])).toBe('a\n');
});

const one = 'faq/a/b.ja.md';
const plan = (head: Cell[], row: Cell[], more: Record<string, string> = {}, isShiftJis = false) =>
  planImport(readRows([{ name: '', rows: [['id', 'lang', ...head], ['a/b', 'ja', ...row]], isShiftJis }]), new Map([[one, entryText({ phrases: ['一つ', '二つ'], body: '〜の回答−です。\n\n終わり' })], ...Object.entries(more)]));

test('phrases stay where they are; new ones stand with the many, or with the fields where there are few', () => {
  const file = one.replace('.md', '.phrases.txt');
  expect(plan(['phrases'], ['二つ\n三つ\n一つ']).files).toEqual([expect.objectContaining({ file: one, after: expect.stringContaining('phrases:\n  - 一つ\n  - 二つ\n  - 三つ\ndepartment') })]);
  expect(plan(['phrases'], ['一つ\n二つ\n四つ\n五つ'], { [file]: '三つ\n四つ\n' }).files).toEqual([{ file, before: '三つ\n四つ\n', after: '四つ\n五つ\n' }]);
  expect(plan(['phrases'], ['二つ\n一つ\n三つ'], { [file]: '三つ\n' }).files).toEqual([]);
  expect(plan(['phrases'], [Array.from({ length: 60 }, (_, at) => `聞き方${at}`).join('\n')]).files.map((change) => change.file)).toEqual([one, file]);
});

test('signs that only Shift_JIS changed are as they were', () => {
  expect(plan(['body'], ['～の回答－です。\n\n終わり'], {}, true).changes).toEqual([]);
  expect(plan(['body'], ['～の回答－です。\n\n終わります'], {}, true).files[0]!.after).toMatch(/\n〜の回答−です。\n\n終わります\n$/);
  // What Excel writes of signs that Shift_JIS does not have.
  const lost = { [one]: entryText({ phrases: ['Sem cartão, how?', '参照在哪里😊'], body: '回答です。' }) };
  for (const phrases of ['Sem cart?o, how?\n参照在?里??', 'Sem cartao, how?\n参照在?里??']) expect(plan(['phrases'], [phrases], lost, true).changes).toEqual([]);
  expect(plan(['phrases'], ['Sem cart?o, how?\n参照在?里??\n新しい聞き方'], lost, true).changes[0]!.columns).toMatchObject([{ after: 'Sem cartão, how?\n参照在哪里😊\n新しい聞き方' }]);
});

test('a column that is not there changes nothing, and an empty cell removes its field', () => {
  const more = { [one]: entryText({ more: 'until: 2027-03-31\nconfirm: true' }) };
  expect(plan(['title'], ['見本'], more).changes).toEqual([]);
  expect(plan(['until', 'confirm'], ['', ''], more).files[0]!.after).toBe(entryText());
});

let desk: Desk;
let folder: string;
const awkwardEntry = entryText({ title: '"=見本: の #手続き"', phrases: ['"0012"', "'=1+1'", '２０２７／３／３１', '"- 引っ越し: 〜"', '"改行\\n  あり"'], body: '- 一\n- 二\n\n**0120-95-0178** に電話。  \n\n', more: '# 期限つき\nfrom: 2026-11-01\nuntil: 2027-03-31\nrelated: [ lost/what-to-do-first,status/how-long ]\nconfirm: true' });

/** What a folder holds, byte for byte. */
const digest = (path: string): Record<string, string> => Object.fromEntries(readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(path, name)).isFile())
  .map((name) => [name, createHash('sha256').update(readFileSync(join(path, name))).digest('hex')]));

/** The table of signs that Shift_JIS knows. */
function shiftJis(text: string): Buffer {
  const table = new Map<string, readonly number[]>();
  for (let lead = 0x81; lead <= 0xfc; lead += 1) for (let trail = 0x40; trail <= 0xfc; trail += 1) table.set(new TextDecoder('shift_jis').decode(Uint8Array.of(lead, trail)), [lead, trail]);
  return Buffer.from([...text].flatMap((sign) => (sign.charCodeAt(0) < 0x80 ? [sign.charCodeAt(0)] : table.get(sign) ?? table.get(sign === '〜' ? '～' : sign === '−' ? '－' : '?') ?? [0x3f])));
}

beforeAll(async () => {
  desk = await openDesk({ 'faq/sample/awkward.ja.md': `\uFEFF${awkwardEntry.replaceAll('\n', '\r\n')}`, 'faq/sample/awkward.ja.phrases.txt': '00123\r\n\r\n  =SUM(A1)  \r\n' });
  folder = join(await mkdtemp(join(tmpdir(), 'sheet ')), 'knowledge');
  await cp(knowledgeFolder, folder, { recursive: true });
});
afterAll(async () => {
  await desk.close();
  await rm(join(folder, '..'), { recursive: true });
});

test.each(['xlsx', 'csv'])('what is written as %s and read back unchanged changes not one byte', async (ending) => {
  const [before, table] = [digest(desk.folder), desk.path(`../table.${ending}`)];
  expect(await desk.run(['export', table])).toMatchObject({ code: 0, err: '' });
  const { code, out, err } = await desk.run(['import', table, '--yes', '--lang', 'en']);
  expect([code, err, out]).toEqual([0, '', expect.stringContaining('0 change')]);
  expect(digest(desk.folder)).toEqual(before);
});

test('the shipped entries survive too, and of them only what was edited changes', async () => {
  const [before, table, settings] = [digest(folder), join(folder, '../table.xlsx'), { KNOWLEDGE_DIR: folder }];
  expect(await desk.run(['export', table], '', settings)).toMatchObject({ code: 0 });
  expect(await desk.run(['import', table, '--yes'], '', settings)).toMatchObject({ code: 0 });
  expect(digest(folder)).toEqual(before);
  const photo = 'faq/apply/photo-rules.ja.md';
  const sheets = await readXlsx(await readFile(table));
  const [head, ...rows] = sheets[0]!.rows;
  const edited = rows.map((row) => (row[0] === 'apply/photo-rules' && row[1] === 'ja' ? row.map((cell, at) => (head![at] === 'review' ? '2027.12.1' : cell)) : row));
  await writeFile(table, await xlsxOf([{ name: '回答', rows: [head!, ...edited], widths: [] }]));
  expect(await desk.run(['import', table, '--yes'], '', settings)).toMatchObject({ code: 0 });
  const after = digest(folder);
  expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual([photo]);
  expect(await readFile(join(folder, photo), 'utf8')).toContain('review: 2027-12-01\n');
});

const csv = (...rows: string[][]): string => csvOf(rows);

test('an edit is shown field by field and written once it is confirmed', async () => {
  const table = desk.path('../edit.csv');
  await writeFile(table, csv(['id', 'lang', '題名', 'review', 'body'], ['lost/what-to-do-first', 'ja', 'カードをなくした方へ', '2027/6/1', 'すぐに電話 0120-95-0178 で止めてください。\n\n警察にも届けてください。']));
  const before = digest(desk.folder);
  const shown = await desk.run(['import', table], 'n\n');
  expect(shown.out).toContain('変わる回答 faq/lost/what-to-do-first.ja.md(表の2行目)\n  title: カードをなくしたとき → カードをなくした方へ\n  review: 2027-05-22 → 2027-06-01\n  body:\n    + 警察にも届けてください。');
  expect([shown.code, digest(desk.folder)]).toEqual([1, before]);
  expect((await desk.run(['import', table])).code).toBe(1);
  expect(digest(desk.folder)).toEqual(before);
  expect((await desk.run(['import', table], 'y\n')).code).toBe(0);
  const text = await readFile(desk.path('faq/lost/what-to-do-first.ja.md'), 'utf8');
  expect(text).toContain('title: カードをなくした方へ\n');
  expect(text.endsWith('止めてください。\n\n警察にも届けてください。\n')).toBe(true);
  await desk.git('checkout', '--quiet', '.');
});

test('a table in Shift_JIS is read', async () => {
  const table = desk.path('../sjis.csv');
  await writeFile(table, shiftJis(csv(['回答の名前', '言語', '題名'], ['apply/photo-rules', 'ja', '顔写真の規格〜紙']).slice(1)));
  expect(await desk.run(['import', table, '--yes'])).toMatchObject({ code: 0 });
  expect(await readFile(desk.path('faq/apply/photo-rules.ja.md'), 'utf8')).toContain('title: 顔写真の規格～紙\n');
  await desk.git('checkout', '--quiet', '.');
});

test('a new row makes a new entry', async () => {
  const table = desk.path('../new.csv');
  await writeFile(table, csv(['id', 'lang', 'title', 'phrases', 'department', 'source', 'facts', 'checked', 'review', 'draft', 'body'],
    ['sample/new', 'ja', '新しい手続き', '新しい: 手続き\n手続きの新設', 'card', 'https://www.kojinbango-card.go.jp/', 'F1-01、F1-02', '2026-11-22', '2027-05-22', 'はい', '**10分**です。']));
  expect(await desk.run(['import', table, '--yes'])).toMatchObject({ code: 0, out: expect.stringContaining('新しい回答 faq/sample/new.ja.md') });
  expect(await readFile(desk.path('faq/sample/new.ja.md'), 'utf8')).toBe('---\ntitle: 新しい手続き\nphrases:\n  - "新しい: 手続き"\n  - 手続きの新設\ndepartment: card\nsource: https://www.kojinbango-card.go.jp/\nfacts: [F1-01, F1-02]\nchecked: 2026-11-22\nreview: 2027-05-22\ndraft: true\n---\n**10分**です。\n');
  await rm(desk.path('faq/sample/new.ja.md'));
});

test('with one error nothing at all is written', async () => {
  const table = desk.path('../wrong.csv');
  await writeFile(table, csv(['id', 'lang', 'title', 'department'], ['lost/what-to-do-first', 'ja', '新しい題名', 'card'], ['apply/photo-rules', 'ja', '顔写真の規格', 'nobody']));
  const before = digest(desk.folder);
  const { code, out } = await desk.run(['import', table, '--yes']);
  expect(out).toMatch(/faq\/apply\/photo-rules\.ja\.md 6行目\n.*「nobody」[^]*\(表の3行目\)[^]*何も書いていません。/);
  expect([code, digest(desk.folder)]).toEqual([1, before]);
});

test('a file that is no spreadsheet is refused in words', async () => {
  await desk.write('../no.xlsx', 'not a workbook');
  await desk.write('../no.csv', '"a\nb');
  await desk.write('../odd.csv', Uint8Array.of(0x81, 0x00, 0xff));
  for (const [name, words] of [['no.xlsx', 'Excelのファイル'], ['no.csv', '「"」が閉じているか'], ['odd.csv', '文字コード'], ['gone.csv', '読めません'], ['no.txt', '']] as const) {
    expect(await desk.run(['import', desk.path(`../${name}`)])).toMatchObject({ code: 2, err: expect.stringContaining(words) });
  }
});

test('files are written all or not at all, and never over what somebody changed meanwhile', async () => {
  const before = digest(desk.folder);
  mkdirSync(desk.path('faq/sample/blocked.ja.md'));
  const [first, blocked] = ['faq/apply/photo-rules.ja.md', 'faq/sample/blocked.ja.md'];
  const text = await readFile(desk.path(first), 'utf8');
  const fresh = 'faq/sample/fresh.ja.md';
  await expect(writeAll(desk.folder, [{ file: first, before: text, after: 'x' }, { file: fresh, before: undefined, after: 'x' }, { file: blocked, before: undefined, after: 'x' }])).rejects.toThrow();
  await rm(desk.path(blocked), { recursive: true });
  await expect(writeAll(desk.folder, [{ file: first, before: 'older', after: 'x' }])).rejects.toThrow('その間に変わりました');
  expect(digest(desk.folder)).toEqual(before);
  // As a power cut leaves it: one file written, one new, one half-way.
  await desk.write('.before.half', JSON.stringify([{ file: first, before: text }, { file: fresh }, { file: blocked }]));
  for (const name of [first, fresh, 'faq/sample/.blocked.ja.md.half']) await desk.write(name, 'x');
  await writeAll(desk.folder, []);
  expect(digest(desk.folder)).toEqual(before);
});

test('who may write a file stays', async () => {
  const file = 'faq/apply/photo-rules.ja.md';
  const text = await readFile(desk.path(file), 'utf8');
  await chmod(desk.path(file), 0o664);
  await writeAll(desk.folder, [{ file, before: text, after: `${text}\n` }]);
  expect((await stat(desk.path(file))).mode & 0o777).toBe(0o664);
  await desk.git('checkout', '--quiet', '.');
});

test('a table that is there is not written over unasked', async () => {
  const table = desk.path('../mine.csv');
  await desk.write('../mine.csv', 'mine');
  expect(await desk.run(['export', table], '\n')).toMatchObject({ code: 1, out: expect.stringContaining('何も書いていません') });
  expect(await readFile(table, 'utf8')).toBe('mine');
  expect(await desk.run(['export', table, '--yes'])).toMatchObject({ code: 0 });
});
