import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openStore } from '../../../bot/store/open.ts';
import { storeContract } from './contract.ts';

const folder = await mkdtemp(join(tmpdir(), 'madoguchi store '));
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('SQLite keeps every promise of the store', () => {
  storeContract(() => openStore(`file:${folder}/data/test.db`));
});

test('what was kept is there when the file is opened again', async () => {
  const url = `file:${folder}/again.db`;
  const store = await openStore(url);
  const secret = await store.setting('secret', () => 'first');
  await store.close();
  const again = await openStore(url);
  expect(await again.setting('secret', () => 'second')).toBe(secret);
  await again.close();
});
