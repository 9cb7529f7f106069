// Runs in browsers too: nothing newer than six years here.

/** Readings of words with kanji, in hiragana; `-` for a word that needs none, `#` in a word for any digit. */
export type Readings = Readonly<Record<string, string>>;

/** A piece of text with its reading; undefined where it needs none, empty where the table has none. */
export interface Ruby {
  readonly text: string;
  readonly reading: string | undefined;
}

const kanji = /[\u3400-\u9fff々]/u;

/** Words of the table by their first sign, longest first. */
const ordered = new WeakMap<Readings, ReadonlyMap<string, readonly string[]>>();
function byFirstSign(readings: Readings): ReadonlyMap<string, readonly string[]> {
  let found = ordered.get(readings);
  if (found === undefined) {
    const made = new Map<string, string[]>();
    for (const word of Object.keys(readings).sort((a, b) => b.length - a.length)) made.set(word[0]!, [...made.get(word[0]!) ?? [], word]);
    found = made;
    ordered.set(readings, found);
  }
  return found;
}

const isDigit = (sign: string | undefined): boolean => sign !== undefined && /[0-9０-９]/.test(sign);

/** The longest word of the table at a position; `#` in a word is any digit. */
function wordAt(text: string, at: number, readings: Readings): string | undefined {
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
export function furigana(text: string, readings: Readings): Ruby[] {
  const made: Ruby[] = [];
  const add = ({ text: part, reading: kana }: Ruby): void => {
    const last = made[made.length - 1];
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
