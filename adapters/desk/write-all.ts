import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from './command.ts';

/** A file as it is and as it should be; undefined where there is none. */
export interface FileChange {
  /** Path below the knowledge folder. */
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The text of a file as it lies on the disk, its mark at the beginning included; undefined where there is none. */
export const textOf = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

/** A name that is taken for no knowledge file. */
const halfDone = (path: string): string => join(dirname(path), `.${basename(path)}.half`);

/**
 * Writes all files or none. Every new text is on the disk before the first file changes; if one cannot be changed, those before it are put back.
 * @throws UsageError when a file is no longer as it was when the change was made
 */
export async function writeAll(folder: string, changes: readonly FileChange[]): Promise<void> {
  for (const { file, before } of changes) {
    if (await textOf(join(folder, file)) !== before) {
      throw new UsageError({ ja: `${file} が、その間に変わりました。何も書いていません。もう一度やり直してください。`, en: `${file} has changed meanwhile. Nothing was written; please begin again.` });
    }
  }
  const paths = changes.map(({ file }) => join(folder, file));
  const done: FileChange[] = [];
  try {
    for (const [at, { after }] of changes.entries()) {
      await mkdir(dirname(paths[at]!), { recursive: true });
      if (after !== undefined) await writeFile(halfDone(paths[at]!), after, { flush: true });
    }
    for (const [at, change] of changes.entries()) {
      if (change.after === undefined) await rm(paths[at]!);
      else await rename(halfDone(paths[at]!), paths[at]!);
      done.push(change);
    }
  } catch (error) {
    for (const { file, before } of done.reverse()) {
      if (before === undefined) await rm(join(folder, file), { force: true });
      else await writeFile(join(folder, file), before, { flush: true });
    }
    throw error;
  } finally {
    await Promise.all(paths.map((path) => rm(halfDone(path), { force: true })));
  }
}
