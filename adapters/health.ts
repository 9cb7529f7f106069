import type { InboxDepth, Store } from '../bot/store/store.ts';
import type { Day } from '../knowledge/days.ts';
import type { Shelf } from '../knowledge/shelf.ts';
import { depthOf } from './inbox-depth.ts';
import type { Route } from './server.ts';

export interface HealthParts {
  readonly shelf: Shelf;
  readonly store: Store;
  readonly today: () => Day;
  /** Whether LINE is on. */
  readonly line: boolean;
}

/** Whether the dictionary and the search find anything at all. */
function searches({ current }: Shelf, today: Day): boolean {
  try {
    return current.answer('マイナンバーカード', 'ja', today) !== undefined;
  } catch {
    return false;
  }
}

const inboxOf = ({ waiting, oldest, newest }: InboxDepth): object =>
  ({ waiting, oldestSeconds: Math.round(oldest / 1000), lastEvent: newest === undefined ? null : new Date(newest).toISOString() });

/** `/healthz`: the process lives. `/readyz`: search and store answer, which knowledge is served and whether it is whole, and how LINE's inbox stands. */
export function health({ shelf, store, today, line }: HealthParts): Route[] {
  return [
    { method: 'get', path: '/healthz', handle: async () => ({ body: { status: 'alive' } }) },
    { method: 'get', path: '/readyz', handle: async () => {
      const { version, findings, entries } = shelf.current;
      const knowledge = { version, entries: entries.length, leftOut: findings.filter(({ level }) => level === 'error').length, heldBack: shelf.held.length };
      const search = searches(shelf, today());
      const depth = await depthOf(store);
      const inbox = depth === undefined || !line ? {} : { inbox: inboxOf(depth) };
      const parts = { knowledge, search: search ? 'ready' : 'broken', store: depth === undefined ? 'unreachable' : 'ready', line: line ? 'on' : 'off', ...inbox };
      if (depth === undefined || !search) return { status: 503, body: { status: depth === undefined ? 'store unreachable' : 'search broken', ...parts } };
      return { body: { status: knowledge.leftOut + knowledge.heldBack > 0 ? 'incomplete' : 'ready', ...parts } };
    } },
  ];
}
