import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';

/** The tables, alike on every database. Times are milliseconds since 1970, objects are JSON text. */
export interface Tables {
  state: { key: string; conversation: string; value: string; version: number; updated: number };
  transcript: { number: number; conversation: string; activity_id: string; activity: string; said: number };
  setting: { name: string; value: string };
  /** `state`: 0 waiting or held until `due`, 1 finished. */
  inbox: { id: string; conversation: string; at: number; received: number; due: number; tries: number; state: number; event: string; answer: string | null };
  /** `message` is the id of the activity, by which a question can be taken back. */
  question: { message: string; at: number; channel: string; locale: string; kind: string; text: string; outcome: string; entries: string; confidence: number; asker: string };
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
  '002-inbox': {
    async up(db) {
      await db.schema.createTable('inbox').ifNotExists()
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('conversation', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('received', 'bigint', (column) => column.notNull())
        .addColumn('due', 'bigint', (column) => column.notNull())
        .addColumn('tries', 'integer', (column) => column.notNull())
        .addColumn('state', 'integer', (column) => column.notNull())
        .addColumn('event', 'text', (column) => column.notNull())
        .addColumn('answer', 'text').execute();
      await db.schema.createIndex('inbox_due').ifNotExists().on('inbox').columns(['state', 'due']).execute();
      await db.schema.createIndex('inbox_order').ifNotExists().on('inbox').columns(['conversation', 'state', 'at']).execute();
    },
  },
  '003-question-log': {
    async up(db) {
      await db.schema.createTable('question').ifNotExists()
        .addColumn('message', 'text', (column) => column.primaryKey())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('locale', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('outcome', 'text', (column) => column.notNull())
        .addColumn('entries', 'text', (column) => column.notNull())
        .addColumn('confidence', 'real', (column) => column.notNull())
        .addColumn('asker', 'text', (column) => column.notNull()).execute();
      await db.schema.createIndex('question_at').ifNotExists().on('question').column('at').execute();
    },
  },
  '004-inbox-in-order': {
    // Walked in the order of arrival, a claim ends at the first few rows; by `due` it looked at every one that waits.
    async up(db) {
      await db.schema.createIndex('inbox_next').ifNotExists().on('inbox').columns(['state', 'at', 'due']).execute();
      await db.schema.dropIndex('inbox_due').ifExists().execute();
    },
  },
};

/** Steps a newer version has taken are left as they are: tables only gain, so that an older process may start beside newer ones. */
async function newer(db: Kysely<Tables>): Promise<Record<string, Migration>> {
  const done = await sql<{ name: string }>`select name from kysely_migration`.execute(db).then(({ rows }) => rows, () => []);
  return Object.fromEntries(done.filter(({ name }) => !(name in migrations)).map(({ name }) => [name, { up: async () => undefined }]));
}

/** Brings the tables up to date; may be repeated and may run on several instances at once. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const all = { ...migrations, ...await newer(db) };
  const { error } = await new Migrator({ db, provider: { getMigrations: () => Promise.resolve(all) } }).migrateToLatest();
  if (error !== undefined) throw error;
}
