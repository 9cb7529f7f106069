import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { FindingsError } from './finding.ts';
import { assemble, type Library } from './library.ts';
import { openMaker } from './make.ts';
import { dictionaryOf, type Dictionary } from './search/kuromoji.ts';
import { startThread } from './search/thread.ts';
import type { FromThread, ToThread } from './search/worker.ts';

/**
 * Builds a library from the files of a folder; in a hurry, one that may understand a little less and is there sooner.
 * @throws FindingsError when nothing can be said at all; an Error when the folder cannot be read
 */
export interface Build {
  (folder: string, isHurried?: boolean): Promise<Library>;
  /** Gets ready: files are being saved. */
  expect?(): void;
}

/** Builds in this thread; what was made of the same files before is not made again. */
export function buildHere(dictionary: Dictionary): Build {
  const make = openMaker(() => dictionary);
  return async (folder, isHurried) => {
    const { prepared, learned, tables, isRough } = await make(folder, isHurried);
    return assemble(prepared, learned, dictionary, tables, isRough);
  };
}

/** How long a thread is kept after an edit, in ms: whoever edits once mostly edits again, and a thread that is warm answers sooner. */
const keptFor = 5 * 60_000;
/** After the start it only has to keep what it made for the next. */
const startedFor = 1500;

/**
 * Builds in another thread, one library at a time; one that is learnt thoroughly is given up for one that somebody waits for. `first` has begun to load the dictionary; it is let go once the service has its
 * library, since a thread holds 40 MB, and another is started at the first edit.
 */
export function buildInThread(first: Worker): Build {
  let thread: Worker | undefined = first;
  let dictionary: Dictionary | undefined;
  let leaving: NodeJS.Timeout | undefined;
  let isThorough = false;
  const letGo = (): void => {
    void thread?.terminate();
    thread = undefined;
    isThorough = false;
  };
  const build: Build = async (folder, isHurried = false) => {
    clearTimeout(leaving);
    if (isThorough && isHurried) letGo();
    const worker = thread ??= startThread();
    // Awaited from now on, and rejected when the thread itself fails.
    worker.ref();
    const heard = new AbortController();
    const answering = Promise.race([
      once(worker, 'message', heard) as Promise<[FromThread]>,
      once(worker, 'exit', heard).then(() => { throw new Error('The thread was let go.'); }),
    ]);
    worker.postMessage({ folder, isHurried } satisfies ToThread);
    isThorough = !isHurried;
    const [answer] = await answering.finally(() => {
      heard.abort();
      worker.unref();
    });
    isThorough = false;
    leaving = setTimeout(letGo, dictionary === undefined ? startedFor : keptFor).unref();
    if (answer.kind === 'refused') throw new FindingsError(answer.findings);
    if (answer.kind === 'failed') throw new Error(answer.message);
    dictionary ??= dictionaryOf(answer.tables);
    const { prepared, learned, tables, isRough } = answer.made;
    return assemble(prepared, learned, dictionary, tables, isRough);
  };
  return Object.assign(build, { expect: () => { thread ??= startThread(); } });
}
