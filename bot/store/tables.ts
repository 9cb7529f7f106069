import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';

/** The tables, alike on every database. Times are milliseconds since 1970, objects are JSON text. */
export interface Tables {
  state: { key: string; conversation: string; value: string; version: number; updated: number };
  transcript: { number: number; conversation: string; activity_id: string; activity: string; said: number };
  setting: { name: string; value: string };
}

const migrations: Record<string, Migration> = {
  '001-state-and-transcript': {
    async up(db) {
      await db.schema.createTable('state').ifNotExists()
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('conversation', 'text', (column) => column.notNull())
        .addColumn('value', 'text', (column) => column.notNull())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('updated', 'bigint', (column) => column.notNull()).execute();
      await db.schema.createTable('transcript').ifNotExists()
        .addColumn('number', 'integer', (column) => column.notNull())
        .addColumn('conversation', 'text', (column) => column.notNull())
        .addColumn('activity_id', 'text', (column) => column.notNull())
        .addColumn('activity', 'text', (column) => column.notNull())
        .addColumn('said', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('transcript_key', ['conversation', 'number'])
        .addUniqueConstraint('transcript_once', ['conversation', 'activity_id']).execute();
      await db.schema.createIndex('state_updated').ifNotExists().on('state').column('updated').execute();
      await db.schema.createIndex('transcript_said').ifNotExists().on('transcript').column('said').execute();
      await db.schema.createTable('setting').ifNotExists()
        .addColumn('name', 'text', (column) => column.primaryKey())
        .addColumn('value', 'text', (column) => column.notNull()).execute();
    },
  },
};

/** Brings the tables up to date; may be repeated and may run on several instances at once. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
