// The parts of kuromoji 0.1.2 that the compact loader builds on; the published types cover only the builder.
declare module 'kuromoji/src/util/ByteBuffer.js' {
  export default class ByteBuffer {
    buffer: Uint8Array;
    position: number;
  }
}
declare module 'kuromoji/src/dict/TokenInfoDictionary.js' {
  import type ByteBuffer from 'kuromoji/src/util/ByteBuffer.js';
  export default class TokenInfoDictionary {
    dictionary: ByteBuffer;
    pos_buffer: ByteBuffer;
    target_map: Record<number, ArrayLike<number>>;
    put(leftId: number, rightId: number, cost: number, surface: string, features: string): number;
  }
}
declare module 'kuromoji/src/dict/UnknownDictionary.js' {
  import type TokenInfoDictionary from 'kuromoji/src/dict/TokenInfoDictionary.js';
  import type CharacterDefinition from 'kuromoji/src/dict/CharacterDefinition.js';
  export default class UnknownDictionary extends TokenInfoDictionary {
    character_definition: CharacterDefinition;
  }
}
declare module 'kuromoji/src/dict/CharacterDefinition.js' {
  export default class CharacterDefinition {
    static load(category: Uint8Array, compatible: Uint32Array, invoke: Uint8Array): CharacterDefinition;
  }
}
declare module 'kuromoji/src/dict/ConnectionCosts.js' {
  export default class ConnectionCosts {
    constructor(forward: number, backward: number);
    loadConnectionCosts(costs: Int16Array): void;
  }
}
declare module 'kuromoji/src/dict/DynamicDictionaries.js' {
  export default class DynamicDictionaries {
    constructor(trie: unknown, tokens: unknown, costs: unknown, unknown: unknown);
  }
}
declare module 'kuromoji/src/Tokenizer.js' {
  export interface Token {
    surface_form: string;
    pos: string;
    pos_detail_1: string;
    basic_form: string;
    reading?: string;
    word_type: 'KNOWN' | 'UNKNOWN';
  }
  export default class Tokenizer {
    constructor(dictionaries: unknown);
    viterbi_builder: { trie: { commonPrefixSearch(text: string): { v: number; k: string }[] } };
    tokenize(text: string): Token[];
  }
}
