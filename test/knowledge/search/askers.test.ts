import { expect, test } from '@jest/globals';
import { askerOf, learnAskers } from '../../../knowledge/search/askers.ts';
import type { Terms } from '../../../knowledge/search/terms.ts';

const terms = (sound: string, words: readonly string[], concepts: readonly string[] = []): Terms => ({ sound, words, concepts });
const askers = learnAskers([
  { owner: 'lost', terms: terms('カードヲナクシタ', ['カード', 'なくす'], ['lose']) },
  { owner: 'found', terms: terms('ナクシタカードガアッタ', ['なくす', 'カード'], ['lose']) },
  { owner: 'photo', terms: terms('シャシンノサイズ', ['写真', 'サイズ']) },
]);

test('a question in the same words is known whatever stands between them', () => {
  expect(askerOf(askers, terms('サイズハシャシンダト', ['サイズ', '写真']))).toBe('photo');
});
test('words that two owners share belong to none, and their sound still tells', () => {
  expect(askerOf(askers, terms('カードナクシタ', ['カード', 'なくす'], ['lose']))).toBeUndefined();
  expect(askerOf(askers, terms('カードヲナクシタ', ['カード', 'なくす'], ['lose']))).toBe('lost');
});
test('other meanings of the same words are others, and nothing is nobody’s', () => {
  expect(askerOf(askers, terms('シャシンノサイズハダメ', ['写真', 'サイズ'], ['not-allowed']))).toBeUndefined();
  expect(askerOf(askers, terms('', []))).toBeUndefined();
});
