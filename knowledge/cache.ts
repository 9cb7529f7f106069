import { createHash } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules/.cache/madoguchi');
/** Results of one kind that are kept. */
const kept = 3;

/** A digest of texts and of the code that works on them: a result is as old as the oldest of them. */
export function keyOf(texts: Iterable<readonly [string, string]>): string {
  const digest = createHash('sha256').update(process.version);
  const own = fileURLToPath(new URL('.', import.meta.url));
  for (const file of readdirSync(own, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).sort()) digest.update(file).update(readFileSync(join(own, file)));
  for (const [name, text] of texts) digest.update(`\0${name}\0${text.length}\0`).update(text);
  return digest.digest('hex').slice(0, 32);
}

/** @returns what was kept under a key, or undefined: also when it cannot be read, since it can be made again */
export function fromCache<Value>(kind: string, key: string): Value | undefined {
  try {
    return deserialize(readFileSync(join(folder, `${kind}-${key}.bin`))) as Value;
  } catch {
    return undefined;
  }
}

/** @returns bytes kept under a name, in memory that threads can share */
export function bytesFromCache(name: string): Uint8Array | undefined {
  try {
    const file = openSync(join(folder, name), 'r');
    try {
      const bytes = new Uint8Array(new SharedArrayBuffer(fstatSync(file).size));
      return readSync(file, bytes, 0, bytes.length, 0) === bytes.length && bytes.length > 0 ? bytes : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** Keeps bytes under a name, whole or not at all. */
export function bytesToCache(name: string, bytes: Uint8Array): void {
  try {
    keep(name, bytes);
  } catch {
    // A folder that cannot be written is no fault: the next start is only slower.
  }
}

function keep(name: string, bytes: Uint8Array): void {
  mkdirSync(folder, { recursive: true });
  const half = join(folder, `${name}.${process.pid}.half`);
  writeFileSync(half, bytes);
  renameSync(half, join(folder, name));
}

/** Keeps a result, whole or not at all. A folder that cannot be written is no fault: the next start is only slower. */
export function toCache(kind: string, key: string, value: unknown): void {
  try {
    keep(`${kind}-${key}.bin`, serialize(value));
    const old = readdirSync(folder).filter((name) => name.startsWith(`${kind}-`)).map((name) => ({ name, time: statSync(join(folder, name)).mtimeMs })).sort((a, b) => b.time - a.time);
    for (const { name } of old.slice(kept)) rmSync(join(folder, name), { force: true });
  } catch {
    // As said above.
  }
}
