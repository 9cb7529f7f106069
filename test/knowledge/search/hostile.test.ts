import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Library } from '../../../knowledge/library.ts';
import { shippedLibrary, today } from '../../helpers.ts';

/** Texts nobody means as a question, and what must not break on them. */
const hostile: Readonly<Record<string, string>> = {
  empty: '', spaces: ' \u3000\n\t', 'only emoji': '🙏🏻👨‍👩‍👧‍👦🎌', '100,000 characters': 'カードはいつ届きますか。'.repeat(8334), 'control characters': '\u0000\u0007\u001b[31m\u009f',
  'lone surrogates': '\ud83d カード \udc4d', '2,000 equal characters': 'あ'.repeat(2000), '2,000 equal letters': 'a'.repeat(2000), 'right to left': '\u202eカード\u202c', 'combining marks': 'か\u3099'.repeat(500) + 'e\u0301'.repeat(500),
  'zero width': 'カ\u200bー\u200dド\ufeff', 'a regular expression': '(a+)+$^[\\w]*{1,}', 'property names': '__proto__ constructor toString hasOwnProperty',
};

describe.each(['ja', 'en'] as const)('in %s', (language) => {
  let library: Library;
  beforeAll(async () => {
    library = await shippedLibrary();
  });
  test.each(Object.keys(hostile))('%s get an answer or are declined, never an exception', (name) => {
    const verdict = library.answer(hostile[name]!, language, today);
    expect(['one', 'choose', 'none']).toContain(verdict.kind);
    expect(verdict.confidence).toBeGreaterThanOrEqual(0);
    expect(verdict.confidence).toBeLessThanOrEqual(1);
  });
  test.each(['empty', 'spaces', 'only emoji', 'control characters', 'a regular expression', 'property names'])('%s are declined', (name) => {
    expect(library.answer(hostile[name]!, language, today).kind).toBe('none');
  });
  test('a follow-up of nothing but signs is declined too', () => {
    expect(library.answer('？？？', language, today, 'lost/reissue').kind).toBe('none');
  });
});
