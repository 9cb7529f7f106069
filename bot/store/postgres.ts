import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { Queue } from './queue.ts';
import { SqlStore } from './sql.ts';
import type { Store } from './store.ts';
import { migrate, type Tables } from './tables.ts';

/** Connections of one process for queries, and as many again for the locks of running turns; a turn never waits for a query with a lock's connection. */
const connections = 8;
/** Milliseconds after which the server ends what hangs: a query, a transaction whose process is frozen, the wait for a lock, and a lock held by a process that is. */
const limits = { query: 15_000, lock: 25_000, held: 60_000 } as const;
const int8 = 20;

const lock = 'select pg_advisory_lock(hashtextextended($1, 0))';
const unlock = 'select pg_advisory_unlock(hashtextextended($1, 0)) as given';

/** Any number of processes: a turn holds a lock of the database, which is free again when its process or connection dies. */
class PostgresStore extends SqlStore {
  protected override readonly skipLocked = true;
  private readonly queue = new Queue();
  private readonly locks: pg.Pool;

  constructor(db: Kysely<Tables>, locks: pg.Pool) {
    super(db);
    this.locks = locks;
  }

  /** Turns of one process wait for each other in it, so that a busy conversation takes one connection. */
  exclusive<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    return this.queue.run(key, () => this.locked(key, work));
  }

  override async close(): Promise<void> {
    await this.locks.end();
    await super.close();
  }

  private async locked<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const client = await this.locks.connect();
    try {
      await client.query(lock, [key]);
      return await work();
    } finally {
      // A connection that cannot give its lock back is closed, and that gives it back.
      const given = await client.query<{ given: boolean }>(unlock, [key]).then(({ rows }) => rows[0]?.given === true, () => false);
      client.release(!given);
    }
  }
}

/** A pool whose broken connections are reported and replaced instead of ending the process. */
function pool(url: string, lost: (error: unknown) => void, options: pg.PoolConfig): pg.Pool {
  const made = new pg.Pool({
    connectionString: url, application_name: 'madoguchi', max: connections, keepAlive: true, keepAliveInitialDelayMillis: 10_000, ...options,
    types: { getTypeParser: ((type, format) => (type === int8 ? Number : pg.types.getTypeParser(type, format))) as typeof pg.types.getTypeParser },
  });
  made.on('error', lost);
  // One that breaks while it is in use fails its query; it must not fail the process too.
  made.on('connect', (client) => client.on('error', () => undefined));
  return made;
}

/**
 * Opens the store in a PostgreSQL database and brings its tables up to date, also when several processes do so at once.
 * `lost` hears of connections that broke while nobody used them.
 * @throws when the database cannot be reached or used; the message holds no password
 */
export async function postgresStore(url: string, lost: (error: unknown) => void): Promise<Store> {
  const opening = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pool(url, lost, { max: 1, connectionTimeoutMillis: 10_000 }) }) });
  try {
    await migrate(opening);
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    throw new Error(`The PostgreSQL database of DATABASE_URL cannot be used: ${[code, message].filter(Boolean).join(' ')}. Check that it runs, and its address, name, user and password.`, { cause: error });
  } finally {
    await opening.destroy();
  }
  const queries = pool(url, lost, { connectionTimeoutMillis: limits.query, statement_timeout: limits.query, idle_in_transaction_session_timeout: limits.query });
  const locks = pool(url, lost, { connectionTimeoutMillis: limits.lock, lock_timeout: limits.lock, options: `-c idle_session_timeout=${limits.held}` });
  return new PostgresStore(new Kysely<Tables>({ dialect: new PostgresDialect({ pool: queries }) }), locks);
}
