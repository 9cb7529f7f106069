import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStore } from '../../../bot/store/open.ts';
import { patience, postgresServer, query, type PostgresServer } from '../../postgres-server.ts';
import { storeContract } from './contract.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, patience);
afterAll(async () => {
  await server.stop();
});

describe('PostgreSQL keeps every promise of the store', () => {
  storeContract(async () => openStore(await server.database()));
});

test('six processes’ worth of stores open one empty database at once, and again', async () => {
  const url = await server.database();
  for (const _ of [1, 2]) {
    const stores = await Promise.all(Array.from({ length: 6 }, () => openStore(url)));
    expect(new Set(await Promise.all(stores.map((store, at) => store.setting('secret', () => `secret ${at}`)))).size).toBe(1);
    await Promise.all(stores.map((store) => store.close()));
  }
  expect(await query(url, 'select name from kysely_migration order by name')).toHaveLength(4);
});

test('an older version starts on a database that a newer one has changed', async () => {
  const url = await server.database();
  await (await openStore(url)).close();
  await query(url, "insert into kysely_migration (name, timestamp) values ('999-of-tomorrow', '2099-01-01T00:00:00.000Z')");
  const store = await openStore(url);
  expect(await store.inboxDepth()).toMatchObject({ waiting: 0, oldest: 0 });
  await store.close();
});

test('a database that is not there is named without its password', async () => {
  const url = new URL(await server.database());
  Object.assign(url, { pathname: '/not_there', password: 'very-secret' });
  await expect(openStore(url.href)).rejects.toThrow(/DATABASE_URL cannot be used: 3D000.*not_there/);
  Object.assign(url, { port: '1' });
  await expect(openStore(url.href)).rejects.toThrow(/ECONNREFUSED/);
  await expect(openStore(url.href)).rejects.not.toThrow(/very-secret/);
});
