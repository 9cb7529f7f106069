import { sql, type Kysely, type Transaction } from 'kysely';
import type { Activity } from '../engine.ts';
import { mostOfConversation, type Claimed, type InboxDepth, type InboxEvent } from './store.ts';
import type { Tables } from './tables.ts';

/** Rows of one INSERT; databases limit the number of parameters. */
const chunk = 500;

type Work = (tx: Transaction<Tables>) => Promise<void>;

interface Waiting {
  /** The row it writes. */
  readonly id: string;
  /** What is to be done, or events to be accepted, which are written with all others of the moment. */
  readonly work: Work | readonly InboxEvent[];
  /** Told the ids of events there was no room for. */
  readonly done: (left: ReadonlySet<string>) => void;
  readonly failed: (error: unknown) => void;
}

/** One order for everybody, so that two instances that write the same rows do not wait for each other in a circle. */
const inOrder = <Row extends { readonly id: string }>(rows: readonly Row[]): Row[] => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));

/**
 * What is to be written in the same moment is written in one transaction, since each costs a flush to the disk. Where that fails, each is written alone,
 * so that a fault of one costs the others nothing.
 */
export class Writer {
  private waiting: Waiting[] = [];
  private writing = false;
  private readonly db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.db = db;
  }

  /** @throws when this work fails alone */
  write(id: string, work: Waiting['work']): Promise<ReadonlySet<string>> {
    return new Promise((done, failed) => {
      this.waiting.push({ id, work, done, failed });
      if (!this.writing) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.writing = true;
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const batch = inOrder(this.waiting.splice(0));
      const left = await this.writeAll(batch).catch(() => undefined);
      await Promise.all(batch.map((one) => (left === undefined ? this.writeAll([one]) : Promise.resolve(left)).then(one.done, one.failed)));
    }
    this.writing = false;
  }

  private writeAll(batch: readonly Waiting[]): Promise<ReadonlySet<string>> {
    return this.db.transaction().execute(async (tx) => {
      const events = batch.flatMap(({ work }) => (typeof work === 'function' ? [] : work));
      const left = events.length === 0 ? new Set<string>() : await accept(tx, events);
      for (const { work } of batch) if (typeof work === 'function') await work(tx);
      return left;
    });
  }
}

/** Ids of new events of which so many of their conversation wait already that there is no room for them. */
async function excess(tx: Kysely<Tables>, events: readonly InboxEvent[]): Promise<ReadonlySet<string>> {
  const waiting = new Map<string, number>();
  const conversations = [...new Set(events.map(({ conversation }) => conversation))];
  for (let from = 0; from < conversations.length; from += chunk) {
    const rows = await tx.selectFrom('inbox').select(({ fn }) => ['conversation', fn.countAll().as('count')]).where('state', '=', 0)
      .where('conversation', 'in', conversations.slice(from, from + chunk)).groupBy('conversation').execute();
    for (const { conversation, count } of rows) waiting.set(conversation, Number(count));
  }
  const beyond = events.filter(({ conversation }) => {
    const count = (waiting.get(conversation) ?? 0) + 1;
    waiting.set(conversation, count);
    return count > mostOfConversation;
  }).map(({ id }) => id);
  const known = new Set<string>();
  for (let from = 0; from < beyond.length; from += chunk) {
    for (const { id } of await tx.selectFrom('inbox').select('id').where('id', 'in', beyond.slice(from, from + chunk)).execute()) known.add(id);
  }
  return new Set(beyond.filter((id) => !known.has(id)));
}

/** Writes events that are new, but for those there is no room for, whose ids are returned. */
async function accept(tx: Kysely<Tables>, all: readonly InboxEvent[]): Promise<ReadonlySet<string>> {
  const received = Date.now();
  const left = await excess(tx, all);
  const events = all.filter(({ id }) => !left.has(id));
  for (let from = 0; from < events.length; from += chunk) {
    await tx.insertInto('inbox').values(inOrder(events).slice(from, from + chunk).map(({ id, conversation, at, event }) =>
      ({ id, conversation, at, received, due: 0, tries: 0, state: 0, event: JSON.stringify(event), answer: null })))
      .onConflict((conflict) => conflict.column('id').doNothing()).execute();
  }
  return left;
}

