import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import { commands, helpOf, overview } from '../../../adapters/desk/commands.ts';
import { cut, hang, pad, table, wrap } from '../../../adapters/desk/layout.ts';
import { knowledgeFolder, root } from '../../helpers.ts';

const widthOf = (text: string): number => Math.max(...text.split('\n').map((line) => stringWidth(line)));

test('every command explains itself in both languages, with what it exits with, in 80 columns', async () => {
  for (const [name, load] of Object.entries(commands)) {
    const help = helpOf(name, await load());
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
