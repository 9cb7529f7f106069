import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { FindingsError, type Finding } from '../finding.ts';
import { makeLibrary, type Made } from '../make.ts';
import { dictionaryOf, openDictionary } from './kuromoji.ts';
import type { LearnedAll } from './learn.ts';
import type { Tables } from './lattice.ts';

/** What the thread answers to the folder it is given, once. */
export type FromThread =
  | ({ readonly kind: 'made'; readonly tables: Tables } & Made)
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** Memory that is handed over instead of copied. */
const buffersOf = ({ ja, en }: LearnedAll): ArrayBuffer[] => [...new Set([ja, en].flatMap(({ model: { table, weightOf, rarity, starts, classes, gains } }) =>
  [table.keys, table.numbers, weightOf, rarity, starts, classes, gains].map(({ buffer }) => buffer as ArrayBuffer)))];

// A library is made in a thread of its own, so that conversations go on meanwhile; the thread ends after one.
if (parentPort !== null) {
  enableCompileCache();
  const port = parentPort;
  const { tables } = workerData as { tables: Tables | undefined };
  const opening = tables === undefined ? openDictionary() : Promise.resolve(dictionaryOf(tables));
  const make = async (folder: string): Promise<FromThread> => {
    try {
      return { kind: 'made', ...await makeLibrary(folder, opening), tables: (await opening).tables };
    } catch (error) {
      if (error instanceof FindingsError) return { kind: 'refused', findings: error.findings };
      throw error;
    }
  };
  port.once('message', (folder: string) => void make(folder).then((answer) => {
    port.postMessage(answer, answer.kind === 'made' ? buffersOf(answer.learned) : []);
    port.close();
  }));
}
