import type { Language, Terms } from './terms.ts';

/** Lengths of the runs of sounds (Japanese) or letters (English) that stand beside words. */
export const runLengths: Record<Language, readonly number[]> = { ja: [2, 3], en: [4, 5] };

const offset = 0x811c9dc5;
const prime = 0x01000193;
const wordSeed = 7;
const conceptSeed = 77;
const pairSeed = 177;

/** FNV-1a over the UTF-16 units of a part of a text; kinds of features begin differently. */
function hash(text: string, begin: number, end: number, seed: number): number {
  let value = Math.imul(offset ^ seed, prime);
  for (let at = begin; at < end; at += 1) value = Math.imul(value ^ text.charCodeAt(at), prime);
  // 0 marks an empty place in the table.
  return value === 0 ? 1 : value;
}

/** A table of features as data. */
export interface TableData {
  readonly size: number;
  readonly keys: Int32Array;
  readonly numbers: Int32Array;
}

/** Numbers for features, given out in the order they are met; flat, since a library has hundreds of thousands. */
export class FeatureTable {
  size: number;
  private keys: Int32Array;
  private numbers: Int32Array;

  constructor({ size, keys, numbers }: TableData = { size: 0, keys: new Int32Array(1 << 16), numbers: new Int32Array(1 << 16) }) {
    this.size = size;
    this.keys = keys;
    this.numbers = numbers;
  }

  get data(): TableData {
    return { size: this.size, keys: this.keys, numbers: this.numbers };
  }

  /** @returns the feature's number, or −1 for one that is not known and not to be added */
  number(key: number, add: boolean): number {
    const mask = this.keys.length - 1;
    let at = Math.imul(key, 0x9e3779b1) >>> 8 & mask;
    while (this.keys[at] !== 0) {
      if (this.keys[at] === key) return this.numbers[at]!;
      at = (at + 1) & mask;
    }
    if (!add) return -1;
    this.keys[at] = key;
    this.numbers[at] = this.size;
    this.size += 1;
    if (this.size * 2 > this.keys.length) this.grow();
    return this.size - 1;
  }

  /** The same table with some of its features only, and the new number of each, −1 for those that are left out. */
  only(isKept: (number: number) => boolean): { readonly table: FeatureTable; readonly numbers: Int32Array } {
    const keyOf = new Int32Array(this.size);
    this.keys.forEach((key, at) => { if (key !== 0) keyOf[this.numbers[at]!] = key; });
    const table = new FeatureTable();
    const numbers = Int32Array.from(keyOf, (key, number) => (isKept(number) ? table.number(key, true) : -1));
    return { table, numbers };
  }

  private grow(): void {
    const { keys, numbers } = this;
    this.keys = new Int32Array(keys.length * 2);
    this.numbers = new Int32Array(keys.length * 2);
    const mask = this.keys.length - 1;
    keys.forEach((key, index) => {
      if (key === 0) return;
      let at = Math.imul(key, 0x9e3779b1) >>> 8 & mask;
      while (this.keys[at] !== 0) at = (at + 1) & mask;
      this.keys[at] = key;
      this.numbers[at] = numbers[index]!;
    });
  }
}

const firstSeed = 277;
const secondSeed = 377;
/** A key of 52 bits for a whole text. */
export const textKey = (text: string): number => (hash(text, 0, text.length, firstSeed) >>> 0) * 2 ** 20 + (hash(text, 0, text.length, secondSeed) & 0xfffff);

export const wordKey = (word: string): number => hash(word, 0, word.length, wordSeed);

export type Kind = 'word' | 'concept' | 'pair' | 'run';

/** Most concepts of a text that are paired; a long text would have thousands of pairs. */
const mostPaired = 16;

/** Calls `take` for every feature of a text: its words, what they mean alone and two together, and the runs of its sound, which spelling, kana and typos change little. */
export function eachFeature({ words, sound, concepts }: Terms, language: Language, take: (key: number, kind: Kind) => void): void {
  for (const word of words) take(wordKey(word), 'word');
  for (const concept of concepts) take(hash(concept, 0, concept.length, conceptSeed), 'concept');
  const paired = concepts.slice(0, mostPaired).sort();
  paired.forEach((one, at) => paired.slice(at + 1).forEach((other) => {
    const pair = `${one}+${other}`;
    take(hash(pair, 0, pair.length, pairSeed), 'pair');
  }));
  const whole = language === 'en' ? `_${sound.replaceAll(' ', '_')}_` : sound;
  for (const length of runLengths[language]) for (let at = 0; at + length <= whole.length; at += 1) take(hash(whole, at, at + length, length), 'run');
}
