import { watch, type FSWatcher } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** How long the files must be still before anybody is told, in ms: half-copied files are not read. */
const stillFor = 200;
/** How often to look whether something changed unnoticed, in ms: network drives tell nothing, and a folder that was replaced is another one. */
const lookAgain = 10_000;

/** What changes when any file below a folder does; undefined while it cannot be read. */
async function fingerprint(folder: string): Promise<string | undefined> {
  try {
    const names = await readdir(folder, { recursive: true });
    const times = await Promise.all(names.map(async (name) => {
      const { mtimeMs, size } = await stat(join(folder, name));
      return `${name} ${mtimeMs} ${size}`;
    }));
    return times.sort().join('\n');
  } catch {
    return undefined;
  }
}

/**
 * Tells of changes below a folder, once they are over; also when the folder is deleted, and when it is back.
 * @param expect is called while they go on
 * @returns a function that ends the watch
 */
export async function watchFolder(folder: string, tell: () => void, lookEvery = lookAgain, expect?: () => void): Promise<() => void> {
  let waiting: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;
  let known = await fingerprint(folder);
  let isOver = false;
  const onChange = (): void => {
    expect?.();
    clearTimeout(waiting);
    // What is told now is known when it is looked for again.
    waiting = setTimeout(() => void fingerprint(folder).then((seen) => {
      known = seen;
      if (!isOver) tell();
    }), stillFor);
  };
  const open = (): void => {
    watcher?.close();
    try {
      watcher = watch(folder, { recursive: true }, onChange);
      watcher.on('error', onChange);
    } catch {
      // The folder is away; the next look finds it again.
      watcher = undefined;
    }
  };
  open();
  const looking = setInterval(() => void fingerprint(folder).then((seen) => {
    if (seen === known) return;
    known = seen;
    open();
    onChange();
  }), lookEvery).unref();
  return () => {
    isOver = true;
    clearInterval(looking);
    clearTimeout(waiting);
    watcher?.close();
  };
}
