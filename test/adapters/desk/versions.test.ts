import { readdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { entryId } from '../../../adapters/desk/versions.ts';
import { entryText } from '../../helpers.ts';
import { openDesk, type Desk } from '../../desk.ts';

// Each command is a process of its own, and the machine may be busy.
jest.setTimeout(120_000);

const id = 'apply/photo-rules';
const [ja, beside, easy] = [`faq/${id}.ja.md`, `faq/${id}.ja.phrases.txt`, `faq/${id}.ja-easy.md`];
const text = (more: object = {}): string => entryText({ title: '顔写真の規格', phrases: ['写真のサイズを教えてください', '眼鏡をかけた写真でもよいですか'], body: '縦4.5cm、横3.5cmです。', ...more });
const edited = text({ title: '写真の決まり', phrases: ['写真のサイズを教えてください'], body: '縦4.5cm、横3.5cmです。\n\n背景は無地にしてください。' });

let desk: Desk;
const now = (file: string): Promise<string | undefined> => readFile(desk.path(file), 'utf8').catch(() => undefined);

beforeAll(async () => {
  desk = await openDesk({ [ja]: text() });
  await desk.write(ja, edited);
  await desk.write(beside, '写真は白黒でもよいですか\n');
  await desk.write(easy, entryText({ title: '写真', body: '写真は 4.5cmと 3.5cmです。' }));
  await desk.commit('写真の決まりを分かりやすくした', '2026-11-25', '鈴木 一郎');
});
afterAll(() => desk.close());

test('an entry is named by its id or by any of its files', () => {
  for (const name of [id, ja, `knowledge/${beside}`, `/srv/knowledge/${easy}`, `${id}.en`]) expect(entryId(name)).toBe(id);
  for (const name of [undefined, 'photo', 'a/b/c', '--help']) expect(() => entryId(name)).toThrow('moving/other-ward');
});

test('staff read who changed what when, in plain words, and what is not recorded yet', async () => {
  await desk.write(ja, edited.replace('review: 2027-05-22', 'review: 2027-12-01'));
  const { code, out } = await desk.run(['history', id]);
  await desk.write(ja, edited);
  expect(code).toBe(0);
  expect(out.replace(/\([0-9a-f]{8}\)/g, '(…)')).toBe(`まだ記録していない変更
  ${ja}
    見直す日: 2027-05-22 → 2027-12-01

2026-11-25 10:00  鈴木 一郎  (…)
  写真の決まりを分かりやすくした
  ${ja}
    題名: 顔写真の規格 → 写真の決まり
    聞き方: 1個足した、1個消した
    回答: 直した(0行消して1行足した)
  ${easy}: 作った

2026-11-22 10:00  佐藤 花子  (…)
  はじめの版
  ${ja}: 作った
  faq/${id}.en.md: 作った
`);
  expect((await desk.run(['history', id, '--full', '--lang', 'en'])).out).toContain('    + 背景は無地にしてください。');
  expect(await desk.run(['history', 'no/where'])).toMatchObject({ code: 2, err: expect.stringContaining('no/where') });
});

test('one step puts an entry back, all its files, after a look and a check, and can be undone', async () => {
  const declined = await desk.run(['rollback', id], 'n\n');
  expect([declined.code, declined.out]).toEqual([1, expect.stringContaining('title: 写真の決まり → 顔写真の規格')]);
  expect(await now(ja)).toBe(edited);
  const { code, out } = await desk.run(['rollback', id, '--yes']);
  expect([code, await now(ja), await now(beside), await now(easy)]).toEqual([0, text(), undefined, undefined]);
  const [, undo] = /--to (\w+)/.exec(out)!;
  expect(await desk.run(['rollback', id, '--to', undo!, '--yes', '--lang', 'en'])).toMatchObject({ code: 0, out: expect.stringContaining('files were put back') });
  expect([await now(ja), await now(beside), await desk.git('status', '--porcelain', 'knowledge')]).toEqual([edited, '写真は白黒でもよいですか\n', '']);
});

test('what nobody recorded goes first, and is kept to be had back, new files too', async () => {
  const unrecorded = edited.replace('無地', '白');
  await desk.write(ja, unrecorded);
  await desk.write(`faq/${id}.en.phrases.txt`, 'photo size\n');
  await rm(desk.path(easy));
  const { code, out } = await desk.run(['rollback', id], 'はい\n');
  expect([code, await now(ja), await now(`faq/${id}.en.phrases.txt`), await desk.git('status', '--porcelain', 'knowledge')]).toEqual([0, edited, undefined, '']);
  const [, undo] = /--to (\w+)/.exec(out)!;
  await desk.run(['rollback', id, '--to', undo!, '--yes']);
  expect([await now(ja), await now(`faq/${id}.en.phrases.txt`), await now(easy)]).toEqual([unrecorded, 'photo size\n', undefined]);
  await desk.git('clean', '--quiet', '--force', 'knowledge');
  await desk.git('checkout', '--quiet', '.');
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('madoguchi-keep-'))).toEqual([]);
});

test('a version with errors is not put back, and one that does not exist is named', async () => {
  await desk.write(ja, edited.replace('department: card', 'department: nobody'));
  await desk.commit('間違えた', '2026-11-26');
  await desk.write(ja, edited);
  await desk.commit('直した', '2026-11-27');
  const { code, out } = await desk.run(['rollback', id, '--yes']);
  expect([code, out, await now(ja)]).toEqual([1, expect.stringContaining('[department-unknown]'), edited]);
  expect(await desk.run(['rollback', id, '--to', 'nowhere'])).toMatchObject({ code: 2, err: expect.stringContaining('nowhere') });
  expect(await desk.run(['rollback', id, '--to', 'HEAD'])).toMatchObject({ code: 0, out: expect.stringContaining('同じです') });
});
