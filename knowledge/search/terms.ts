import { stemmer } from 'stemmer';
import { openConcepts, tabulate, type Concepts, type ConceptTables } from './concepts.ts';
import { fold, toKatakana } from './fold.ts';
import type { Analyse, Dictionary, OverlayWord } from './kuromoji.ts';
import { fromRomaji } from './romaji.ts';

/** The two languages text is cut in; `ja-easy` is Japanese. */
export type Language = 'ja' | 'en';

/** A text cut into search terms. */
export interface Terms {
  /** Words in one spelling: base forms without okurigana, English stems. May repeat. */
  readonly words: readonly string[];
  /** The whole text by sound, in katakana without spaces; English: folded letters. */
  readonly sound: string;
  /** What is meant, whatever word was used for it. */
  readonly concepts: readonly string[];
}

export type Cut = (text: string, language: Language) => Terms;

const contentClasses = ['名詞', '動詞', '形容詞', '副詞', '接頭詞', '連体詞'];
const emptyDetails = ['非自立', '接尾', '代名詞', '助詞類接続'];
/** Verbs that carry no meaning of their own. */
const emptyVerbs = new Set(['する', 'ある', 'いる', 'なる', 'できる', 'れる', 'られる', 'くださる', 'おる']);
const kanji = /[\u3400-\u9fff々]/u;

/** 引っ越す, 引越し and 引越 share the key 引越: kana after or between kanji is how people differ in spelling. */
function spellingKey(word: string): string {
  const key = kanji.test(word) ? word.replace(/[ぁ-ゖ]+/gu, '') : word;
  return key.length > 3 && key.endsWith('ー') ? key.slice(0, -1) : key;
}

type Plain = Pick<Terms, 'words' | 'sound'>;

function cutJapanese(text: string, analyse: Analyse, partsOf: ReadonlyMap<string, readonly string[]>): Plain {
  const words: string[] = [];
  let sound = '';
  const tokens = analyse(text);
  for (const [at, token] of tokens.entries()) {
    const { surface } = token;
    // Marks are no sound: the dictionary reads 、 as 、.
    sound += toKatakana((token.reading ?? surface).replace(/[^\p{L}\p{N}]/gu, ''));
    if (!contentClasses.includes(token.pos) || !/[^\P{L}ー]|\p{N}/u.test(surface)) continue;
    // 「カードなくした」, without を, is cut as なく(ない) and し(する): it was lost, not made.
    const isLost = surface === 'なく' && tokens[at + 1]?.base === 'する';
    const base = isLost ? 'なくす' : token.base === '*' ? surface : token.base;
    if (emptyDetails.includes(token.detail) && !kanji.test(base)) continue;
    if (emptyVerbs.has(base)) continue;
    words.push(spellingKey(base), ...(partsOf.get(surface) ?? []));
  }
  return { words, sound };
}

/** Japanese in Latin letters is read as kana. */
const readable = (folded: string): string => fromRomaji(folded) ?? folded;

/** @returns English words by their stem; romaji and numbers stay whole */
function cutEnglish(text: string): Plain {
  const words = text.match(/[a-z0-9]+(?:'[a-z]+)?|[\u3040-\u30ff\u3400-\u9fff]+/gu) ?? [];
  return { words: words.map((word) => stemmer(word.replace(/'s?$|'/gu, ''))), sound: words.join(' ') };
}

/**
 * Makes the cutter of a library: Japanese through the dictionary and our terms, English by stems.
 * @param terms our words and their readings in katakana; a question that names a part of one finds it too
 * @param concepts words that mean nearly the same
 * @param known the tables of these concepts, where they were made before
 */
export function makeCut(dictionary: Dictionary, terms: Readonly<Record<string, string>>, concepts: Concepts, known?: ConceptTables): Cut & { readonly tables: ConceptTables } {
  const overlay: OverlayWord[] = Object.entries(terms).map(([word, reading]) => ({ word: fold(word), reading }));
  const analyse = dictionary.analyser(overlay);
  const plain = dictionary.analyser([]);
  const partsOf = new Map(overlay.map(({ word }) => {
    const parts = cutJapanese(word, plain, new Map()).words;
    return [word, parts.length > 1 ? parts : []];
  }));
  const plainCut: Record<Language, (text: string) => Plain> = { ja: (text) => cutJapanese(readable(fold(text)), analyse, partsOf), en: (text) => cutEnglish(fold(text)) };
  const tables = known ?? { ja: tabulate(concepts, 'ja', plainCut.ja), en: tabulate(concepts, 'en', plainCut.en) };
  const find = { ja: openConcepts(tables.ja), en: openConcepts(tables.en) };
  const cut: Cut = (text, language) => {
    const { words, sound } = plainCut[language](text);
    return { words, sound, concepts: find[language](words, sound) };
  };
  return Object.assign(cut, { tables });
}
