import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { writtenIn } from '../../bot/language.ts';
import { readFiles } from '../../knowledge/files.ts';
import { prepare, type Prepared } from '../../knowledge/prepare.ts';
import { knowledgeFolder, root } from '../helpers.ts';

let prepared: Prepared;
beforeAll(async () => {
  prepared = prepare(await readFiles(knowledgeFolder));
});
/** What a text is taken for; Japanese where it says nothing, as at the beginning of a conversation. */
const taken = (text: string): string => {
  const written = writtenIn(text, prepared.otherLanguages);
  return written === undefined ? 'ja' : 'language' in written ? written.language : written.other;
};

test('of 240 labelled messages in eleven languages at least 99 in 100 are taken for what they are', () => {
  const labelled = readFileSync(join(root, 'test/fixtures/languages.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { text: string; is: string });
  const mistaken = labelled.filter(({ text, is }) => taken(text) !== is).map(({ text, is }) => `${is}: ${text} → ${taken(text)}`);
  expect(labelled.length).toBeGreaterThanOrEqual(200);
  expect(mistaken.length > labelled.length * 0.01 ? mistaken : []).toEqual([]);
});

test('no phrase of an entry is taken for a language we do not speak', () => {
  const ours = prepared.entries.flatMap(({ phrases }) => phrases);
  expect(ours.filter((phrase) => !['ja', 'en'].includes(taken(phrase)))).toEqual([]);
});

test.each([['', 'ja'], ['123', 'ja'], ['！？', 'ja'], ['\ud800', 'ja'], ['ＰＩＮ', 'en'], ['ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ', 'ja'], ['申請方法', 'ja'], ['领取方法', 'zh']])('%j is taken for %s', (text, language) => {
  expect(taken(text)).toBe(language);
});
