import { enableCompileCache } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { FindingsError, type Finding } from '../finding.ts';
import { buffersOf, openMaker, type Made } from '../make.ts';
import { openDictionary, type Dictionary } from './kuromoji.ts';
import type { Tables } from './tables.ts';

/** What the thread is asked for. */
export interface ToThread {
  readonly folder: string;
  readonly isHurried: boolean;
}

/** What the thread answers to a folder it is given. */
export type FromThread =
  | { readonly kind: 'made'; readonly made: Made; readonly tables: Tables }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] }
  | { readonly kind: 'failed'; readonly message: string };

// Libraries are made in a thread of their own, so that conversations go on meanwhile.
if (parentPort !== null) {
  enableCompileCache();
  const port = parentPort;
  let opened: Dictionary | undefined;
  const dictionary = (): Dictionary => (opened ??= openDictionary());
  // While the main thread loads its modules, this one has nothing else to do.
  dictionary();
  const make = openMaker(dictionary);
  const answer = async ({ folder, isHurried }: ToThread): Promise<FromThread> => {
    try {
      return { kind: 'made', made: await make(folder, isHurried), tables: dictionary().tables };
    } catch (error) {
      if (error instanceof FindingsError) return { kind: 'refused', findings: error.findings };
      return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  };
  port.on('message', (asked: ToThread) => void answer(asked).then((told) => port.postMessage(told, told.kind === 'made' ? buffersOf(told.made) : [])));
}
