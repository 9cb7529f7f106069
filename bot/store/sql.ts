import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { Activity, StoreItems } from '../engine.ts';
import { empty, forget, forgetBefore } from './forget.ts';
import { claim, depth, finish, release, withdraw, Writer } from './inbox.ts';
import type { AskedQuestion, Claimed, InboxDepth, InboxEvent, Store, Transcript, TurnRecord } from './store.ts';
import type { Tables } from './tables.ts';

/** The conversation a botbuilder storage key belongs to: `channel/conversations/ID`. */
const conversationOf = (key: string): string => key.split('/').slice(2).join('/').replace(/\/$/, '');

/** By what a logged question can be taken back; a digest, since a conversation's id says who asked. */
const messageKey = (conversation: string, message: string): string => createHash('sha256').update(`${conversation}\n${message}`).digest('hex');

/** Conversations asked about at once. */
const listed = 500;

/** What both databases do alike; each adds its own `exclusive`. */
export abstract class SqlStore implements Store {
  protected readonly db: Kysely<Tables>;
  /** Whether several instances claim from one inbox. */
  protected readonly skipLocked: boolean = false;
  private readonly writer: Writer;

  constructor(db: Kysely<Tables>) {
    this.db = db;
    this.writer = new Writer(db);
  }

  abstract exclusive<Result>(key: string, work: () => Promise<Result>): Promise<Result>;

  accept(events: readonly InboxEvent[]): Promise<ReadonlySet<string>> {
    return this.writer.write(events[0]?.id ?? '', events);
  }

  claim(most: number, lease: number): Promise<Claimed[]> {
    return claim(this.db, most, lease, this.skipLocked);
  }

  async finish(id: string): Promise<void> {
    await this.writer.write(id, (tx) => finish(tx, id));
  }

  async release(id: string, delay: number): Promise<void> {
    await this.writer.write(id, (tx) => release(tx, id, delay));
  }

  async withdraw(conversation: string, message: string): Promise<void> {
    await withdraw(this.db, conversation, message);
    await this.db.deleteFrom('question').where('message', '=', messageKey(conversation, message)).execute();
    await this.tidy();
  }

  async questions(since: Date): Promise<AskedQuestion[]> {
    const rows = await this.db.selectFrom('question').selectAll().where('at', '>=', since.getTime()).orderBy('at').execute();
    return rows.map(({ message: _, at, kind, entries, ...rest }) => ({ ...rest, at: Number(at), kind: kind as AskedQuestion['kind'], entries: JSON.parse(entries) as string[] }));
  }

  async forgetQuestions(before: Date): Promise<void> {
    await this.db.deleteFrom('question').where('at', '<', before.getTime()).execute();
  }

  inboxDepth(): Promise<InboxDepth> {
    return depth(this.db);
  }

  async read(keys: string[]): Promise<StoreItems> {
    if (keys.length === 0) return {};
    const rows = await this.db.selectFrom('state').select(['key', 'value', 'version']).where('key', 'in', keys).execute();
    return Object.fromEntries(rows.map(({ key, value, version }) =>
      [key, { ...(JSON.parse(value) as object), eTag: String(version) }]));
  }

  async write(changes: StoreItems): Promise<void> {
    await this.db.transaction().execute((tx) => this.writeState(tx, changes));
  }

  async delete(keys: string[]): Promise<void> {
    if (keys.length > 0) await this.db.deleteFrom('state').where('key', 'in', keys).execute();
  }

  async commit(turn: TurnRecord): Promise<void> {
    await this.writer.write(turn.event ?? turn.conversation, (tx) => this.commitIn(tx, turn));
    if (turn.forget !== undefined) await this.tidy();
  }

