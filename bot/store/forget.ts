import type { Kysely, Transaction } from 'kysely';
import { forgetFinished } from './inbox.ts';
import type { Tables } from './tables.ts';

/** Deletes the state of a conversation and the questions of some askers. */
async function forgetRest(tx: Transaction<Tables>, conversation: string, askers: readonly string[]): Promise<void> {
  await tx.deleteFrom('state').where('conversation', '=', conversation).execute();
  if (askers.length > 0) await tx.deleteFrom('question').where('asker', 'in', askers).execute();
}

/** Deletes everything of a conversation that has ended; what waits in the inbox is not answered any more. */
export async function forget(tx: Transaction<Tables>, conversation: string, askers: readonly string[]): Promise<void> {
  await forgetRest(tx, conversation, askers);
  await tx.deleteFrom('transcript').where('conversation', '=', conversation).execute();
  await tx.updateTable('inbox').set({ state: 1, event: '{}', answer: null }).where('conversation', '=', conversation).where('state', '=', 0).execute();
}

/** Deletes everything that was said in a conversation that goes on: an empty first row is left, by which it is known to have begun. */
export async function empty(tx: Transaction<Tables>, conversation: string, askers: readonly string[]): Promise<void> {
  await forgetRest(tx, conversation, askers);
  await tx.deleteFrom('transcript').where('conversation', '=', conversation).where('number', '>', 1).execute();
  await tx.updateTable('transcript').set({ activity: '{}' }).where('conversation', '=', conversation).execute();
}

/** Deletes conversations idle since before a moment, and what the inbox need not remember. */
export async function forgetBefore(db: Kysely<Tables>, moment: number): Promise<void> {
  const idle = db.selectFrom('state').select('conversation').where('updated', '<', moment);
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('transcript').where('conversation', 'in', idle).execute();
    await tx.deleteFrom('state').where('updated', '<', moment).execute();
    // Somebody who had everything deleted, and said nothing since, has no state.
    await tx.deleteFrom('transcript').where('said', '<', moment).where('conversation', 'not in', tx.selectFrom('state').select('conversation')).execute();
  });
  await forgetFinished(db);
}
