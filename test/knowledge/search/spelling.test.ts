import { expect, test } from '@jest/globals';
import { learnSpellings, openSpelling } from '../../../knowledge/search/spelling.ts';

const often = (text: string, times = 8): string[] => Array.from({ length: times }, () => text);
const meant = openSpelling(learnSpellings([
  ...often('i forgot the password of my certificate'), ...often('the postcard came tomorrow'), ...often('help me renew it', 9), ...often('lost it'), ...often('the place', 20),
  ...often('vanished', 2), 'certficate',
]));

test.each([
  ['i forgto my pasword', 'i forgot my password'],
  ['postcrad', 'postcard'],
  ['hlep', 'help'],
  ['tomorow', 'tomorrow'],
])('a word with a letter wrong, missing, doubled or swapped is read as it was meant: %s', (typed, read) => {
  expect(meant(typed)).toBe(read);
});

test('a long word may have two letters wrong', () => {
  expect(meant('cetrifcate')).toBe('certificate');
});

test('a word that others asked with is left as it is, also where it is rare', () => {
  expect(meant('vanished')).toBe('vanished');
});

test('another’s mistake is not what somebody meant', () => {
  expect(meant('certificat')).toBe('certificate');
});

test('short words, other first letters, and words like none are left as they are', () => {
  for (const text of ['hte', 'mace', 'post', 'melp', 'xylophone', '']) expect(meant(text)).toBe(text);
});

test('numbers and kana are no spelling mistakes', () => {
  for (const text of ['2026年', 'ハスワード', 'p4ssword']) expect(meant(text)).toBe(text);
});

test('of a flood of unknown words only the first are looked at', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const flood = letters.flatMap((one) => letters.map((other) => `certif${one}${other}cate`)).join(' ');
  expect(meant(flood).split(' ').filter((word) => word === 'certificate').length).toBeLessThanOrEqual(12);
  expect(meant(flood).split(' ')).toHaveLength(letters.length ** 2);
});
