import { describe, expect, test } from '@jest/globals';
import { isServed, readEntry } from '../../knowledge/entry.ts';
import { inWords } from '../../knowledge/finding.ts';
import { fillBlocks, markdownText, parseMarkdown, plainLines, slotsIn } from '../../knowledge/markdown.ts';
import { readMunicipality, guideContext } from '../../knowledge/municipality.ts';
import { readPhrases } from '../../knowledge/words.ts';
import { entryText, smallFiles } from '../helpers.ts';

const file = 'faq/apply/by-post.ja.md';
const finding = (text: string) => readEntry(file, text).findings.map(({ rule, line }) => `${rule}:${line}`);

describe('readEntry', () => {
  test('reads an entry; the path is its id', () => {
    const { entry, findings } = readEntry(file, entryText({ body: '**約1か月**です。\n\n1. 待つ\n2. 受け取る', more: 'related: [apply/photo-rules]' }));
    expect(findings).toEqual([]);
    expect(entry).toMatchObject({ id: 'apply/by-post', locale: 'ja', title: '見本', phrases: ['見本の質問'], facts: ['F1-01'], related: ['apply/photo-rules'], confirm: false, draft: false });
    expect(markdownText(entry!.body)).toBe('**約1か月**です。\n\n1. 待つ\n2. 受け取る');
  });

  test.each([
    ['a missing field is named at the front matter', entryText().replace(/^title: .*\n/m, ''), ['field-missing:2']],
    ['an unreadable date is named on its line', entryText().replace('2027-05-22', '令和9年5月'), ['field-wrong:9']],
    ['a day that does not exist is refused', entryText().replace('2027-05-22', '2027-02-30'), ['field-wrong:9']],
    ['a title on two lines is refused', entryText({ title: '"一行目\\n二行目"' }), ['field-wrong:2']],
    ['an unknown field is named on its line', entryText({ more: 'titel: x' }), ['field-unknown:10']],
    ['a field written twice is named', entryText({ more: 'title: 二つ目' }), ['field-twice:10']],
    ['a link that is not https is refused', entryText().replace('https://', 'http://'), ['field-wrong:6']],
    ['broken indentation is named on its line', entryText().replace('  - 見本', ' 見本: [\n  - 見本'), ['yaml-broken:5']],
    ['no front matter', '見本の回答です。\n', ['front-matter-missing:1']],
    ['no answer', entryText({ body: '' }), ['answer-missing:11']],
    ['a heading is beyond the small Markdown', entryText({ body: 'はい。\n\n# 見出し' }), ['markdown-too-rich:13']],
    ['HTML stays text and is named', entryText({ body: 'はい。<script>alert(1)</script>' }), []],
    ['a table is beyond the small Markdown', entryText({ body: 'はい。\n\n| a | b |\n|---|---|\n| 1 | 2 |' }), ['markdown-too-rich:13']],
    ['a list in a list is beyond the small Markdown', entryText({ body: '- 一\n  - 二' }), ['markdown-too-rich:12']],
    ['an image is beyond the small Markdown', entryText({ body: '![絵](https://example.jp/a.png)' }), ['markdown-too-rich:11']],
  ])('%s', (_name, text, expected) => {
    expect(finding(text).filter((one, index, all) => all.indexOf(one) === index)).toEqual(expected);
  });

  test('a file name outside the rule is refused with the rule', () => {
    expect(readEntry('faq/Apply/by post.ja.md', entryText()).findings[0]).toMatchObject({ rule: 'file-name' });
    expect(readEntry('faq/apply/by-post.fr.md', entryText()).findings[0]).toMatchObject({ rule: 'file-name' });
  });

  test('a byte order mark and Windows line ends change nothing', () => {
    expect(readEntry(file, `\uFEFF${entryText().replaceAll('\n', '\r\n')}`).findings).toEqual([]);
  });

  test('a misspelt or full-width field is recognised', () => {
    expect(inWords(readEntry(file, entryText({ more: 'ｒｅｌａｔｅｄ: []' })).findings[0]!, 'ja')).toContain('「related」と書きたかったのではありませんか');
  });

  test('a finding says file, line, what and what to do, in Japanese and English', () => {
    const [found] = readEntry(file, entryText().replace('2027-05-22', '令和9年5月')).findings;
    expect(inWords(found!, 'ja')).toBe('faq/apply/by-post.ja.md 9行目\n  「review」の書き方が正しくありません: 「令和9年5月」。\n  → 次に見直す日です。 2027-03-31 のように、年-月-日を半角の数字で書いてください。  [field-wrong]');
    expect(inWords(found!, 'en')).toContain('line 9');
  });

  test('an entry is served from its first to its last day, and never as a draft', () => {
    const { entry } = readEntry(file, entryText({ more: 'from: 2026-12-01\nuntil: 2026-12-31' }));
    expect(['2026-11-30', '2026-12-01', '2026-12-31', '2027-01-01'].map((day) => isServed(entry!, day))).toEqual([false, true, true, false]);
    expect(isServed({ ...entry!, draft: true }, '2026-12-10')).toBe(false);
  });
});

describe('the small Markdown', () => {
  test('a paragraph or list item whose slot has no value is left out whole', () => {
    const { blocks } = parseMarkdown('14日以内に出してください。\n\n期限は**{file_by}**です。\n\n- {file_by}まで\n- 窓口へ');
    expect(markdownText(fillBlocks(blocks, {}))).toBe('14日以内に出してください。\n\n- 窓口へ');
    expect(markdownText(fillBlocks(blocks, { file_by: '11月29日' }))).toBe('14日以内に出してください。\n\n期限は**11月29日**です。\n\n- 11月29日まで\n- 窓口へ');
  });

  test('a slot may stand in a link', () => {
    const { blocks } = parseMarkdown('[予約]({booking_url})');
    expect(markdownText(fillBlocks(blocks, { booking_url: 'https://example.jp/a' }))).toBe('[予約](https://example.jp/a)');
    expect(slotsIn('{a} と {b_c}')).toEqual(['a', 'b_c']);
  });

  test('a script link stays text', () => {
    expect(plainLines(parseMarkdown('[押す](javascript:alert(1))').blocks)).toEqual(['[押す](javascript:alert(1))']);
  });
});

describe('words and municipality', () => {
  test('a sentence that is missing or names an unknown slot is a finding on its line', () => {
    const text = smallFiles().texts.get('words/phrases.ja.yaml')!;
    expect(readPhrases('words/phrases.ja.yaml', text, ['city']).findings).toEqual([]);
    expect(readPhrases('words/phrases.ja.yaml', text.replace(/^none: .*$/m, ''), ['city']).findings.map(({ rule }) => rule)).toEqual(['field-missing']);
    const [unknown] = readPhrases('words/phrases.ja.yaml', text.replace(/^none: .*$/m, 'none: 電話 {telephone} へ'), ['city']).findings;
    expect(unknown).toMatchObject({ rule: 'slot-unknown' });
    expect(text.split('\n')[unknown!.line - 1]).toMatch(/^none:/);
  });

  test('a municipality may set its own times', () => {
    const text = smallFiles().texts.get('municipality.yaml')!;
    expect(guideContext(readMunicipality(text.replace('noticeLateMonths: 2', 'noticeLateMonths: 3')).value!, '2026-11-22').times).toMatchObject({ noticeLateMonths: 3, productionDays: 21 });
    expect(readMunicipality(text.replace(/tel: .*/, 'tel: 電話')).findings.map(({ rule, line }) => `${rule}:${text.split('\n')[line - 1]?.trim().slice(0, 4)}`)).toEqual(['field-wrong:tel:']);
  });
});