/** The oldest unfinished event of each conversation that nobody holds. `skipLocked` keeps instances out of each other's way. */
export async function claim(db: Kysely<Tables>, most: number, lease: number, skipLocked: boolean): Promise<Claimed[]> {
  const now = Date.now();
  const due = db.selectFrom('inbox as mine').select('mine.id').where('mine.state', '=', 0).where('mine.due', '<=', now)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('inbox as earlier').select('earlier.id')
      .whereRef('earlier.conversation', '=', 'mine.conversation').where('earlier.state', '=', 0)
      .where(({ or, and, eb, ref }) => or([eb('earlier.at', '<', ref('mine.at')), and([eb('earlier.at', '=', ref('mine.at')), eb('earlier.id', '<', ref('mine.id'))])])))))
    .orderBy('mine.at').limit(most);
  // The rows are chosen once, before any is changed: PostgreSQL may run a subquery in WHERE again and hold more than it returns.
  const rows = await db.with('due', () => (skipLocked ? due.forUpdate('mine').skipLocked() : due))
    .updateTable('inbox').set(({ eb }) => ({ due: now + lease, tries: eb('tries', '+', 1) }))
    .where('id', 'in', ({ selectFrom }) => selectFrom('due').select('due.id'))
    .returning(['id', 'conversation', 'at', 'event', 'answer', 'tries']).execute();
  return rows.map(({ id, conversation, at, event, answer, tries }): Claimed => ({
    id, conversation, at, event: JSON.parse(event) as object, tries,
    answer: answer === null ? undefined : JSON.parse(answer) as Partial<Activity>[],
  }));
}

export async function finish(db: Kysely<Tables>, id: string): Promise<void> {
  await db.updateTable('inbox').set({ state: 1, event: '{}', answer: null }).where('id', '=', id).execute();
}

export async function release(db: Kysely<Tables>, id: string, delay: number): Promise<void> {
  await db.updateTable('inbox').set({ due: Date.now() + delay }).where('id', '=', id).where('state', '=', 0).execute();
}

export async function withdraw(db: Kysely<Tables>, conversation: string, message: string): Promise<void> {
  const waiting = await db.selectFrom('inbox').select(['id', 'event']).where('conversation', '=', conversation).where('state', '=', 0).execute();
  for (const { id, event } of waiting) if ((JSON.parse(event) as { activity?: Partial<Activity> }).activity?.id === message) await finish(db, id);
}

export async function depth(db: Kysely<Tables>): Promise<InboxDepth> {
  const row = await db.selectFrom('inbox').select(({ fn }) => [fn.countAll().as('waiting'), fn.min('received').as('oldest'), fn.max('at').as('newest')]).where('state', '=', 0).executeTakeFirst();
  // By state, since the index is: a table of a day's events is not read for one of them.
  const finished = await db.selectFrom('inbox').select(({ fn }) => fn.max('at').as('newest')).where('state', '=', 1).executeTakeFirst();
  const [oldest, newest] = [row?.oldest ?? undefined, Math.max(Number(row?.newest ?? 0), Number(finished?.newest ?? 0))];
  return { waiting: Number(row?.waiting ?? 0), oldest: oldest === undefined ? 0 : Math.max(0, Date.now() - Number(oldest)), newest: newest === 0 ? undefined : newest };
}

/** Finished events are remembered this long, so that a late copy is not answered again (W13: one hour at least). */
const rememberedFor = 24 * 3_600_000;
export async function forgetFinished(db: Kysely<Tables>): Promise<void> {
  await sql`delete from inbox where state = 1 and received < ${Date.now() - rememberedFor}`.execute(db);
}
