import { fold } from '../knowledge/search/fold.ts';
import { fromRomaji } from '../knowledge/search/romaji.ts';
import type { Language } from '../knowledge/search/terms.ts';
import type { OtherLanguages } from '../knowledge/words.ts';

/** What a message is written in: a language we speak, or one we have only a sentence for. Neither for signs and digits alone. */
export type Written = { readonly language: Language } | { readonly other: string } | undefined;

/** English words that are so common that a message with two of them is English, whatever else is in it. */
const english = new Set('the is are was were my i you he she it we they do does did can could should will would how what when where who which why to for of and have has had not this that with from at if need want get got lost am been'.split(' '));

const kana = /[\u3040-\u30ff\uff66-\uff9f]/u;
const kanji = /[\u3400-\u9fff]/u;
/** Words of another language that must be found, or all of a message that has fewer. */
const enough = 2;

function otherLanguage(folded: string, others: OtherLanguages): string | undefined {
  const words: readonly string[] = folded.match(/[\p{L}\p{M}]+/gu) ?? [];
  const named = Object.entries(others);
  const byScript = named.find(([, { script }]) => script !== undefined && new RegExp(`\\p{Script=${script}}`, 'u').test(folded));
  const byLetter = named.find(([, { letters = '' }]) => [...letters].some((letter) => folded.includes(letter)));
  if (byScript !== undefined || byLetter !== undefined) return (byScript ?? byLetter)![0];
  const hits = named.map(([name, { words: known = [] }]) => ({
    name, count: known.filter((word) => (kanji.test(word) ? folded.includes(word) : words.includes(word))).length,
  })).sort((a, b) => b.count - a.count);
  const [best] = hits;
  return best !== undefined && best.count > 0 && (best.count >= enough || best.count >= words.length) ? best.name : undefined;
}

/** @returns what a text is written in. Any kana makes it Japanese; kanji alone do too, unless they are of Chinese. */
export function writtenIn(text: string, others: OtherLanguages): Written {
  const folded = fold(text);
  if (kana.test(folded)) return { language: 'ja' };
  const words = folded.match(/[\p{L}']+/gu) ?? [];
  const isEnglish = words.filter((word) => english.has(word)).length >= enough;
  const other = isEnglish ? undefined : otherLanguage(folded, others);
  if (other !== undefined) return { other };
  if (isEnglish && kanji.test(folded)) return { language: 'en' };
  if (kanji.test(folded)) return { language: 'ja' };
  if (!isEnglish && fromRomaji(folded) !== undefined) return { language: 'ja' };
  return /\p{Script=Latin}{2,}/u.test(folded) ? { language: 'en' } : undefined;
}
