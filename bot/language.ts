import { fold } from '../knowledge/search/fold.ts';
import { fromRomaji } from '../knowledge/search/romaji.ts';
import type { Language } from '../knowledge/search/terms.ts';
import type { OtherLanguages } from '../knowledge/words.ts';

/** What a message is written in: a language we speak, or one we have only a sentence for. Neither for signs and digits alone. */
export type Written = { readonly language: Language } | { readonly other: string } | undefined;

/** English words that are so common that a message with two of them is English, whatever else is in it. */
const english = new Set(('the is are was were my i you he she it we they do does did can could should will would how what when where who which why to for of and have has had not this that with from at if need want get got lost am been'
  + ' came come says said between after before about please still just only your our their because into out').split(' '));

const kana = /[\u3040-\u30ff\uff66-\uff9f]/u;
const hiragana = /[\u3040-\u309f]/u;
const kanji = /[\u3400-\u9fff]/u;
/** Words of another language that must be found, or all of a message that has fewer. */
const enough = 2;

/** @param common how many English words a text has: another language must have more */
function otherLanguage(folded: string, others: OtherLanguages, common: number): string | undefined {
  const words: readonly string[] = folded.match(/[\p{L}\p{M}']+/gu) ?? [];
  const named = Object.entries(others);
  const byScript = named.find(([, { script }]) => script !== undefined && new RegExp(`\\p{Script=${script}}`, 'u').test(folded));
  const byLetter = named.find(([, { letters = '' }]) => [...letters].some((letter) => folded.includes(letter)));
  if (byScript !== undefined || byLetter !== undefined) return (byScript ?? byLetter)![0];
  const [best] = named.map(([name, { words: known = [] }]) => ({
    name, count: known.filter((word) => (kanji.test(word) ? folded.includes(word) : words.includes(word))).length,
  })).sort((a, b) => b.count - a.count);
  return best !== undefined && best.count > common && (best.count >= enough || best.count >= words.length) ? best.name : undefined;
}

/** So many common English words make a message English, even with a Japanese sentence quoted in it. */
const plenty = 4;

/** @returns what a text is written in. Hiragana makes it Japanese unless it is quoted in English, and so do other signs of ours unless English words hold them together. */
export function writtenIn(text: string, others: OtherLanguages): Written {
  const folded = fold(text);
  const words = folded.match(/[\p{Script=Latin}']+/gu) ?? [];
  const common = words.filter((word) => english.has(word)).length;
  if (kana.test(folded) || kanji.test(folded)) {
    const other = kana.test(folded) ? undefined : otherLanguage(folded, others, common);
    const isQuoted = hiragana.test(folded) ? common >= plenty : common >= 1 && words.length >= enough;
    return other === undefined ? { language: isQuoted ? 'en' : 'ja' } : { other };
  }
  const other = otherLanguage(folded, others, common);
  if (other !== undefined) return { other };
  if (common < enough && fromRomaji(folded) !== undefined) return { language: 'ja' };
  return /\p{Script=Latin}{2,}/u.test(folded) ? { language: 'en' } : undefined;
}
