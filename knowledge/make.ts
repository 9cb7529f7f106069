import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import { keyOf, openMemo, toCacheLater, valueFromCache } from './cache.ts';
import { readFiles, type Files } from './files.ts';
import type { Prepared } from './prepare.ts';
import type { Document } from './search/index.ts';
import type { ConceptTables } from './search/concepts.ts';
import type { Dictionary } from './search/kuromoji.ts';
import type { LearnedAll, LearnedIndex } from './search/learn.ts';
import type { Language } from './search/terms.ts';

/** What a library is made of, before it is put together. */
export interface Made {
  readonly prepared: Prepared;
  readonly learned: LearnedAll;
  readonly tables: ConceptTables;
  /** Something was learnt in a hurry; made again without it, the same files are understood better. */
  readonly isRough: boolean;
}

/** Makes what a library is made of; what it hands out is the caller's alone, and may pass to another thread. */
export type Maker = (folder: string, isHurried?: boolean) => Promise<Made>;

/** The flat arrays of something learnt. */
function* arraysOf(value: unknown): Generator<ArrayBufferView> {
  if (ArrayBuffer.isView(value)) yield value;
  else if (typeof value === 'object' && value !== null && !Array.isArray(value)) for (const part of Object.values(value)) yield* arraysOf(part);
}

/** What another thread can be given instead of a copy of it. */
export const buffersOf = ({ learned }: Made): ArrayBuffer[] => [...arraysOf(learned)].map(({ buffer }) => buffer as ArrayBuffer);

/** Where what was learnt thoroughly last is kept, and a digest of every owner's documents then. */
interface LastLearned {
  readonly name: string;
  readonly digests: ReadonlyMap<string, string>;
}

/** Most owners whose documents are learnt anew one by one. */
const mostAmended = 20;

/** A digest of every owner's documents, by the owner's label. */
function digestsOf(documents: readonly Document[], labelOf: (document: Document) => string): Map<string, string> {
  const texts = new Map<string, (string | number)[]>();
  for (const document of documents) {
    const label = labelOf(document);
    const some = texts.get(label);
    if (some === undefined) texts.set(label, [document.text, document.weight]);
    else some.push(document.text, document.weight);
  }
  return new Map([...texts].map(([label, some]) => [label, createHash('sha256').update(JSON.stringify(some)).digest('hex')]));
}

/** Keeps a value as it is now, once whoever waits has it. */
function keep(name: string, value: unknown, kind: string): void {
  const bytes = serialize(value);
  toCacheLater(name, () => bytes, kind);
}

/**
 * Opens a maker that reads, checks and learns the files of a knowledge folder, or takes what was made of the same files before.
 * What an edit did not touch is not done again, in this process or the next: reading the other files, cutting the other texts, learning the other language.
 */
export function openMaker(dictionary: () => Dictionary): Maker {
  const makeAnew = async (files: Files, isHurried: boolean): Promise<Made> => {
    // Loaded only here: most starts find what they need.
    const [{ documentsOf, prepare }, { amend, hurried, labelOf, learnOne }, { makeCut }] = await Promise.all(
      [import('./prepare.ts'), import('./search/learn.ts'), import('./search/terms.ts')]);
    const read = openMemo('read', keyOf([]));
    const prepared = prepare(files, read.of);
    read.save();
    const cutKey = JSON.stringify([prepared.terms, prepared.concepts]);
    const tables = openMemo('concepts', keyOf([]));
    const cut = makeCut(dictionary(), prepared.terms, prepared.concepts, tables.of(cutKey, () => makeCut(dictionary(), prepared.terms, prepared.concepts).tables));
    tables.save();
    const documents = documentsOf(files, prepared);
    let isRough = false;
    const learn = (language: Language): LearnedIndex => {
      const digests = digestsOf(documents[language], labelOf);
      const name = `learned-${language}-${keyOf([[language, JSON.stringify([cutKey, ...digests])]])}.bin`;
      const kept = valueFromCache<LearnedIndex>(name);
      if (kept !== undefined) return kept;
      // Where few owners' documents are new, what was learnt thoroughly last serves until there is time, with these few learnt anew.
      const lastName = `last-${language}-${keyOf([[language, cutKey]])}.bin`;
      isRough ||= isHurried;
      const last = isHurried ? valueFromCache<LastLearned>(lastName) : undefined;
      const changed = last === undefined ? undefined : new Set([...digests.keys(), ...last.digests.keys()].filter((label) => digests.get(label) !== last.digests.get(label)));
      const before = changed === undefined || changed.size > mostAmended ? undefined : valueFromCache<LearnedIndex>(last!.name);
      if (before !== undefined) return amend(before, changed!, documents[language].filter((document) => changed!.has(labelOf(document))), language, cut);
      const terms = openMemo(`terms-${language}`, keyOf([[language, cutKey]]));
      const index = learnOne(documents[language], language, (text) => terms.of(text, () => cut(text, language)), isHurried ? hurried : undefined);
      terms.save();
      if (!isHurried) {
        keep(name, index, `learned-${language}`);
        keep(lastName, { name, digests } satisfies LastLearned, `last-${language}`);
      }
      return index;
    };
    const learned = { ja: learn('ja'), en: learn('en') };
    return { prepared, tables: cut.tables, learned, isRough };
  };

  return async (folder, isHurried = false) => {
    const files = await readFiles(folder);
    const name = `library-${keyOf([...files.texts, ['unread', JSON.stringify(files.findings)]])}.bin`;
    const known = valueFromCache<Made>(name);
    if (known !== undefined) return known;
    const made = await makeAnew(files, isHurried);
    if (!made.isRough) keep(name, made, 'library');
    return made;
  };
}
