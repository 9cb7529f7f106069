import { afterAll, expect, test } from '@jest/globals';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { serialize } from 'node:v8';
import { fromCache, inCache, openMemo, toCache, toCacheLater, valueFromCache } from '../../knowledge/cache.ts';

const kind = `test-${process.pid}`;
const written = async (): Promise<void> => void await new Promise((resolve) => { setTimeout(resolve, 20); });
const kept = (): string[] => readdirSync(inCache('')).filter((name) => name.includes(kind));

afterAll(() => kept().forEach((name) => rmSync(inCache(name))));

function ask(keys: readonly string[]): { made: string[]; values: string[] } {
  const memo = openMemo(kind, 'a');
  const made: string[] = [];
  const values = keys.map((key) => memo.of(key, () => {
    made.push(key);
    return `of ${key.slice(0, 10)}`;
  }));
  memo.save();
  return { made, values };
}

const many = Array.from({ length: 100 }, (_, index) => `text ${index}`);

test('What was made once is not made again, in the next process either', async () => {
  expect(ask(many).made).toEqual(many);
  await written();
  expect(ask(many)).toEqual({ made: [], values: many.map((key) => `of ${key}`.slice(0, 13)) });
});

test('After an edit only what is new is made and written', async () => {
  expect(ask([...many, 'an edited text']).made).toEqual(['an edited text']);
  await written();
  expect(ask([...many, 'an edited text']).made).toEqual([]);
  expect(kept().some((name) => name.startsWith('since-'))).toBe(true);
});

test('Keys of any length are told apart', async () => {
  const long = ['a', 'b'].map((end) => 'x'.repeat(5000) + end);
  expect(ask(long).made).toEqual(long);
  await written();
  expect(ask(long).made).toEqual([]);
});

test('A memory that cannot be read is begun anew', async () => {
  for (const name of kept()) writeFileSync(inCache(name), 'no memory at all');
  expect(ask(['text 1']).made).toEqual(['text 1']);
});

test('What was used last is kept when there is too much, however old it is', async () => {
  const keep = async (name: string): Promise<void> => {
    toCacheLater(`other-${kind}-${name}`, () => new Uint8Array([1]), `other-${kind}`);
    await written();
  };
  await keep('the first');
  for (let edit = 0; edit < 50; edit += 1) {
    expect(fromCache(`other-${kind}-the first`)).toBeDefined();
    await keep(`edit ${edit}`);
  }
  expect(fromCache(`other-${kind}-edit 0`)).toBeUndefined();
  expect(kept().filter((name) => name.startsWith('other-')).length).toBe(40);
});

test('Arrays that were kept have memory of their own and can pass to another thread, wherever they lay', () => {
  const [few, many] = [Float32Array.of(1, 2, 3), new Int32Array(5000).fill(4)];
  for (let shift = 0; shift < 9; shift += 1) {
    const name = `other-${kind}-arrays ${shift}`;
    toCache(name, serialize({ text: 'x'.repeat(shift), inner: { few, many } }));
    const { inner } = valueFromCache<{ inner: { few: Float32Array; many: Int32Array } }>(name)!;
    const passed = structuredClone(inner, { transfer: [inner.few.buffer as ArrayBuffer, inner.many.buffer as ArrayBuffer] });
    expect([[...passed.few], passed.many[4999], passed.many.buffer.byteLength, inner.many.length]).toEqual([[1, 2, 3], 4, 20_000, 0]);
  }
});
