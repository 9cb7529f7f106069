import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fromCache, inCache, toCache } from '../cache.ts';
import { makeAnalyser, type Token } from './lattice.ts';
import { featuresOf, type Tables, type Texts } from './tables.ts';

/** A word of our own, laid over the dictionary: its spelling and its reading in katakana. */
export interface OverlayWord {
  readonly word: string;
  readonly reading: string;
}

/** Cuts Japanese text into words. */
export type Analyse = (text: string) => Token[];

/** The loaded dictionary; every analyser made from it shares its tables, in every thread. */
export interface Dictionary {
  readonly tables: Tables;
  /** An analyser that knows `words` besides the dictionary's own; the longer such a word, the surer it wins. */
  analyser(words: readonly OverlayWord[]): Analyse;
}

const require = createRequire(import.meta.url);
const folder = join(dirname(require.resolve('kuromoji/package.json')), 'dict');
const { version } = require('kuromoji/package.json') as { version: string };

const keptAs = (name: string): string => `kuromoji-${version}-${name}.bin`;

/** One table of kuromoji's dictionary without the zeros it is padded with: kept inflated once it has been met. */
function table(name: string): Uint8Array {
  const found = fromCache(keptAs(name), true);
  if (found !== undefined) return found;
  const bytes = inflated(name);
  toCache(keptAs(name), bytes);
  return bytes;
}

/** The texts of a table: where the inflated table is kept, or the table itself where nothing can be kept. */
function textsOf(name: string): Texts {
  const path = inCache(keptAs(name));
  if (existsSync(path)) return path;
  const bytes = table(name);
  return existsSync(path) ? path : bytes;
}

/** The table from the package, inflated in a single chunk. */
function inflated(name: string): Uint8Array {
  const zipped = readFileSync(join(folder, `${name}.dat.gz`));
  const plain = gunzipSync(zipped, { chunkSize: zipped.readUInt32LE(zipped.length - 4) + 1 });
  const words = new Int32Array(plain.buffer, plain.byteOffset, plain.length >> 2);
  let word = words.length;
  while (word > 0 && words[word - 1] === 0) word -= 1;
  // A copy of its own, and four zero bytes behind: the inflated chunk shares its memory with the padding.
  const bytes = new Uint8Array(new SharedArrayBuffer(Math.min((word << 2) + 4, plain.length + 4 & ~3)));
  bytes.set(plain.subarray(0, bytes.length));
  return bytes;
}

const asInt32 = (bytes: Uint8Array): Int32Array => new Int32Array(bytes.buffer, 0, bytes.byteLength >> 2);

/** From a word's number in the trie to where its token numbers stand: `flat[at]` of them from `flat[at + 1]` on. */
function mapStarts(flat: Int32Array): Int32Array {
  let highest = 0;
  for (let at = 1; at + 1 < flat.length && flat[at + 1]! > 0; at += 2 + flat[at + 1]!) highest = Math.max(highest, flat[at]!);
  const starts = new Int32Array(highest + 1);
  for (let at = 1; at + 1 < flat.length && flat[at + 1]! > 0; at += 2 + flat[at + 1]!) starts[flat[at]!] = at + 1;
  return starts;
}

/** How unknown words of each character class are made: two flags, a length and the class's name each. */
function invokeFlags(bytes: Uint8Array): { always: boolean; group: boolean }[] {
  const flags = [];
  for (let at = 0; at + 6 < bytes.length && bytes.indexOf(0, at + 6) > at + 6;) {
    flags.push({ always: bytes[at] === 1, group: bytes[at + 1] === 1 });
    at = bytes.indexOf(0, at + 6) + 1;
  }
  return flags;
}

/**
 * Loads kuromoji's dictionary, 30 MB in flat tables, where its own loader takes 380 MB.
 * @throws when the files of the package cannot be read
 */
export function openDictionary(): Dictionary {
  const names = ['base', 'check', 'tid', 'tid_map', 'cc', 'unk', 'unk_map', 'unk_char', 'unk_invoke'] as const;
  const raw = {} as Record<(typeof names)[number], Uint8Array>;
  for (const name of names) raw[name] = table(name);
  const costs = new Int16Array(raw.cc.buffer, 0, raw.cc.byteLength >> 1);
  const tables: Tables = {
    base: asInt32(raw.base), check: asInt32(raw.check),
    known: { records: raw.tid, texts: textsOf('tid_pos'), map: asInt32(raw.tid_map), starts: mapStarts(asInt32(raw.tid_map)) },
    unknown: { records: raw.unk, texts: textsOf('unk_pos'), map: asInt32(raw.unk_map), starts: mapStarts(asInt32(raw.unk_map)) },
    costs, width: costs[1]!, classes: raw.unk_char, flags: invokeFlags(raw.unk_invoke),
  };
  return dictionaryOf(tables);
}

/** A dictionary from tables that another thread has loaded. */
export function dictionaryOf(tables: Tables): Dictionary {
  const features = featuresOf(tables);
  return { tables, analyser: (words) => makeAnalyser(tables, features, words) };
}
