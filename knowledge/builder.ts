import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { readFiles } from './files.ts';
import { FindingsError } from './finding.ts';
import { assemble, buildLibrary, type Library } from './library.ts';
import { dictionaryOf, type Dictionary } from './search/kuromoji.ts';
import { startThread } from './search/thread.ts';
import type { FromThread } from './search/worker.ts';

/**
 * Builds a library from the files of a folder.
 * @throws FindingsError when nothing can be said at all; an Error when the folder cannot be read
 */
export type Build = (folder: string) => Promise<Library>;

/** Builds in this thread, with a dictionary that is loaded. */
export const buildHere = (dictionary: Dictionary): Build => async (folder) => buildLibrary(await readFiles(folder), dictionary);

/** Builds in another thread: `first`, which has begun to load the dictionary, and later ones with its tables. */
export function buildInThread(first: Worker): Build {
  let waiting: Worker | undefined = first;
  let dictionary: Dictionary | undefined;
  return async (folder) => {
    const thread = waiting ?? startThread(dictionary?.tables);
    waiting = undefined;
    thread.postMessage(folder);
    // `once` rejects when the thread fails.
    const [answer] = await once(thread, 'message') as [FromThread];
    if (answer.kind === 'refused') throw new FindingsError(answer.findings);
    dictionary ??= dictionaryOf(answer.tables);
    return assemble(answer.prepared, answer.learned, dictionary);
  };
}
