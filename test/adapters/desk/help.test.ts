import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import { commands, helpOf, overview } from '../../../adapters/desk/commands.ts';
import { LogError, readWords, UsageError } from '../../../adapters/desk/command.ts';
import { faultWords } from '../../../adapters/desk/faults.ts';
import { cut, findingLines, hang, pad, table, wrap } from '../../../adapters/desk/layout.ts';
import { ConfigError } from '../../../adapters/config.ts';
import { FindingsError, type Finding } from '../../../knowledge/finding.ts';
import { knowledgeFolder, root } from '../../helpers.ts';

const widthOf = (text: string): number => Math.max(...text.split('\n').map((line) => stringWidth(line)));

test('every command explains itself in both languages, with what it exits with, in 80 columns', async () => {
  for (const [name, load] of Object.entries(commands)) {
    const command = await load();
    expect([name, command.examples.length > 0]).toEqual([name, true]);
    const help = helpOf(name, command);
    expect([name, widthOf(help) <= 80]).toEqual([name, true]);
    expect(help).toMatch(/終了コード: 0 [^]*Exit code: 0 /);
    expect(help).toContain(`npm run knowledge -- ${name}`);
  }
  const all = await overview();
  expect(widthOf(all)).toBeLessThanOrEqual(80);
  for (const name of Object.keys(commands)) expect(all).toContain(`  ${name} `);
});

test('README or handbook name every command, and the handbook its exit codes', () => {
  const [readme, handbook] = [join(root, 'README.md'), join(knowledgeFolder, 'README.md')].map((file) => readFileSync(file, 'utf8')) as [string, string];
  const staffs = Object.keys(commands).filter((name) => name !== 'calibrate');
  expect(staffs.filter((name) => !`${readme}${handbook}`.includes(`npm run knowledge -- ${name}`))).toEqual([]);
  expect(staffs.filter((name) => !handbook.includes(`| \`${name}\` |`))).toEqual([]);
});

test('Japanese counts double, so that columns stand under each other', () => {
  const lines = table([{ head: '' }, { head: '件数', side: 'right' }, { head: '回答' }], [['1番目が正しい', '12', 'a'], ['nDCG', '3', 'カードの住所変更(14日以内)とその後の手続き']], 40);
  expect(lines).toEqual(['               件数  回答', '1番目が正しい    12  a', 'nDCG              3  カードの住所変更(…']);
  expect(pad('件', 4, 'left')).toBe('  件');
  expect(cut('👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 5)).toMatch(/^👨‍👩‍👧…$/u);
});

test('lines break between words and between Japanese characters, never before a full stop or after an opening bracket', () => {
  expect(wrap('カードを持って窓口へ。', 20)).toEqual(['カードを持って窓口', 'へ。']);
  expect(wrap('下書き(draft: true)です', 8)).toEqual(['下書き', '(draft:', 'true)で', 'す']);
  expect(wrap('--answer … --more', 9)).toEqual(['--answer', '… --more']);
  expect(wrap('one two three\n\nfour', 8)).toEqual(['one two', 'three', '', 'four']);
  expect(wrap('faq/moving/other-ward.ja.md を直す', 20)).toEqual(['faq/moving/other-ward.ja.md', 'を直す']);
  expect(hang('  → ', 'あいうえおかきくけこ', 16)).toBe('  → あいうえおか\n    きくけこ');
});

const finding: Finding = {
  rule: 'field-missing', file: 'municipality.yaml', line: 3, level: 'error', what: { ja: '「name」が書かれていません。'.repeat(4), en: '“name” is missing. '.repeat(6) }, remedy: { ja: '名前を書いてください。', en: 'Write the name.' },
};

test('a finding is file and line, what is wrong and what to do, in lines that fit', () => {
  const lines = findingLines(finding, 'ja').split('\n');
  expect(lines[0]).toBe('municipality.yaml 3行目');
  expect(lines.at(-1)).toBe('  → 名前を書いてください。  [field-missing]');
  expect(widthOf(findingLines(finding, 'en'))).toBeLessThanOrEqual(80);
  expect(widthOf(findingLines(finding, 'ja', 50))).toBeLessThanOrEqual(50);
});

test('whatever goes wrong is told in plain sentences, in the language asked for, with the place and what to do', () => {
  const ofSystem = (code: string, more: object = {}): Error => Object.assign(new Error(`${code}: something only programmers read`), { code, ...more });
  const faults: readonly (readonly [unknown, string, string])[] = [
    [new FindingsError([finding]), 'municipality.yaml 3行目', 'municipality.yaml, line 3'],
    [ofSystem('ENOENT', { path: '回答.xlsx' }), '回答.xlsx が見つかりません。', '回答.xlsx cannot be found.'],
    [ofSystem('EBUSY', { path: '.回答.xlsx.half', dest: '回答.xlsx' }), '回答.xlsx を開けません。Excelなどで開いていれば閉じ', '回答.xlsx cannot be opened. Close it'],
    [ofSystem('EACCES', { path: '/srv/.回答.xlsx.half' }), '/srv/回答.xlsx を開けません。', '/srv/回答.xlsx cannot be opened.'],
    [ofSystem('ENOSPC', { path: 'faq/a/b.ja.md', isPutBack: true }), 'もう一度実行してください。何も書いていません。', 'try again. Nothing was written.'],
    [new ConfigError('PORT must be a whole number'), '設定(.env)に直すところがある', 'The settings (.env) have to be corrected'],
    [ofSystem('ERR_SQLITE_ERROR'), '質問の記録(データベース)を開けません。', 'The log of questions (database) cannot be opened.'],
    [new LogError('ECONNREFUSED'), '質問の記録(データベース)を開けません。', 'The log of questions (database) cannot be opened.'],
  ];
  for (const [fault, ja, en] of faults) {
    const [said, inEnglish] = [faultWords(fault, 'npm run knowledge -- ask', 'ja'), faultWords(fault, 'npm run knowledge -- ask', 'en')];
    expect(said.replaceAll('\n', '')).toContain(ja);
    expect(inEnglish.replaceAll('\n', ' ')).toContain(en);
    expect(said).toMatch(/ください。|いません。/);
    expect(Math.max(widthOf(said), widthOf(inEnglish))).toBeLessThanOrEqual(80);
  }
});

test('a word that is no option, or stands where none belongs, is named with what there is instead', () => {
  const options = { lang: { type: 'string' }, json: { type: 'boolean' } } as const;
  const said = (...words: string[]): string => {
    try {
      return JSON.stringify(readWords(words, options, 1));
    } catch (error) {
      return error instanceof UsageError ? `${error.said.ja} ${error.said.en}` : String(error);
    }
  };
  expect(said('--lnag', 'en')).toBe('--lnag という指定はありません。使える指定は --lang、--json です。 There is no option --lnag. The options are --lang, --json.');
  expect(said('-x')).toContain('-x という指定はありません。');
  expect(said('--lang')).toContain('--lang の後ろに、何を指定するかを書いてください。');
  expect(said('--lang', '--json')).toContain('--lang の後ろに');
  expect(said('--json=yes')).toContain('--json の後ろの「=」からは要りません。');
  expect(said('a', 'b', 'c')).toContain('「b c」が余分です。');
  expect(said('ーーlang', 'en')).toContain('「ーーlang」の棒を、半角の「--」にしてください。');
});
