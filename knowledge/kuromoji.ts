import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import CharacterDefinition from 'kuromoji/src/dict/CharacterDefinition.js';
import ConnectionCosts from 'kuromoji/src/dict/ConnectionCosts.js';
import DynamicDictionaries from 'kuromoji/src/dict/DynamicDictionaries.js';
import TokenInfoDictionary from 'kuromoji/src/dict/TokenInfoDictionary.js';
import UnknownDictionary from 'kuromoji/src/dict/UnknownDictionary.js';
import Tokenizer, { type Token } from 'kuromoji/src/Tokenizer.js';
import ByteBuffer from 'kuromoji/src/util/ByteBuffer.js';

/** A word of our own, laid over the dictionary: its spelling and its reading in katakana. */
export interface OverlayWord {
  readonly word: string;
  readonly reading: string;
}

/** Cuts Japanese text into kuromoji tokens. */
export type Analyse = (text: string) => Token[];
export type { Token };

/** The loaded dictionary; every analyser made from it shares its tables. */
export interface Dictionary {
  /** An analyser that knows `words` besides the dictionary's own; the longer such a word, the surer it wins. */
  analyser(words: readonly OverlayWord[]): Analyse;
}

const dictionaryFolder = join(dirname(createRequire(import.meta.url).resolve('kuromoji/package.json')), 'dict');
/** Connection class of a proper noun in IPADIC. */
const properNoun = 1288;
/** Room for the overlay behind the trimmed tables, so that appending does not double them. */
const spareBytes = 1 << 16;

const inflate = promisify(gunzip) as (zipped: Buffer, options: { chunkSize: number }) => Promise<Buffer>;

/** A table of the dictionary, and where its used part ends. */
interface Table {
  readonly bytes: Uint8Array;
  readonly end: number;
}

/** One table, inflated in a single chunk off the main thread; `trim` drops the zero padding the dictionary ships with. */
async function table(name: string, trim: boolean, spare = 0): Promise<Table> {
  const zipped = await readFile(join(dictionaryFolder, `${name}.dat.gz`));
  const plain = await inflate(zipped, { chunkSize: zipped.readUInt32LE(zipped.length - 4) + 1 });
  let end = plain.length;
  if (trim) {
    const words = new Int32Array(plain.buffer, plain.byteOffset, plain.length >> 2);
    let word = words.length;
    while (word > 0 && words[word - 1] === 0) word -= 1;
    end = Math.min(plain.length, (word + 1) << 2);
  }
  // A copy of its own: the inflated chunk shares its memory with the padding.
  const bytes = new Uint8Array(end + spare);
  bytes.set(plain.subarray(0, end));
  return { bytes, end };
}

const asInt32 = (bytes: Uint8Array): Int32Array => new Int32Array(bytes.buffer, 0, bytes.byteLength >> 2);

// Past the constructor, which would set a 10 MB scratch area aside.
const buffer = ({ bytes, end }: Table): ByteBuffer =>
  Object.assign(Object.create(ByteBuffer.prototype) as ByteBuffer, { buffer: bytes, position: end });

/**
 * The map from a word's number in the trie to its token numbers, as two flat arrays instead of 325,871 small ones.
 * kuromoji only ever reads `map[id]`, which the proxy answers.
 */
function targetMap({ bytes }: Table, own: Map<number, number[]>): Record<number, ArrayLike<number>> {
  const flat = asInt32(bytes);
  let highest = 0;
  for (let at = 1; at + 1 < flat.length && flat[at + 1]! > 0; at += 2 + flat[at + 1]!) highest = Math.max(highest, flat[at]!);
  const start = new Int32Array(highest + 1);
  for (let at = 1; at + 1 < flat.length && flat[at + 1]! > 0; at += 2 + flat[at + 1]!) start[flat[at]!] = at + 1;
  return new Proxy<Record<number, ArrayLike<number>>>({}, {
    get(_target, key) {
      const id = Number(key);
      const at = start[id];
      if (at === undefined || at === 0) return own.get(id) ?? [];
      return flat.subarray(at + 1, at + 1 + flat[at]!);
    },
  });
}

type Tables = Record<(typeof tableNames)[number], Table>;
const tableNames = [
  'base', 'check', 'tid', 'tid_pos', 'tid_map', 'cc', 'unk', 'unk_pos', 'unk_map', 'unk_char', 'unk_compat', 'unk_invoke',
] as const;
const padded = ['base', 'check', 'tid', 'tid_pos', 'unk', 'unk_pos'];
const extended = ['tid', 'tid_pos'];

