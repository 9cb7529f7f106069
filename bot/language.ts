import type { Language } from '../knowledge/search/terms.ts';

/** @returns the language a text is written in; undefined for signs and digits only. Any kana or kanji makes it Japanese. */
export function languageOf(text: string): Language | undefined {
  if (/[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]/u.test(text)) return 'ja';
  return /\p{Script=Latin}{2,}/u.test(text.normalize('NFKC')) ? 'en' : undefined;
}
