import type { Features, Tables, Words } from './tables.ts';

/** A word of a sentence. */
export interface Token {
  readonly surface: string;
  readonly pos: string;
  readonly detail: string;
  /** The dictionary form, `*` where there is none. */
  readonly base: string;
  /** In katakana; undefined for words the dictionary lacks. */
  readonly reading: string | undefined;
}

/** Connection class of a proper noun in IPADIC. */
const properNoun = 1288;
const short = (bytes: Uint8Array, at: number): number => ((bytes[at]! | (bytes[at + 1]! << 8)) << 16) >> 16;

/** Nodes of the lattice, a column each; a sentence's nodes are linked by where they end, in the order they were found. */
class Lattice {
  private size = 1 << 12;
  count = 0;
  private right = new Int32Array(this.size);
  private total = new Int32Array(this.size);
  private next = new Int32Array(this.size);
  previous = new Int32Array(this.size);
  begin = new Int32Array(this.size);
  end = new Int32Array(this.size);
  /** Record of the word: known ones from 0 on, unknown ones as −1 − record, own ones from `ownFrom` on. */
  word = new Int32Array(this.size);
  private first = new Int32Array(256);
  private last = new Int32Array(256);
  private readonly costs: Int16Array;
  private readonly width: number;

  constructor({ costs, width }: Tables) {
    this.costs = costs;
    this.width = width;
  }

  reset(length: number): void {
    if (this.first.length < length + 1) {
      this.first = new Int32Array(length + 1);
      this.last = new Int32Array(length + 1);
    }
    this.first.fill(-1, 0, length + 1);
    this.count = 0;
    this.place(0, 0, 0, -1, 0, 0);
  }

  isReached(position: number): boolean {
    return this.first[position]! >= 0;
  }

  /** Adds a word where it follows on at the least cost; the first of equals wins, as in kuromoji. */
  add(begin: number, end: number, left: number, right: number, cost: number, word: number): void {
    let best = -1;
    let least = 0;
    for (let node = this.first[begin]!; node >= 0; node = this.next[node]!) {
      const sum = this.total[node]! + this.costs[this.right[node]! * this.width + left + 2]!;
      if (best < 0 || sum < least) {
        best = node;
        least = sum;
      }
    }
    if (best >= 0) this.place(begin, end, right, best, least + cost, word);
  }

  private place(begin: number, end: number, right: number, previous: number, total: number, word: number): void {
    const node = this.count;
    if (node === this.size) this.grow();
    this.begin[node] = begin;
    this.end[node] = end;
    this.right[node] = right;
    this.previous[node] = previous;
    this.total[node] = total;
    this.word[node] = word;
    this.next[node] = -1;
    if (this.first[end]! < 0) this.first[end] = node;
    else this.next[this.last[end]!] = node;
    this.last[end] = node;
    this.count += 1;
  }

  private grow(): void {
    this.size *= 2;
    const larger = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const made = new Int32Array(this.size);
      made.set(old);
      return made;
    };
    this.right = larger(this.right);
    this.total = larger(this.total);
    this.next = larger(this.next);
    this.previous = larger(this.previous);
    this.begin = larger(this.begin);
    this.end = larger(this.end);
    this.word = larger(this.word);
  }
}

const ownFrom = 1 << 29;
const isLow = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/**
 * Finds the cheapest way through a sentence over kuromoji's dictionary, exactly as its own Viterbi search does, but in flat
 * arrays and in time linear in the length: about seven times as fast, which is what lets a library of thousands of phrases load in a second.
 * @param features of these tables
 * @param own words laid over the dictionary
 */