interface Word {
  /** The word's number in the trie. */
  readonly v: number;
  readonly k: string;
}

/** Searches the dictionary's double array for every word a text begins with; unlike its own search it copies nothing. */
function makePrefixSearch(base: Int32Array, check: Int32Array): (text: string) => Word[] {
  return (text) => {
    const found: Word[] = [];
    let node = 0;
    const step = (byte: number): boolean => {
      const child = base[node]! + byte;
      if (check[child] !== node) return false;
      node = child;
      return true;
    };
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      const known = code < 0x80 ? step(code)
        : code < 0x800 ? step(0xc0 | (code >> 6)) && step(0x80 | (code & 0x3f))
          : step(0xe0 | (code >> 12)) && step(0x80 | ((code >> 6) & 0x3f)) && step(0x80 | (code & 0x3f));
      if (!known) return found; // the dictionary holds no surrogate pairs
      const end = base[node]!;
      if (check[end] === node && base[end]! <= 0) found.push({ v: -base[end]! - 1, k: text.slice(0, at + 1) });
    }
    return found;
  };
}

function unknownWords(tables: Tables): UnknownDictionary {
  const unknown = Object.create(UnknownDictionary.prototype) as UnknownDictionary;
  unknown.dictionary = buffer(tables.unk);
  unknown.pos_buffer = buffer(tables.unk_pos);
  unknown.target_map = targetMap(tables.unk_map, new Map());
  unknown.character_definition = CharacterDefinition.load(
    tables.unk_char.bytes,
    new Uint32Array(tables.unk_compat.bytes.buffer, 0, tables.unk_compat.end >> 2),
    tables.unk_invoke.bytes,
  );
  return unknown;
}

/** Loads kuromoji's own dictionary and classes without the copies and padding its loader keeps (about 280 MB less). */
export async function openDictionary(): Promise<Dictionary> {
  const tables = {} as Tables;
  // One after the other: all at once would keep twice the memory.
  for (const name of tableNames) tables[name] = await table(name, padded.includes(name), extended.includes(name) ? spareBytes : 0);
  const own = new Map<number, number[]>();
  const tokens = Object.create(TokenInfoDictionary.prototype) as TokenInfoDictionary;
  tokens.dictionary = buffer(tables.tid);
  tokens.pos_buffer = buffer(tables.tid_pos);
  tokens.target_map = targetMap(tables.tid_map, own);
  const costs = new ConnectionCosts(0, 0);
  costs.loadConnectionCosts(new Int16Array(tables.cc.bytes.buffer, 0, tables.cc.end >> 1));
  const prefixSearch = makePrefixSearch(asInt32(tables.base.bytes), asInt32(tables.check.bytes));
  const trie = { commonPrefixSearch: prefixSearch };
  const unknown = unknownWords(tables);

  // Words stay in the tables once added, so that a library made with fewer words and one made with more can live side by side.
  const ids = new Map<string, number>();
  let nextId = 1 << 24; // above every number of the trie
  const idOf = ({ word, reading }: OverlayWord): number => {
    const key = `${word}\t${reading}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    const cost = Math.max(-36_000, Math.round(-400 * word.length ** 1.5));
    own.set(nextId, [tokens.put(properNoun, properNoun, cost & 0xffff, word, `名詞,固有名詞,一般,*,*,*,${word},${reading},${reading}`)]);
    ids.set(key, nextId);
    nextId += 1;
    return nextId - 1;
  };

  return {
    analyser(words) {
      const overlay = new Map(words.map((word) => [word.word, idOf(word)]));
      const longest = Math.max(0, ...words.map(({ word }) => word.length));
      const tokenizer = new Tokenizer(new DynamicDictionaries(trie, tokens, costs, unknown));
      tokenizer.viterbi_builder.trie = {
        commonPrefixSearch(text) {
          const found = prefixSearch(text);
          for (let length = 1; length <= Math.min(longest, text.length); length += 1) {
            const prefix = text.slice(0, length);
            const id = overlay.get(prefix);
            if (id !== undefined) found.push({ v: id, k: prefix });
          }
          return found;
        },
      };
      return (text) => tokenizer.tokenize(text);
    },
  };
}
