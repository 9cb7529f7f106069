import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, sql, SqliteDialect, type SqliteDatabase } from 'kysely';
import { Queue } from './queue.ts';
import { SqlStore } from './sql.ts';
import type { Store } from './store.ts';
import { migrate, type Tables } from './tables.ts';

/** Statements kept ready; ours are few, but a list of parameters makes a new one by its length. */
const mostStatements = 200;

/** node:sqlite in the shape kysely's dialect expects. */
function forKysely(db: DatabaseSync): SqliteDatabase {
  const ready = new Map<string, StatementSync>();
  return {
    close: () => db.close(),
    prepare(sql) {
      const statement = ready.get(sql) ?? db.prepare(sql);
      if (ready.size < mostStatements) ready.set(sql, statement);
      const values = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) => statement.iterate(...values(parameters)),
      };
    },
  };
}

/** One process: turns of a key wait for each other in it. */
class SqliteStore extends SqlStore {
  private readonly queue = new Queue();

  exclusive<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    return this.queue.run(key, work);
  }

  /** Deleted rows are overwritten at once, but the log of changes still holds them until it is emptied into the file. */
  override async tidy(): Promise<void> {
    await sql`pragma wal_checkpoint(truncate)`.execute(this.db);
  }
}

/**
 * Opens the store in a SQLite file, made where it is missing, or in memory (`:memory:`).
 * @throws when the file cannot be written
 */
export async function sqliteStore(path: string): Promise<Store> {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: 5000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: forKysely(database) }) });
  await migrate(db);
  return new SqliteStore(db);
}
