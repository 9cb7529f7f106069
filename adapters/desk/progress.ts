import { SingleBar } from 'cli-progress';

/** Work shorter than this shows no bar, in ms. */
const patience = 1000;

/** Yields the items one by one, and shows on a terminal how far the work is once it takes longer than a second. */
export function* withProgress<Item>(items: readonly Item[], label: string): Generator<Item> {
  const begin = performance.now();
  const bar = new SingleBar({ format: `${label} [{bar}] {value}/{total}`, stream: process.stderr, clearOnComplete: true });
  let isShown = false;
  for (const [at, item] of items.entries()) {
    if (isShown) bar.update(at);
    else if (performance.now() - begin > patience) {
      bar.start(items.length, at);
      isShown = true;
    }
    yield item;
  }
  if (isShown) bar.stop();
}

/** Does work whose length nobody knows, and says on a terminal what it is; the words are gone when it is done. */
export async function whileSaying<Result>(words: string, work: () => Promise<Result>): Promise<Result> {
  if (!process.stderr.isTTY) return work();
  process.stderr.write(words);
  try {
    return await work();
  } finally {
    process.stderr.write('\r\x1b[K');
  }
}
