// Twelve-digit numbers as residents might write them, the same in every run, and the search for what became of them.

/** One number and the messages it is written in. */
export interface Canary {
  readonly number: string;
  readonly messages: readonly string[];
}

/** Numbers from 0 up to 1 that look random and are the same in every run. */
export function chances(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const from = (first: number): string[] => Array.from({ length: 10 }, (_, at) => String.fromCodePoint(first + at));
const oneToNine = (zero: string, one: number): string[] => [zero, ...from(one).slice(0, 9)];
/** Ways to write the ten digits. */
const scripts: readonly (readonly string[])[] = [
  from(0x30), from(0x30), from(0x30), from(0xff10), from(0xff10), [...'〇一二三四五六七八九'], [...'零壱弐参四五六七八九'], [...'零壹貳參肆伍陸漆捌玖'],
  oneToNine('⓪', 0x2460), oneToNine('0', 0x2474), oneToNine('⓿', 0x2776), from(0x660), from(0x966), from(0x1d7ce), from(0x30).map((sign) => `${sign}\ufe0f\u20e3`),
];
const gaps = [
  '', '', ' ', ' ', '　', '-', '－', '‐', '‑', '‒', '–', '—', '―', '−', 'ー', 'ｰ', '〜', '~', '.', '．', '・', '･', '/', '／', ',', '、', ':', '_', '|', '*', '#', '\n', '\r\n', '\n\n', '\t', '\u200b', '\u2060', '\ufeff', '\u00ad', ' - ', ' / ', '  ', 'の', '()', '。', '→', '🐶',
];
const groupings: readonly (readonly number[])[] = [[12], [4, 4, 4], [4, 4, 4], [3, 3, 3, 3], [6, 6], [2, 2, 2, 2, 2, 2], Array.from({ length: 12 }, () => 1), [5, 7], [1, 11], [8, 4]];
const around: readonly ((number: string) => string)[] = [
  (number) => number, (number) => number, (number) => `番号は${number}です`, (number) => `マイナンバー「${number}」のカードはいつできますか`, (number) => `My number is ${number}, where is my card?`,
  (number) => `カードをなくしました。\n${number}`, (number) => `(${number})`, (number) => `2026年4月1日に申請しました ${number}`, (number) => `ID:${number}/Tel`,
];
const tens = ['', '十', '百', '千'];
/** 1234 → 千二百三十四 */
const positional = (four: string): string => [...four].map((sign, at) => (sign === '0' ? '' : `${sign === '1' && at < 3 ? '' : scripts[5]![Number(sign)]!}${tens[3 - at]!}`)).join('') || '〇';
const words = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** @returns `count` variants; of every ten, two are split over two messages and one over three */
export function canaries(count: number, seed = 20_261_122): Canary[] {
  const next = chances(seed);
  const one = <Value>(list: readonly Value[]): Value => list[Math.floor(next() * list.length)]!;
  return Array.from({ length: count }, (_, index): Canary => {
    const number = Array.from({ length: 12 }, () => Math.floor(next() * 10)).join('');
    if (index % 10 > 6) {
      const script = one(scripts.slice(0, 8));
      const cuts = index % 10 === 9 ? [4, 8] : [one([4, 5, 6, 7, 8])];
      const pieces = [0, ...cuts].map((begin, at) => number.slice(begin, cuts[at] ?? 12));
      return { number, messages: pieces.map((piece) => [...piece].map((sign) => script[Number(sign)]).join('')) };
    }
    if (index % 100 === 3) return { number, messages: [[...number].map((sign) => words[Number(sign)]).join(' ')] };
    if (index % 100 === 4) return { number, messages: [one(around)([0, 4, 8].map((begin) => positional(number.slice(begin, begin + 4))).join(one(['', ' ', '、', '-'])))] };
    const script = one(scripts);
    const gap = one(gaps);
    let at = 0;
    const groups = one(groupings).map((length) => [...number.slice(at, at += length)].map((sign) => script[Number(sign)]).join(''));
    // Some begin an application ID of 23 digits.
    const rest = index % 50 === 5 ? Array.from({ length: 11 }, () => one(script)).join('') : '';
    return { number, messages: [one(around)(groups.join(gap) + rest)] };
  });
}

const values = new Map(scripts.flatMap((script) => script.map((sign, digit): [string, string] => [[...sign][0]!, String(digit)])));

/** Digits of any script as ASCII, with all but letters between them taken out. Escapes in JSON are undone first. */
const fold = (text: string): string => {
  let folded = '';
  for (const sign of text.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16))).replace(/\\[nrt]/g, ' ')) {
    folded += values.get(sign) ?? (/[\p{L}\0-\x08"]/u.test(sign) && sign !== 'ー' && sign !== 'ｰ' && sign !== 'の' ? ' ' : '');
  }
  return folded;
};

/** A long text is searched in pieces that overlap by more than the longest variant. */
const [piece, overlap] = [1_000_000, 1000];

/** Every number of a list that stands in a text: in digits of any script, or, in words and numerals of kanji, as it was written. */
export function numbersIn(text: string, list: readonly Canary[]): string[] {
  const windows = new Set<string>();
  for (let from = 0; from < text.length; from += piece - overlap) {
    for (const [digits] of fold(text.slice(from, from + piece)).matchAll(/\d{12,}/g)) for (let at = 0; at + 12 <= digits.length; at += 1) windows.add(digits.slice(at, at + 12));
  }
  const inWords = ({ number, messages }: Canary): boolean => messages.length === 1 && !fold(messages[0]!).includes(number) && text.includes(messages[0]!);
  return list.filter((canary) => windows.has(canary.number) || inWords(canary)).map(({ number }) => number);
}

/** Every number of a list of which one conversation kept as many pieces as make it whole. */
export const puzzled = (kept: readonly string[], { number }: Canary): boolean => kept.map(fold).join('').replaceAll(' ', '').includes(number);