export function makeAnalyser(tables: Tables, features: Features, own: readonly { readonly word: string; readonly reading: string }[]): (text: string) => Token[] {
  const { base, check, known, unknown, classes, flags } = tables;
  const lattice = new Lattice(tables);
  const ownByFirst = new Map<string, number[]>();
  own.forEach(({ word }, index) => ownByFirst.set(word[0]!, [...(ownByFirst.get(word[0]!) ?? []), index]));
  const classAt = (text: string, at: number): number => {
    const code = text.charCodeAt(at);
    return code >= 0xd800 && code <= 0xdfff ? 0 : classes[code]!;
  };

  const addRecords = (words: Words, number: number, begin: number, end: number, encode: (record: number) => number): void => {
    const at = words.starts[number]!;
    for (let index = at + 1; index <= at + words.map[at]!; index += 1) {
      const record = words.map[index]!;
      lattice.add(begin, end, short(words.records, record), short(words.records, record + 2), short(words.records, record + 4), encode(record));
    }
  };
  const asKnown = (record: number): number => record;
  const asUnknown = (record: number): number => -1 - record;

  /** Adds every word of the dictionary that stands at a position. @returns whether there was one */
  const addKnown = (text: string, begin: number): boolean => {
    let node = 0;
    let found = false;
    const step = (byte: number): boolean => {
      const child = base[node]! + byte;
      if (check[child] !== node) return false;
      node = child;
      return true;
    };
    for (let at = begin; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      const goes = code < 0x80 ? step(code)
        : code < 0x800 ? step(0xc0 | (code >> 6)) && step(0x80 | (code & 0x3f))
          : step(0xe0 | (code >> 12)) && step(0x80 | ((code >> 6) & 0x3f)) && step(0x80 | (code & 0x3f));
      if (!goes) return found; // the dictionary holds no surrogate pairs
      const leaf = base[node]!;
      if (check[leaf] === node && base[leaf]! <= 0) {
        addRecords(known, -base[leaf]! - 1, begin, at + 1, asKnown);
        found = true;
      }
    }
    return found;
  };

  const sentence = (text: string, tokens: Token[]): void => {
    const { length } = text;
    const groupEnd = new Int32Array(length + 1);
    for (let at = length - 1; at >= 0; at -= 1) groupEnd[at] = at + 1 < length && (classAt(text, at) === classAt(text, at + 1) || isLow(text.charCodeAt(at + 1))) ? groupEnd[at + 1]! : at + 1;
    lattice.reset(length);
    for (let begin = 0; begin < length; begin += 1) {
      if (!lattice.isReached(begin)) continue;
      let found = addKnown(text, begin);
      for (const index of ownByFirst.get(text[begin]!) ?? []) {
        const { word } = own[index]!;
        if (!text.startsWith(word, begin)) continue;
        lattice.add(begin, begin + word.length, properNoun, properNoun, Math.max(-36_000, Math.round(-400 * word.length ** 1.5)), ownFrom + index);
        found = true;
      }
      const kind = classAt(text, begin);
      const { always, group } = flags[kind]!;
      if (found && !always) continue;
      const one = isLow(text.charCodeAt(begin + 1)) ? begin + 2 : begin + 1;
      addRecords(unknown, kind, begin, group ? Math.max(one, groupEnd[begin]!) : one, asUnknown);
    }
    const before = lattice.count;
    lattice.add(length, length, 0, 0, 0, 0);
    if (lattice.count === before) return;
    const path: Token[] = [];
    for (let node = lattice.previous[before]!; node > 0; node = lattice.previous[node]!) {
      const word = lattice.word[node]!;
      const surface = text.slice(lattice.begin[node], lattice.end[node]);
      if (word >= ownFrom) {
        const mine = own[word - ownFrom]!;
        path.push({ surface, pos: '名詞', detail: '固有名詞', base: mine.word, reading: mine.reading });
      } else {
        const [, pos = '', detail = '', , , , , dictionaryForm = '*', reading] = word >= 0 ? features.known(word) : features.unknown(-1 - word);
        path.push({ surface, pos, detail, base: dictionaryForm, reading: word >= 0 ? reading : undefined });
      }
    }
    tokens.push(...path.reverse());
  };

  return (text) => {
    const tokens: Token[] = [];
    for (const part of text.match(/[^、。]*[、。]|[^、。]+$/gu) ?? []) sentence(part, tokens);
    return tokens;
  };
}
