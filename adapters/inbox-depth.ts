import { setTimeout as wait } from 'node:timers/promises';
import type { InboxDepth, Store } from '../bot/store/store.ts';

/** A database that has not answered within so many ms is not one to wait for. */
const patience = 3000;

/** What waits in the inbox; undefined when the database does not say. */
export const depthOf = (store: Store): Promise<InboxDepth | undefined> =>
  Promise.race([store.inboxDepth(), wait(patience, undefined, { ref: false })]).catch(() => undefined);
