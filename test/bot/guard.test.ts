import { describe, expect, test } from '@jest/globals';
import { guard, maskedContact, maskedDigits, maskedNumber } from '../../bot/guard.ts';
import { canaries, numbersIn, puzzled } from '../canaries.ts';

describe('a number of twelve digits or more is masked, and the resident is told', () => {
  test.each([
    '123456789018', '1234 5678 9018', '１２３４５６７８９０１８', '1234-5678-9018', '1234ー5678−9018', '１２３４　５６７８　９０１８', '1234\n5678\n9018', '1234\n\n\n\n\n\n5678 9018', '123 456 789 018',
    '一二三四五六七八九〇一八', '壱弐参四五六七八九零壱八', '千二百三十四 五千六百七十八 九千十八', '一千二百三十四億五千六百七十八万九千十八', '１２３４億５６７８万９０１８', '①②③④⑤⑥⑦⑧⑨①②③', '❶❷❸❹❺❻❼❽❾⓿❶❽', '⑴⑵⑶⑷⑸⑹⑺⑻⑼⑴⑵⑶',
    '١٢٣٤٥٦٧٨٩٠١٨', '𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎𝟏𝟖', '1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣0️⃣1️⃣8️⃣', '1 2 3 4 5 6 7 8 9 0 1 8', '1234.5678.9018', '番号は123456789018です', '12345678901234567890123', '4111 1111 1111 1111', '1234・5678・9018', '1234\u200b56789018',
    '1234の5678の9018', '123456789O18', 'l23456789018', 'one two three four five six seven eight nine zero one eight', 'いちにさんよんごろくななはちきゅうぜろいちはち', '0123 4567 8901', '2026-10-10 1234',
  ])('%j', (text) => {
    const { text: masked, found } = guard(text);
    expect(found).toBe(true);
    expect(masked.normalize('NFKC').replace(/\D/g, '')).toBe('');
    expect(masked).toContain(maskedNumber);
  });
  test('whether or not its check digit fits', () => {
    expect([guard('1234 5678 9018').found, guard('1234 5678 9012').found]).toEqual([true, true]);
  });
  test('with words between its pieces', () => {
    expect(guard('はじめは1234、次は5678、最後は9018と書いてありました').text).toBe('はじめは[番号]、次は[番号]、最後は[番号]と書いてありました');
  });
});

describe('a piece of a number', () => {
  test.each(['1234 5678', '９０１８', '続きは9018です', '12345', '789018', '五六七八', '三七〇二', '〇九八四です', '100-0001', 'and then 9018'])('%j alone is masked, and the resident is told', (text) => {
    const { text: masked, found } = guard(text);
    expect(found).toBe(true);
    expect(masked).not.toMatch(/\d{3}|１|五/);
  });
  test.each([
    ['申請の受付番号は 12345678 と書いてあるのですが届きません', `申請の受付番号は ${maskedDigits} と書いてあるのですが届きません`],
    ['暗証番号を1234にしたのですが窓口で変えられますか', `暗証番号を${maskedDigits}にしたのですが窓口で変えられますか`],
    ['口座番号1234567に手数料は返ってきますか教えて', `口座番号${maskedDigits}に手数料は返ってきますか教えて`],
    ['My residence card AB12345678CD has expired, what now', `My residence card AB${maskedDigits}CD has expired, what now`],
  ])('%j is answered without it', (text, masked) => {
    expect(guard(text)).toEqual({ text: masked, found: false });
  });
});

test.each([
  ['090-1234-5678 に電話を', `${maskedContact} に電話を`], ['0120-95-0178に電話した', `${maskedContact}に電話した`], ['(03) 1234-5678 は', `(${maskedContact} は`], ['+81 90 1234 5678 please', `+${maskedContact} please`],
  ['taro1234@example.jp です', `${maskedContact} です`], ['ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ', maskedContact],
])('the telephone number or address in %j is masked without a word', (text, masked) => {
  expect(guard(text)).toEqual({ text: masked, found: false });
});

test.each([
  '2026年4月1日に申請して10月3日に引っ越しました', '2026-10-10に申請', '2026/10/10 10:30に予約しました', 'from 2026-10-10 to 2026-11-11', '10/3〜10/25', '10/3', '3/10/2026', 'R8.10.10', '20261010', '1010', '2026', '2025-2026', '二千二十六年',
  '4月1日と5月1日と2027年1月1日と12月31日', '受付は9:00〜17:00', '申請書IDは23桁ですか', '手数料は1,000円、写真は4.5cm', '再発行1000円?', '15000円かかりますか', '手数料は¥2000', '14日と30日と90日の違い', '暗証番号は4桁ですか', '6桁から16桁',
  '郵便番号100-0001の窓口', '〒100-0001', '千葉市', '万博', '百万、千万、一億', '〇〇市〇〇町', '一人一人', '2番', '12', '二', '①', '3 weeks ago', 'born in 1990, 3 people, 10 March 2026', '1日に2回、3日に4回、5人6人7人', '写真は1500kb', '', '🐶', 'Oil lamp I', 'にしにごごく',
])('%j is left as it is', (text) => {
  expect(guard(text)).toEqual({ text, found: false });
});

test('what was masked before, as LINE’s messages are, is still told', () => {
  for (const text of ['123456789018', '9018', '番号は1234 5678 9018です']) expect(guard(guard(text).text)).toEqual(guard(text));
});

test('no variant of two thousand comes through, and none that is split over messages can be put together again', () => {
  const all = canaries(2000);
  const kept = all.map(({ messages }) => messages.map((message) => guard(message).text));
  expect(all.filter((canary, index) => numbersIn(kept[index]!.join('\n'), [canary]).length > 0 || puzzled(kept[index]!, canary)).map(({ messages }) => messages)).toEqual([]);
  expect(all.filter((_, index) => !kept[index]!.some((text) => text.includes(maskedNumber))).map(({ messages }) => messages)).toEqual([]);
});

test('the search for the variants finds each where nothing was masked', () => {
  const all = canaries(500);
  expect(all.filter((canary) => numbersIn(canary.messages.join('\n'), [canary]).length === 0 && !puzzled(canary.messages, canary)).map(({ messages }) => messages)).toEqual([]);
});

test('a hundred thousand signs are read in a moment, whatever they are', () => {
  for (const part of ['1 ', '1a', '千', 'いち', '\u200b1']) expect(guard(part.repeat(100_000 / part.length)).text.length).toBeLessThanOrEqual(300_000);
});
