import { rmSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Lets `work` use a folder of its own that is gone afterwards, also when Ctrl+C breaks it off. */
export async function inTemporaryFolder<Result>(prefix: string, work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), prefix)));
  const clear = (): void => rmSync(folder, { recursive: true, force: true });
  const stop = (): never => process.exit(130);
  process.once('exit', clear);
  process.once('SIGINT', stop);
  try {
    return await work(folder);
  } finally {
    process.off('exit', clear);
    process.off('SIGINT', stop);
    clear();
  }
}
