import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from './command.ts';

/** A file as it is and as it should be; undefined where there is none. */
export interface FileChange {
  /** Path below the knowledge folder. */
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

const unlessMissing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code === 'ENOENT') return undefined;
  throw error;
};

/** The text of a file as it lies on the disk, its mark at the beginning included; undefined where there is none. */
export const textOf = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(unlessMissing);

/** Names that are taken for no knowledge file. */
const halfDone = (path: string): string => join(dirname(path), `.${basename(path)}.half`);
const journalOf = (folder: string): string => join(folder, '.before.half');

/** Writes one file, whole or not at all; who may read and write it stays. */
export async function writeWhole(path: string, contents: string | Uint8Array): Promise<void> {
  const old = await stat(path).catch(unlessMissing);
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(halfDone(path), contents, { flush: true });
    if (old !== undefined) await chmod(halfDone(path), old.mode);
    await rename(halfDone(path), path);
  } catch (error) {
    await rm(halfDone(path), { force: true });
    throw error;
  }
}

const put = (folder: string, file: string, text: string | undefined): Promise<void> => (text === undefined ? rm(join(folder, file), { force: true }) : writeWhole(join(folder, file), text));

/** Puts back what was there before writing broke off, by a fault now or by a power cut the last time. */
async function putBack(folder: string): Promise<void> {
  const journal = await textOf(journalOf(folder));
  if (journal === undefined) return;
  for (const { file, before } of JSON.parse(journal) as FileChange[]) {
    await rm(halfDone(join(folder, file)), { force: true });
    await put(folder, file, before);
  }
  await rm(journalOf(folder));
}

/**
 * Writes all files or none. What is there is kept beside them while they are written; if that breaks off, it is put back, at the latest the next time.
 * @throws UsageError when a file is no longer as it was when the change was made; the system’s error, marked `isPutBack`, when a file cannot be written
 */
export async function writeAll(folder: string, changes: readonly FileChange[]): Promise<void> {
  await putBack(folder);
  for (const { file, before } of changes) {
    if (await textOf(join(folder, file)) !== before) {
      throw new UsageError({ ja: `${file} が、その間に変わりました。何も書いていません。もう一度やり直してください。`, en: `${file} has changed meanwhile. Nothing was written; please begin again.` });
    }
  }
  // Ctrl+C has to wait until all is written.
  const later = (): void => undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, later);
  try {
    await writeWhole(journalOf(folder), JSON.stringify(changes.map(({ file, before }) => ({ file, before }))));
    for (const { file, after } of changes) await put(folder, file, after);
    await rm(journalOf(folder));
  } catch (error) {
    await putBack(folder);
    throw Object.assign(error as Error, { isPutBack: true });
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, later);
  }
}
