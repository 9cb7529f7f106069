import { sqliteStore } from './sqlite.ts';
import type { Store } from './store.ts';

/**
 * Opens the store of a DATABASE_URL, `file:…` or `postgres://…`, and brings its tables up to date. PostgreSQL's driver is loaded only where it is used.
 * `lost` hears of connections that broke while nobody used them.
 * @throws when the file cannot be written or the database cannot be used; the message holds no password
 */
export async function openStore(url: string, lost: (error: unknown) => void = () => undefined): Promise<Store> {
  if (url.startsWith('file:')) return sqliteStore(url.slice('file:'.length));
  return (await import('./postgres.ts')).postgresStore(url, lost);
}
