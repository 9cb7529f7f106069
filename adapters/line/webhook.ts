import { validateSignature, type webhook } from '@line/bot-sdk';
import type { Store } from '../../bot/store/store.ts';
import { jsonOf, Refusal, type Answer, type Route } from '../server.ts';
import { toIncoming, type Incoming, type InOptions, type Kept } from './in.ts';

export interface WebhookParts {
  /** Two during a change of the secret. */
  readonly secrets: readonly string[];
  readonly options: InOptions;
  readonly store: Store;
  /** Deletes all that is kept of a conversation. */
  readonly forget: (conversation: string) => Promise<void>;
  /** Tells somebody who sends more than can be kept to wait. */
  readonly tell: (event: Kept) => Promise<void>;
  /** Called when there is something new in the inbox. */
  readonly arrived: () => void;
  readonly report: (events: number, accepted: number) => void;
  readonly failed: (error: unknown) => void;
}

/** Most events that wait for an answer, and how long their count is good for, in ms. */
export const mostWaiting = 50_000;
const countEvery = 1000;
/** Who sends too much is told once in so many ms; so many are remembered for it. */
const tellEvery = 600_000;
const mostTold = 10_000;

/** Whether a body was signed with one of our secrets: over its bytes as they came, in constant time. */
export const isSigned = (body: Buffer, signature: string | undefined, secrets: readonly string[]): boolean =>
  signature !== undefined && secrets.some((secret) => validateSignature(body, secret, signature));

const eventsOf = (body: Buffer): webhook.Event[] => {
  const { events } = jsonOf(body) as { events?: unknown };
  return Array.isArray(events) ? events.filter((event): event is webhook.Event => typeof event === 'object' && event !== null) : [];
};

/**
 * LINE's webhook: verify, parse, keep, answer 200. What is kept is answered by the worker, whatever happens to this process.
 * An event of an unknown shape is left alone, and costs the others nothing.
 */
export function lineWebhook({ secrets, options, store, forget, tell, arrived, report, failed }: WebhookParts): Route {
  const read = (event: webhook.Event): Incoming => {
    try {
      return toIncoming(event, options);
    } catch (error) {
      failed(error);
      return { kind: 'nothing' };
    }
  };
  let [waiting, countedAt] = [0, -Infinity];
  /** LINE delivers again what is not taken now. */
  const room = async (): Promise<void> => {
    if (performance.now() - countedAt > countEvery) {
      countedAt = performance.now();
      ({ waiting } = await store.inboxDepth());
    }
    if (waiting >= mostWaiting) throw new Refusal(503, 'Busy', 'Too many events are waiting. Deliver them again later.', { 'Retry-After': '60' });
  };
  const told = new Map<string, number>();
  /** Whether a conversation was not told lately. */
  const isFirst = (conversation: string): boolean => {
    const now = performance.now();
    for (const [one, at] of told) if (now - at > tellEvery || told.size > mostTold) told.delete(one);
    if (told.has(conversation)) return false;
    told.set(conversation, now);
    return true;
  };
  return {
    method: 'post', path: '/line/webhook',
    async handle({ body, header }): Promise<Answer> {
      if (!isSigned(body, header('x-line-signature'), secrets)) throw new Refusal(401, 'BadSignature', 'The signature is missing or wrong.');
      const incoming = eventsOf(body).map(read);
      const accepted = incoming.flatMap((one) => (one.kind === 'answer' ? [one.inbox] : []));
      if (accepted.length > 0) {
        await room();
        const left = await store.accept(accepted);
        for (const { id, conversation, event } of accepted) if (left.has(id) && isFirst(conversation)) void tell(event).catch(failed);
      }
      for (const one of incoming) {
        if (one.kind === 'forget') await forget(one.conversation);
        if (one.kind === 'withdraw') await store.withdraw(one.conversation, one.message);
      }
      if (accepted.length > 0) arrived();
      report(incoming.length, accepted.length);
      return { body: {} };
    },
  };
}
