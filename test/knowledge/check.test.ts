import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readingRules, rules } from '../../knowledge/check/check.ts';
import { checkFiles } from '../../knowledge/check/files-check.ts';
import { readFiles } from '../../knowledge/files.ts';
import { inWords, type FindingsError } from '../../knowledge/finding.ts';
import { entryText, knowledgeFolder, remember, root, shippedLibrary, smallFiles, theDictionary, today } from '../helpers.ts';

const folder = join(root, 'test/fixtures/check');
const fixtures = readdirSync(folder).map((file) => file.replace(/\.txt$/, ''));

/** Files of a fixture, and what its lines are marked with: `⟵rule`, or several with a comma. */
function read(name: string): { files: Record<string, string>; expected: string[] } {
  const files: Record<string, string> = {};
  const expected: string[] = [];
  for (const section of readFileSync(join(folder, `${name}.txt`), 'utf8').split(/^=== /m).slice(1)) {
    const [file, ...lines] = section.split('\n') as [string, ...string[]];
    files[file] = lines.map((line, index) => line.replace(/ ?⟵([a-z-]+(?:,[a-z-]+)*)/, (_, marks: string) => {
      expected.push(...marks.split(',').map((rule) => `${file}:${index + 1} ${rule}`));
      return '';
    })).join('\n');
  }
  return { files, expected: expected.sort() };
}

test.each(fixtures)('%s: exactly the marked lines are found', async (name) => {
  const { files, expected } = read(name);
  const found = checkFiles(smallFiles(files), theDictionary, today, remember).filter(({ file }) => file in files).map(({ file, line, rule }) => `${file}:${line} ${rule}`);
  expect([...new Set(found)].sort()).toEqual(expected);
});

test('a file that cannot be read is told once, and nobody is asked to write it anew', () => {
  const namesWithout = (...unread: string[]): string[] => {
    const files = smallFiles(Object.fromEntries(unread.map((file) => [file, undefined])));
    const findings = unread.map((file) => ({ rule: 'encoding', file, line: 1, level: 'error' as const, what: { ja: '', en: '' }, remedy: { ja: '', en: '' } }));
    try {
      return checkFiles({ ...files, findings }, theDictionary, today).map(({ rule }) => rule);
    } catch (error) {
      return (error as FindingsError).findings.map(({ rule }) => rule);
    }
  };
  expect(namesWithout('faq/apply/photo-rules.ja.md', 'words/topics.yaml').filter((rule) => /^encoding$|missing$/.test(rule) && rule !== 'easy-reading-missing')).toEqual(['encoding', 'encoding']);
  expect(namesWithout('municipality.yaml')).toEqual(['encoding']);
});

test('the very same phrase in two entries is told once', () => {
  const phrases = ['写真のサイズを教えてください', '電話番号を教えて'];
  const found = checkFiles(smallFiles({ 'faq/other/contacts.ja.md': entryText({ title: '問い合わせ先', phrases }) }), theDictionary, today);
  expect(found.filter(({ rule }) => rule.startsWith('phrase-') && rule !== 'phrases-few').map(({ rule }) => rule)).toEqual(['phrase-twice']);
});

test("the assistant's own sentences in easy Japanese are looked at too", () => {
  const file = 'words/phrases.ja-easy.yaml';
  const text = smallFiles().texts.get(file)!;
  const line = text.split('\n').findIndex((one) => one.startsWith('guide_stopped:')) + 1;
  const found = checkFiles(smallFiles({ [file]: text.replace(/^guide_stopped:.*$/m, 'guide_stopped: 終わらせて いただきました。') }), theDictionary, today, remember);
  expect(found).toContainEqual(expect.objectContaining({ rule: 'easy-politeness', file, line }));
});

test('every rule has a fixture, and a paragraph in the handbook with a bad and a good example', () => {
  const names = [...[...readingRules, ...rules].map(({ name }) => name), 'phrase-competes', 'phrase-unanswered'];
  const marked = new Set(fixtures.flatMap((name) => read(name).expected.map((mark) => mark.split(' ')[1]!)));
  // These are about a file as a whole: bytes, a missing file, an end of a guide. They are tested where they are read.
  const elsewhere = ['encoding', 'file-missing', 'guide-end-missing'];
  expect(names.filter((name) => !marked.has(name) && !elsewhere.includes(name))).toEqual([]);
  const handbook = readFileSync(join(knowledgeFolder, 'README.md'), 'utf8');
  expect(names.filter((name) => !handbook.includes(`\`${name}\``))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

describe('the shipped content', () => {
  test('is clean', async () => {
    expect(checkFiles(await readFiles(knowledgeFolder), theDictionary, today).map((finding) => inWords(finding, 'ja'))).toEqual([]);
  });

  test('answers every topic in Japanese and English, and those people need most in easy Japanese', async () => {
    const { entries } = await shippedLibrary();
    const ids = (locale: string): string[] => entries.filter((entry) => entry.locale === locale && !entry.id.startsWith('guide-')).map(({ id }) => id);
    expect(ids('ja')).toHaveLength(95);
    expect(ids('en').sort()).toEqual(ids('ja').sort());
    expect(ids('ja-easy').length).toBeGreaterThanOrEqual(40);
  });

  test('ends with a request to confirm wherever it rests on a fact from a single or no source', async () => {
    const { entries } = await shippedLibrary();
    const unsure = ['F1-08', 'F1-09', 'F2-16', 'F5-04', 'F5-05', 'F5-06', 'F5-07', 'F5-12', 'F5-21', 'F8-06', 'F8-11', 'F8-13', 'F8-15', 'F4-07'];
    expect(entries.filter(({ facts, confirm }) => !confirm && facts.some((fact) => unsure.includes(fact))).map(({ file }) => file)).toEqual([]);
  });
});

