import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import doublearray from 'doublearray';
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

const dictionaryFolder = join(dirname(createRequire(import.meta.url).resolve('kuromoji/package.json')), 'dict');
/** Connection class of a proper noun in IPADIC. */
const properNoun = 1288;
/** Room for the overlay behind the trimmed tables, so that appending does not double them. */
const spareBytes = 1 << 16;

/** One table, inflated in a single chunk; `trim` drops the zero padding the dictionary ships with. */
function table(name: string, trim: boolean): Uint8Array {
  const zipped = readFileSync(join(dictionaryFolder, `${name}.dat.gz`));
  const plain = gunzipSync(zipped, { chunkSize: zipped.readUInt32LE(zipped.length - 4) + 1 });
  let end = plain.length;
  if (trim) {
    while (end > 0 && plain[end - 1] === 0) end -= 1;
    end = Math.min(plain.length, (end + 8) & ~3);
  }
  // A copy of its own: the inflated chunk shares its memory with the padding.
  return new Uint8Array(plain.subarray(0, end));
}

const asInt32 = (bytes: Uint8Array): Int32Array => new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);

function buffer(bytes: Uint8Array, spare = 0): ByteBuffer {
  const room = spare === 0 ? bytes : new Uint8Array(bytes.length + spare);
  if (spare > 0) room.set(bytes);
  // Past the constructor, which would set a 10 MB scratch area aside.
  return Object.assign(Object.create(ByteBuffer.prototype) as ByteBuffer, { buffer: room, position: bytes.length });
}

/**
 * The map from a word's number in the trie to its token numbers, as two flat arrays instead of 325,871 small ones.
 * kuromoji only ever reads `map[id]`, which the proxy answers.
 */
function targetMap(bytes: Uint8Array, own: Map<number, number[]>): Record<number, ArrayLike<number>> {
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

function unknownWords(): UnknownDictionary {
  const unknown = Object.create(UnknownDictionary.prototype) as UnknownDictionary;
  unknown.dictionary = buffer(table('unk', true));
  unknown.pos_buffer = buffer(table('unk_pos', true));
  unknown.target_map = targetMap(table('unk_map', false), new Map());
  const compatible = table('unk_compat', false);
  unknown.character_definition = CharacterDefinition.load(
    table('unk_char', false),
    new Uint32Array(compatible.buffer, 0, compatible.byteLength >> 2),
    table('unk_invoke', false),
  );
  return unknown;
}

/**
 * Loads kuromoji's own dictionary and classes without the copies and padding its loader keeps (about 280 MB less),
 * and lays our words over it. The longer an overlay word, the surer it wins.
 * @param words read at load; call again for another set
 */
export function loadAnalyser(words: readonly OverlayWord[]): Analyse {
  const own = new Map<number, number[]>();
  const tokens = Object.create(TokenInfoDictionary.prototype) as TokenInfoDictionary;
  tokens.dictionary = buffer(table('tid', true), spareBytes);
  tokens.pos_buffer = buffer(table('tid_pos', true), spareBytes);
  tokens.target_map = targetMap(table('tid_map', false), own);
  const costs = new ConnectionCosts(0, 0);
  const cc = table('cc', false);
  costs.loadConnectionCosts(new Int16Array(cc.buffer, 0, cc.byteLength >> 1));
  const trie = doublearray.load(asInt32(table('base', true)), asInt32(table('check', true)));
  const tokenizer = new Tokenizer(new DynamicDictionaries(trie, tokens, costs, unknownWords()));

  const overlay = new Map<string, number>();
  let nextId = 1 << 24; // above every number of the trie
  for (const { word, reading } of words) {
    const cost = Math.max(-36_000, Math.round(-400 * word.length ** 1.5));
    const token = tokens.put(properNoun, properNoun, cost & 0xffff, word, `名詞,固有名詞,一般,*,*,*,${word},${reading},${reading}`);
    own.set(nextId, [token]);
    overlay.set(word, nextId);
    nextId += 1;
  }
  const longest = Math.max(0, ...words.map(({ word }) => word.length));
  tokenizer.viterbi_builder.trie = {
    commonPrefixSearch(text) {
      const found = trie.commonPrefixSearch(text);
      for (let length = 1; length <= Math.min(longest, text.length); length += 1) {
        const prefix = text.slice(0, length);
        const id = overlay.get(prefix);
        if (id !== undefined) found.push({ v: id, k: prefix });
      }
      return found;
    },
  };
  return (text) => tokenizer.tokenize(text);
}
