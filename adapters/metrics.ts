import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Store } from '../bot/store/store.ts';
import type { Shelf } from '../knowledge/shelf.ts';
import { depthOf } from './inbox-depth.ts';
import type { Route } from './server.ts';

/** What is counted: never a text, an id or an address. */
export interface Metrics {
  /** A turn ended; `outcome` as in the glossary, or `repeated`. */
  turn(channel: string, outcome: string): void;
  /** A webhook of LINE came in with so many events, of which so many were for us. */
  webhook(events: number, accepted: number): void;
  /** An event of LINE ended after so many ms and tries. */
  lineEvent(ending: string, ms: number, tries: number): void;
  /** LINE's interface was called. */
  lineCall(endpoint: string, result: string): void;
  /** `/metrics` for Prometheus. */
  routes(parts: { readonly store: Store; readonly shelf: Shelf; readonly streams: () => number }): Route[];
}

/** Seconds; the upper end is where a reply token is surely lost. */
const waits = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300];

export function openMetrics(): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const turns = new Counter({ name: 'madoguchi_turns_total', help: 'Turns by channel and outcome', labelNames: ['channel', 'outcome'], registers });
  const arrived = new Counter({ name: 'madoguchi_line_events_total', help: 'Events LINE delivered, and those accepted', labelNames: ['state'], registers });
  const last = new Gauge({ name: 'madoguchi_line_last_webhook_timestamp_seconds', help: 'When LINE last called; alarm when this grows old in office hours', registers });
  const ended = new Histogram({ name: 'madoguchi_line_event_seconds', help: 'From arrival to the end of an event, by how it ended', labelNames: ['ending'], buckets: waits, registers });
  const retries = new Counter({ name: 'madoguchi_line_retries_total', help: 'Further tries to answer an event', registers });
  const calls = new Counter({ name: 'madoguchi_line_calls_total', help: 'Calls of the Messaging API by result', labelNames: ['endpoint', 'result'], registers });
  return {
    turn: (channel, outcome) => turns.inc({ channel, outcome }),
    webhook(events, accepted) {
      last.setToCurrentTime();
      arrived.inc({ state: 'delivered' }, events);
      arrived.inc({ state: 'accepted' }, accepted);
    },
    lineEvent(ending, ms, tries) {
      ended.observe({ ending }, ms / 1000);
      retries.inc(Math.max(0, tries - 1));
    },
    lineCall: (endpoint, result) => calls.inc({ endpoint, result }),
    routes({ store, shelf, streams }) {
      const inbox = new Gauge({ name: 'madoguchi_inbox_waiting', help: 'Events waiting to be answered', registers });
      const oldest = new Gauge({ name: 'madoguchi_inbox_oldest_seconds', help: 'Age of the oldest waiting event', registers });
      const entries = new Gauge({ name: 'madoguchi_knowledge_entries', help: 'Entries that are served', registers });
      const wrong = new Gauge({ name: 'madoguchi_knowledge_errors', help: 'Findings that leave files out or hold a change back', registers });
      const up = new Gauge({ name: 'madoguchi_store_up', help: '1 when the database answers', registers });
      const open = new Gauge({ name: 'madoguchi_web_streams', help: 'Pages that listen over WebSocket', registers });
      return [{ method: 'get', path: '/metrics', handle: async () => {
        // Everything else is still worth knowing while the database is away.
        const depth = await depthOf(store);
        up.set(depth === undefined ? 0 : 1);
        inbox.set(depth?.waiting ?? NaN);
        oldest.set(depth === undefined ? NaN : depth.oldest / 1000);
        open.set(streams());
        entries.set(shelf.current.entries.length);
        wrong.set(shelf.held.length + shelf.current.findings.filter(({ level }) => level === 'error').length);
        return { headers: { 'Content-Type': registry.contentType }, body: await registry.metrics() };
      } }];
    },
  };
}
