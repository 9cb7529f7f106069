import { openSync, readSync } from 'node:fs';

/** Features of every word, ended by a zero byte: in memory, or the path of a file they are read from when they are needed. */
export type Texts = Uint8Array | string;

/** Words of the dictionary: 10-byte records (left, right, cost as shorts, offset of the features as an int), and how a word's number leads to them. */
export interface Words {
  readonly records: Uint8Array;
  readonly texts: Texts;
  readonly map: Int32Array;
  readonly starts: Int32Array;
}

/** kuromoji's dictionary in flat tables. */
export interface Tables {
  /** The double array in which every word is a path of UTF-8 bytes. */
  readonly base: Int32Array;
  readonly check: Int32Array;
  readonly known: Words;
  readonly unknown: Words;
  /** What it costs that a word of class `left` follows one of class `right`: `costs[right * width + left + 2]`. */
  readonly costs: Int16Array;
  readonly width: number;
  /** Character class of every UTF-16 unit, and how unknown words of a class are made. */
  readonly classes: Uint8Array;
  readonly flags: readonly { readonly always: boolean; readonly group: boolean }[];
}

/** Longer than the features of any word, in bytes. */
const longestText = 1024;

/** Half of the dictionary is hardly ever asked for: read from the file, it costs neither memory nor time at the start. */
function textsIn(path: string): (at: number) => Uint8Array {
  const file = openSync(path, 'r');
  const bytes = new Uint8Array(longestText);
  return (at) => {
    readSync(file, bytes, 0, longestText, at);
    return bytes.slice(0, bytes.indexOf(0));
  };
}

/** Features of a record, `surface,pos,detail,…,base,reading,…`. */
export interface Features {
  readonly known: (record: number) => readonly string[];
  readonly unknown: (record: number) => readonly string[];
}

export const featuresOf = ({ known, unknown }: Tables): Features => ({ known: makeFeatures(known), unknown: makeFeatures(unknown) });

/** Reads the features of a record once each. */
function makeFeatures({ records, texts }: Words): (record: number) => readonly string[] {
  const read = new Map<number, readonly string[]>();
  const textAt = typeof texts === 'string' ? textsIn(texts) : (at: number): Uint8Array => texts.slice(at, texts.indexOf(0, at));
  return (record) => {
    let features = read.get(record);
    if (features === undefined) {
      const at = records[record + 6]! | (records[record + 7]! << 8) | (records[record + 8]! << 16) | (records[record + 9]! << 24);
      features = new TextDecoder().decode(textAt(at)).split(',');
      read.set(record, features);
    }
    return features;
  };
}
