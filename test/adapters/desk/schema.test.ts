import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import { closingWords } from '../../../adapters/desk/check.ts';
import { editorFiles } from '../../../adapters/desk/schema.ts';
import { frontMatter, readEntry } from '../../../knowledge/entry.ts';
import { readFiles } from '../../../knowledge/files.ts';
import { inWords, type Finding } from '../../../knowledge/finding.ts';
import { readAll } from '../../../knowledge/prepare.ts';
import { knowledgeFolder, smallFiles } from '../../helpers.ts';
import { openDesk, type Desk } from '../../desk.ts';

// Each command is a process of its own, and the machine may be busy.
jest.setTimeout(120_000);

const json = (name: string): Record<string, never> => JSON.parse(readFileSync(join(knowledgeFolder, '.vscode', name), 'utf8')) as Record<string, never>;

test('what the editor reads is what the command writes', async () => {
  for (const [file, text] of editorFiles(readAll(await readFiles(knowledgeFolder)).prepared)) expect([file, readFileSync(join(knowledgeFolder, file), 'utf8')]).toEqual([file, text]);
});

test('the schema accepts every shipped entry and the municipality, and refuses what the check refuses', () => {
  const schema = z.fromJSONSchema(json('entry.schema.json'));
  const names = Object.keys(frontMatter.shape);
  const files = readdirSync(join(knowledgeFolder, 'faq'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  const entries = files.map((name) => readEntry(`faq/${name.replaceAll('\\', '/')}`, readFileSync(join(knowledgeFolder, 'faq', name), 'utf8')).entry!);
  const fields = entries.map((entry) => Object.fromEntries(Object.entries(entry).filter(([name, value]) => names.includes(name) && value !== undefined)));
  expect(fields.filter((one) => !schema.safeParse(one).success)).toEqual([]);
  for (const wrong of [{ department: 'nobody' }, { titel: 'x' }, { review: '令和9年' }, { source: 'http://x' }, { facts: [] }, { guide: 'x' }]) expect([wrong, schema.safeParse({ ...fields[0], ...wrong }).success]).toEqual([wrong, false]);
});

test('every field is explained in both languages, in the schema and as a snippet', () => {
  const { properties } = json('entry.schema.json') as unknown as { properties: Record<string, { description: string }> };
  const snippets = Object.values(json('madoguchi.code-snippets') as unknown as Record<string, { prefix: string | string[]; description: string }>);
  for (const name of Object.keys(frontMatter.shape)) {
    expect(properties[name]!.description).toMatch(/\p{Script=Hiragana}[^]*\n[A-Z]/u);
    expect(snippets.find(({ prefix }) => prefix === name)!.description).toBe(properties[name]!.description);
  }
});

test('the editor finds file, line and message in what the check prints', () => {
  const { tasks: [task] } = json('tasks.json') as unknown as { tasks: [{ problemMatcher: { pattern: { regexp: string; file?: number; line?: number; message?: number }[]; background: { beginsPattern: string; endsPattern: string } } }] };
  const finding: Finding = { rule: 'x', file: 'faq/moving/other-ward.ja.md', line: 4, level: 'error', what: { ja: '間違いです。', en: '' }, remedy: { ja: '直してください。', en: '' } };
  const [first, second] = inWords(finding, 'ja').split('\n') as [string, string];
  const [where, what] = task.problemMatcher.pattern as [{ regexp: string }, { regexp: string }];
  expect(new RegExp(where.regexp).exec(first)!.slice(1)).toEqual(['faq/moving/other-ward.ja.md', '4']);
  expect(new RegExp(what.regexp).exec(second)![1]).toBe('間違いです。');
  const over = new RegExp(task.problemMatcher.background.endsPattern);
  expect([closingWords([], 'ja'), closingWords([finding], 'ja')].every((words) => over.test(words))).toBe(true);
});

let desk: Desk;
beforeAll(async () => { desk = await openDesk({ 'municipality.yaml': smallFiles().texts.get('municipality.yaml')!.replace(/^departments:\n/m, "departments:\n  tax:\n    name: { ja: 税務課, en: Tax }\n    tel: 000-000-0000\n    hours: { ja: 平日, en: weekdays }\n") }); });
afterAll(() => desk.close());

test('a new department is proposed once the command has run, and settings of people stay as they are', async () => {
  const own = '{ "editor.fontSize": 20 }\n';
  await desk.write('.vscode/settings.json', own);
  const { code, out } = await desk.run(['schema', '--lang', 'en']);
  expect([code, out]).toEqual([1, expect.stringContaining('.vscode/settings.json has settings of your own')]);
  expect(await readFile(desk.path('.vscode/settings.json'), 'utf8')).toBe(own);
  expect(await readFile(desk.path('.vscode/entry.schema.json'), 'utf8')).toContain('"tax"');
  expect(await readFile(desk.path('.vscode/madoguchi.code-snippets'), 'utf8')).toContain('|tax,card,residents,insurance|');
  expect((await desk.run(['check'])).out).toContain('直していただきたいところが0件');
});
