import { fromCache, keyOf, toCache } from './cache.ts';
import { readFiles } from './files.ts';
import type { Prepared } from './prepare.ts';
import type { Dictionary } from './search/kuromoji.ts';
import type { LearnedAll } from './search/learn.ts';

/** What a library is made of, before it is put together. */
export interface Made {
  readonly prepared: Prepared;
  readonly learned: LearnedAll;
}

/**
 * Reads, checks and learns the files of a knowledge folder, or takes what was made of the same files before.
 * @throws FindingsError when nothing can be said at all; an Error when the folder cannot be read
 */
export async function makeLibrary(folder: string, opening: Promise<Dictionary>): Promise<Made> {
  const files = await readFiles(folder);
  const key = keyOf([...files.texts, ['unread', JSON.stringify(files.findings)]]);
  const known = fromCache<Made>('library', key);
  if (known !== undefined) return known;
  // Loaded only here: most starts find what they need.
  const [{ documentsOf, prepare }, { learnAll }, { makeCut }] = await Promise.all([import('./prepare.ts'), import('./search/learn.ts'), import('./search/terms.ts')]);
  const prepared = prepare(files);
  const made = { prepared, learned: learnAll(documentsOf(files, prepared), makeCut(await opening, prepared.terms, prepared.concepts)) };
  toCache('library', key, made);
  return made;
}
