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

/** Where the bytes of a name are kept. */
export const inCache = (name: string): string => join(folder, name);

/** @returns bytes kept under a name; undefined also when they cannot be read, since they can be made again */
export function fromCache(name: string, shared = false): Uint8Array<ArrayBuffer | SharedArrayBuffer> | undefined {
  try {
    const file = openSync(inCache(name), 'r');
    try {
      const { size } = fstatSync(file);
      const bytes = shared ? new Uint8Array(new SharedArrayBuffer(size)) : new Uint8Array(size);
      return readSync(file, bytes, 0, bytes.length, 0) === bytes.length && bytes.length > 0 ? bytes : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** Keeps bytes under a name once whoever waits has them. */
export const toCacheLater = (name: string, bytes: () => Uint8Array, kind: string): void => void setTimeout(() => {
  toCache(name, bytes());
  thinOut(kind);
}, 0);

/** Keeps bytes under a name, whole or not at all. A folder that cannot be written is no fault: the next start is only slower. */
export function toCache(name: string, bytes: Uint8Array): void {
  try {
    mkdirSync(folder, { recursive: true });
    const half = join(folder, `${name}.${process.pid}.half`);
    writeFileSync(half, bytes);
    renameSync(half, inCache(name));
  } catch {
    // As said above.
  }
}

/** Keys that are longer are remembered by their digest. */
const longKey = 200;

/** Results that are remembered besides those in use. */
const mostKept = 100_000;

/** Gives the result that was made of the same key before, or makes it. */
export type Remember = <Value>(key: string, make: () => Value) => Value;

/** Remembers nothing. */
export const makeAnew: Remember = (_key, make) => make();

/** Results that outlive the process: after an edit nearly all are the same. */
export interface Memo {
  readonly of: Remember;
  /** Keeps what was asked for. */
  save(): void;
}

/** @param key what the results depend on beside their own keys: a result's type must follow from its key */
export function openMemo(kind: string, key: string): Memo {
  const name = `${kind}-${key}.bin`;
  const bytes = fromCache(name);
  let known = bytes === undefined ? new Map<string, unknown>() : deserialize(bytes) as Map<string, unknown>;
  let asked = new Map<string, unknown>();
  let isNew = false;
  return {
    of: <Value>(key: string, make: () => Value): Value => {
      const wanted = key.length > longKey ? createHash('sha256').update(key).digest('base64') : key;
      let value = (known.get(wanted) ?? asked.get(wanted)) as Value | undefined;
      if (value === undefined) {
        value = make();
        isNew = true;
      }
      asked.set(wanted, value);
      return value;
    },
    save() {
      // What was not asked for may be asked for again after the next edit; only too much of it is forgotten.
      const kept = known = known.size > mostKept ? asked : new Map([...known, ...asked]);
      asked = new Map();
      if (isNew) toCacheLater(name, () => serialize(kept), kind);
      isNew = false;
    },
  };
}

/** Keeps the newest few of a kind of results. */
function thinOut(kind: string): void {
  try {
    const old = readdirSync(folder).filter((name) => name.startsWith(`${kind}-`)).map((name) => ({ name, time: statSync(join(folder, name)).mtimeMs })).sort((a, b) => b.time - a.time);
    for (const { name } of old.slice(kept)) rmSync(join(folder, name), { force: true });
  } catch {
    // As said above.
  }
}
