import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules/.cache/madoguchi');
/** Results of one kind that are kept, and the most bytes they may take: those that were used last. Learning the shipped files takes longest and makes the largest. */
const most = { results: 40, bytes: 150e6 };

let code: Hash | undefined;
/** Begins a digest with the code as it was when the process first asked, which is the code that runs. */
function afterCode(): Hash {
  if (code === undefined) {
    code = createHash('sha256').update(process.version);
    const own = fileURLToPath(new URL('.', import.meta.url));
    for (const file of readdirSync(own, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).sort()) code.update(file).update(readFileSync(join(own, file)));
  }
  return code.copy();
}

/** A digest of texts and of the code that works on them: a result is as old as the oldest of them. */
export function keyOf(texts: Iterable<readonly [string, string]>): string {
  const digest = afterCode();
  for (const [name, text] of texts) digest.update(`\0${name}\0${text.length}\0`).update(text);
  return digest.digest('hex').slice(0, 32);
}

/** Where the bytes of a name are kept. */
export const inCache = (name: string): string => join(folder, name);

/** Marks a result as used just now, so that others go before it. */
function use(name: string): void {
  try {
    const now = new Date();
    utimesSync(inCache(name), now, now);
  } catch {
    // A folder that cannot be written thins nothing out either.
  }
}

/** @returns bytes kept under a name; undefined also when they cannot be read, since they can be made again */
export function fromCache(name: string, shared = false): Uint8Array<ArrayBuffer | SharedArrayBuffer> | undefined {
  try {
    const file = openSync(inCache(name), 'r');
    try {
      const { size } = fstatSync(file);
      const bytes = shared ? new Uint8Array(new SharedArrayBuffer(size)) : new Uint8Array(size);
      if (readSync(file, bytes, 0, bytes.length, 0) !== bytes.length || bytes.length === 0) return undefined;
      use(name);
      return bytes;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** An array of numbers, of this realm or another. */
const isFlat = <Value>(value: Value): value is Value & ArrayBufferView & { slice(): Value } => ArrayBuffer.isView(value) && 'slice' in value;

/**
 * Gives every array memory of its own: V8 leaves one that happens to lie evenly in the bytes of everything else, which would stay as long as it does,
 * and Node puts a small one that does not into memory it shares out, which cannot pass to another thread.
 */
function apart<Value>(value: Value): Value {
  if (isFlat(value)) return value.byteLength === value.buffer.byteLength ? value : value.slice();
  if (Object.prototype.toString.call(value) !== '[object Object]') return value;
  return Object.fromEntries(Object.entries(value as object).map(([name, part]) => [name, apart<unknown>(part)])) as Value;
}

/** @returns the value kept serialized under a name; undefined also when it cannot be read. Its type must follow from the name. */
export function valueFromCache<Value>(name: string): Value | undefined {
  const bytes = fromCache(name);
  try {
    return bytes === undefined ? undefined : apart(deserialize(bytes) as Value);
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
    // On the disk before it has its name: a power cut must not leave half of it.
    writeFileSync(half, bytes, { flush: true });
    renameSync(half, inCache(name));
  } catch {
    // As said above.
  }
}

/** Keys that are longer are remembered by their digest. */
const longKey = 200;
/** With more results than these, a memory is begun anew. */
const mostKept = 100_000;

/** Gives the result that was made of the same key before, or makes it. */
export type Remember = <Value>(key: string, make: () => Value) => Value;

/** Remembers nothing. */
export const makeAnew: Remember = (_key, make) => make();

/** Results that outlive the process: after an edit nearly all are the same. */
export interface Memo {
  readonly of: Remember;
  /** Keeps what was made. */
  save(): void;
}

/** @param key what the results depend on beside their own keys: a result's type must follow from its key */
export function openMemo(kind: string, key: string): Memo {
  const [name, sinceName] = [`${kind}-${key}.bin`, `since-${kind}-${key}.bin`];
  let whole = valueFromCache<Map<string, unknown>>(name) ?? new Map<string, unknown>();
  // An edit adds little, and that alone is written: what is new since the memory was last written whole.
  let since = valueFromCache<Map<string, unknown>>(sinceName) ?? new Map<string, unknown>();
  let isNew = false;
  return {
    of: <Value>(long: string, make: () => Value): Value => {
      const wanted = long.length > longKey ? createHash('sha256').update(long).digest('base64') : long;
      let value = (since.get(wanted) ?? whole.get(wanted)) as Value | undefined;
      if (value === undefined) {
        value = make();
        since.set(wanted, value);
        isNew = true;
      }
      return value;
    },
    save() {
      if (!isNew) return;
      isNew = false;
      const added = since;
      if (added.size * 8 < whole.size) return toCacheLater(sinceName, () => serialize(added), `since-${kind}`);
      const kept = whole = whole.size > mostKept ? added : new Map([...whole, ...added]);
      since = new Map();
      toCacheLater(name, () => serialize(kept), kind);
      toCacheLater(sinceName, () => serialize(new Map()), `since-${kind}`);
    },
  };
}

/** Keeps the few of a kind of results that were used last. */
function thinOut(kind: string): void {
  try {
    const all = readdirSync(folder).filter((name) => name.startsWith(`${kind}-`)).map((name) => ({ name, ...statSync(join(folder, name)) })).sort((a, b) => b.mtimeMs - a.mtimeMs);
    let bytes = 0;
    all.forEach(({ name, size }, at) => {
      bytes += size;
      if (at > 0 && (at >= most.results || bytes > most.bytes)) rmSync(join(folder, name), { force: true });
    });
  } catch {
    // As said above.
  }
}
