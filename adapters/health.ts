import type { Store } from '../bot/store/store.ts';
import type { Shelf } from '../knowledge/shelf.ts';
import type { Route } from './server.ts';

/** `/healthz`: the process lives. `/readyz`: dictionary, library and store are there, and whether the knowledge is whole. */
export function health({ shelf, store }: { shelf: Shelf; store: Store }): Route[] {
  return [
    { method: 'get', path: '/healthz', handle: async () => ({ body: { status: 'alive' } }) },
    { method: 'get', path: '/readyz', handle: async () => {
      const { version, findings, entries } = shelf.current;
      const knowledge = { version, entries: entries.length, leftOut: findings.filter(({ level }) => level === 'error').length, heldBack: shelf.held.length };
      try {
        await store.read(['ready']);
      } catch {
        return { status: 503, body: { status: 'store unreachable', knowledge } };
      }
      return { body: { status: knowledge.leftOut + knowledge.heldBack > 0 ? 'incomplete' : 'ready', knowledge } };
    } },
  ];
}
