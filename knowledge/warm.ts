import { fileURLToPath } from 'node:url';
import { openMaker } from './make.ts';
import { openDictionary } from './search/kuromoji.ts';

// Run after installing: inflates the dictionary and learns the shipped knowledge once, so that the first start is as quick as any.
// Whatever goes wrong here will be said at the start, where it matters.
try {
  await openMaker(openDictionary)(fileURLToPath(new URL('.', import.meta.url)));
} catch (error) {
  console.error('The search will be prepared at the first start instead:', error instanceof Error ? error.message : error);
}