  private async commitIn(tx: Transaction<Tables>, { conversation, changes, said, event, asked, forget: askers }: TurnRecord): Promise<void> {
    if (askers === undefined) await this.writeState(tx, changes);
    if (asked !== undefined) {
      const row = { ...asked, text: asked.text.replaceAll('\0', ''), message: messageKey(conversation, said[0]!.id!), entries: JSON.stringify(asked.entries) };
      await tx.insertInto('question').values(row).onConflict((conflict) => conflict.column('message').doNothing()).execute();
    }
    const last = await tx.selectFrom('transcript').select(({ fn }) => fn.max('number').as('number')).where('conversation', '=', conversation).executeTakeFirst();
    if (askers !== undefined) await empty(tx, conversation, askers);
    if (event !== undefined) {
      await tx.updateTable('inbox').set({ answer: JSON.stringify(said.slice(1)) }).where('id', '=', event).where('state', '=', 0).execute();
      return;
    }
    const kept = askers === undefined ? said : said.slice(1);
    if (kept.length === 0) return;
    // Numbers go on after a conversation was emptied, so that a client that asks for what is new gets it.
    const first = Number(last?.number ?? 0) + 1;
    await tx.insertInto('transcript').values(kept.map((activity, index) => ({
      number: first + index, conversation, activity_id: activity.id!, activity: JSON.stringify(activity), said: Date.now(),
    }))).execute();
  }

  async heard(conversation: string, activityId: string): Promise<boolean> {
    const row = await this.db.selectFrom('transcript').select('number')
      .where('conversation', '=', conversation).where('activity_id', '=', activityId).executeTakeFirst();
    return row !== undefined;
  }

  async transcript(conversation: string, after: number): Promise<Transcript> {
    const rows = await this.db.selectFrom('transcript').select(['number', 'activity'])
      .where('conversation', '=', conversation).where('number', '>', after).orderBy('number').execute();
    return {
      activities: rows.map(({ activity }) => JSON.parse(activity) as Partial<Activity>),
      watermark: rows.length === 0 ? after : Number(rows.at(-1)!.number),
    };
  }

  async newest(conversations: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    for (let from = 0; from < conversations.length; from += listed) {
      const rows = await this.db.selectFrom('transcript').select(({ fn }) => ['conversation', fn.max('number').as('number')])
        .where('conversation', 'in', conversations.slice(from, from + listed)).groupBy('conversation').execute();
      for (const { conversation, number } of rows) found.set(conversation, Number(number));
    }
    return found;
  }

  async forget(conversation: string, askers: readonly string[]): Promise<void> {
    await this.db.transaction().execute((tx) => forget(tx, conversation, askers));
    await this.tidy();
  }

  forgetBefore(moment: Date): Promise<void> {
    return forgetBefore(this.db, moment.getTime());
  }

  /** A server overwrites what was deleted in its own time. */
  async tidy(): Promise<void> {}

  async setting(name: string, make: () => string): Promise<string> {
    await this.db.insertInto('setting').values({ name, value: make() }).onConflict((conflict) => conflict.column('name').doNothing()).execute();
    return (await this.db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirstOrThrow()).value;
  }

  async close(): Promise<void> {
    await this.db.destroy();
  }

  /** An item with an eTag is written only over the version it was read from, `0` only where there is none; `*` and none overwrite. */
  private async writeState(tx: Transaction<Tables>, changes: StoreItems): Promise<void> {
    for (const [key, item] of Object.entries(changes)) {
      const { eTag = '*', ...value } = item as { eTag?: string };
      const row = { value: JSON.stringify(value), updated: Date.now() };
      const insert = tx.insertInto('state').values({ key, conversation: conversationOf(key), version: 1, ...row });
      const update = tx.updateTable('state').set(({ eb }) => ({ ...row, version: eb('version', '+', 1) })).where('key', '=', key).where('version', '=', Number(eTag));
      if (eTag === '*') {
        await insert.onConflict((conflict) => conflict.column('key').doUpdateSet(({ eb, ref }) => ({ ...row, version: eb(ref('state.version'), '+', 1) }))).execute();
        continue;
      }
      const written = eTag === '0' ? (await insert.onConflict((conflict) => conflict.column('key').doNothing()).executeTakeFirst()).numInsertedOrUpdatedRows
        : (await update.executeTakeFirst()).numUpdatedRows;
      if (written !== 1n) throw new Error('eTag conflict: the state was changed by another turn.');
    }
  }
}
