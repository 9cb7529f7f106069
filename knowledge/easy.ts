import { z } from 'zod';
import { field, readYaml, type Read } from './yaml.ts';

const reading = field(z.string().regex(/^([ぁ-ゖー、]+|-)$/u), { ja: '読みをひらがなで書いてください。ふりがなが要らないことばは「-」と書きます。', en: 'Write the reading in hiragana, or “-” for none.' });
const file = z.strictObject({
  readings: field(z.record(z.string().regex(/[\u3400-\u9fff々]/u), reading), { ja: '「漢字のことば: よみ」の形で書いてください。', en: 'Write word: reading.' }),
  katakana: field(z.array(z.string().regex(/^[ァ-ヶー]+$/u)), { ja: '使ってよいカタカナ語を並べてください。', en: 'List the katakana words that may be used.' }),
});
/** Reviewed readings for furigana, and the katakana words that easy Japanese may use. */
export type EasyWords = Readonly<z.infer<typeof file>>;

export const easyWordsFile = 'words/easy-words.yaml';
export const noEasyWords: EasyWords = { readings: {}, katakana: [] };
export const readEasyWords = (text: string): Read<EasyWords> => readYaml(text, file, { file: easyWordsFile, linesBefore: 0 });

/** A piece of text with its reading; undefined where it needs none, empty where the table has none. */
export interface Ruby {
  readonly text: string;
  readonly reading: string | undefined;
}

const kanji = /[\u3400-\u9fff々]/u;

/** Words of the table by their first sign, longest first. */
const ordered = new WeakMap<EasyWords['readings'], ReadonlyMap<string, readonly string[]>>();
function byFirstSign(readings: EasyWords['readings']): ReadonlyMap<string, readonly string[]> {
  let found = ordered.get(readings);
  if (found === undefined) {
    found = Map.groupBy(Object.keys(readings).sort((a, b) => b.length - a.length), (word) => word[0]!);
    ordered.set(readings, found);
  }
  return found;
}

const isDigit = (sign: string | undefined): boolean => sign !== undefined && /[0-9０-９]/.test(sign);

/** The longest word of the table at a position; `#` in a word is any digit. */
function wordAt(text: string, at: number, readings: EasyWords['readings']): string | undefined {
  const words = byFirstSign(readings);
  const fits = (word: string): boolean => (!word.includes('#') ? text.startsWith(word, at) : [...word].every((sign, index) => (sign === '#' ? isDigit(text[at + index]) : text[at + index] === sign)));
  return words.get(text[at]!)?.find(fits) ?? (isDigit(text[at]) ? words.get('#')?.find(fits) : undefined);
}

/** A word and its reading as pieces: kana and digits at both ends stand in the text already (届く is 届(とど) and く). */
function pieces(word: string, kana: string): Ruby[] {
  if (kana === '-') return [{ text: word, reading: undefined }];
  const [head] = /^[#0-9０-９]*/.exec(word)!;
  let begin = head.length;
  let end = word.length;
  let from = 0;
  let to = kana.length;
  while (begin < end && from < to && !kanji.test(word[begin]!) && word[begin] === kana[from]) { begin += 1; from += 1; }
  while (end > begin && to > from && !kanji.test(word[end - 1]!) && word[end - 1] === kana[to - 1]) { end -= 1; to -= 1; }
  return [{ text: word.slice(0, begin), reading: undefined }, { text: word.slice(begin, end), reading: kana.slice(from, to) }, { text: word.slice(end), reading: undefined }];
}

/**
 * Splits a text into pieces with furigana; the longest word of the table wins.
 * @returns pieces; a kanji the table does not know has the reading ''
 */
export function furigana(text: string, { readings }: EasyWords): Ruby[] {
  const made: Ruby[] = [];
  const add = ({ text: part, reading: kana }: Ruby): void => {
    const last = made.at(-1);
    if (part === '') return;
    if (kana === undefined && last !== undefined && last.reading === undefined) made[made.length - 1] = { text: last.text + part, reading: undefined };
    else made.push({ text: part, reading: kana });
  };
  for (let at = 0; at < text.length;) {
    const key = wordAt(text, at, readings);
    if (key === undefined) {
      add({ text: text[at]!, reading: kanji.test(text[at]!) ? '' : undefined });
      at += 1;
    } else {
      for (const piece of pieces(text.slice(at, at + key.length), readings[key]!)) add(piece);
      at += key.length;
    }
  }
  return made;
}

/** Kanji of a text the table has no reading for. */
export const withoutReading = (text: string, words: EasyWords): string[] =>
  furigana(text, words).filter(({ reading: kana }) => kana === '').map(({ text: sign }) => sign);

/** Katakana words of a text that are not on the list. */
export function katakanaBeyond(text: string, { katakana }: EasyWords): string[] {
  return [...new Set(text.match(/[ァ-ヶー]{2,}/gu) ?? [])].filter((word) => !katakana.includes(word));
}
