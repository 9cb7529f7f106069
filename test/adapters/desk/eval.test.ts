import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { gradedFigures, type Result } from '../../../knowledge/search/evaluate.ts';
import { root } from '../../helpers.ts';

let folder: string;
const jsonLines = (rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join('\n') + '\n';
const desk = (...words: string[]) => promisify(execFile)(process.execPath, ['adapters/desk/main.ts', ...words], { cwd: root });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eval '));
  await writeFile(join(folder, 'docs.jsonl'), jsonLines([
    { id: 'd1', lang: 'ja', title: '粗大ごみの出し方', body: '電話で申し込み、処理券を貼って玄関先に出します。' },
    { id: 'd2', lang: 'ja', title: '保育所の入所申込み', body: '就労証明書を添えて、こども課へ申し込みます。' },
    { id: 'd3', lang: 'ja', title: '燃えるごみの収集日', body: '週2回、地区ごとに集めます。' },
    { id: 'd4', lang: 'en', title: 'Borrowing books', body: 'Show your library ticket at the desk.' },
  ]));
  await writeFile(join(folder, 'questions.jsonl'), jsonLines([
    { id: 'q1', lang: 'ja', text: 'ソファーを捨てたい。粗大ごみはどう出すの', relevant: { d1: 2, d3: 1 } },
    { id: 'q2', lang: 'ja', text: '保育所に入れたい', relevant: { d2: 1 } },
    { id: 'q3', lang: 'en', text: 'how do I borrow books', relevant: ['d4'] },
  ]));
});
afterAll(() => rm(folder, { recursive: true }));

test('an outside collection replaces the library, and graded figures are printed', async () => {
  const { stdout } = await desk('eval', join(folder, 'questions.jsonl'), '--docs', join(folder, 'docs.jsonl'), '--json', '--out', join(folder, 'out.jsonl'));
  expect(JSON.parse(stdout)).toMatchObject({ questions: 3, right_first: 1, success_at_1: 1, success_at_3: 1, success_at_5: 1, mrr_at_10: 1 });
  const [first] = (await readFile(join(folder, 'out.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as { id: string; entries: string[] });
  expect(first).toMatchObject({ id: 'q1', entries: expect.arrayContaining(['d1']) });
});

test('a line that is no document is named with file and line', async () => {
  await writeFile(join(folder, 'broken.jsonl'), '{"id":"d1","lang":"ja","title":"題"}\n');
  await expect(desk('eval', join(folder, 'questions.jsonl'), '--docs', join(folder, 'broken.jsonl'))).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('broken.jsonl 1行目') });
});

test('the rules of the guides are printed in Japanese and in English, row by row', async () => {
  const [ja, en, json] = await Promise.all([desk('rules', 'status'), desk('rules', 'status', '--lang', 'en'), desk('rules', 'status', '--json', '--lang', 'en')]);
  expect(ja.stdout).toMatch(/■ カードが今どこまで進んでいるか調べる\(status\)[^]*もし: 通知書が届いた\n {4}答え: 「[^]*― 答えに加える行 ―/);
  expect(en.stdout).toMatch(/■ Find out where my card is \(status\)[^]*if: The notice has come\n {4}answer: “[^]*― Lines added to the answer ―/);
  expect(en.stdout).not.toMatch(/もし|答え|there is no such entry/);
  expect((JSON.parse(json.stdout) as object[])[0]).toMatchObject({ guide: 'status', rules: expect.arrayContaining([expect.objectContaining({ given: 'The notice has come' })]) });
});

test('graded figures reward the better document higher up', () => {
  const judged = { id: 'q', relevant: ['a', 'b'], also: [], grades: { a: 2, b: 1 } };
  const result = (ranking: readonly string[]): Result => ({ judged, outcome: 'answered', entries: ranking.slice(0, 3), confidence: 1, ms: 1, ranking });
  expect(gradedFigures([result(['a', 'b'])])).toMatchObject({ ndcg_at_10: 1, mrr_at_10: 1, success_at_1: 1 });
  // (2¹−1)/log2(2) + (2²−1)/log2(3) over (2²−1)/log2(2) + (2¹−1)/log2(3)
  expect(gradedFigures([result(['b', 'a'])]).ndcg_at_10).toBeCloseTo((1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)), 10);
  expect(gradedFigures([result(['x', 'a'])])).toMatchObject({ mrr_at_10: 0.5, success_at_1: 0, success_at_3: 1 });
  expect(gradedFigures([result(['x'])])).toMatchObject({ ndcg_at_10: 0, mrr_at_10: 0, success_at_5: 0 });
});
