import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Activity } from '../../bot/engine.ts';
import type { Claimed, Store } from '../../bot/store/store.ts';
import type { LineClient, Sent } from './client.ts';
import type { Kept } from './in.ts';
import { toFallback, toMessages } from './out.ts';

/** How an event ended, for metrics. `lost`: nobody could be answered any more. */
export type Ending = 'replied' | 'pushed' | 'silent' | 'gone' | 'lost';

export interface WorkerParts {
  readonly store: Store;
  readonly client: LineClient;
  /** Runs a turn; its replies are kept with the event before they are returned. */
  readonly turn: (activity: Partial<Activity>) => Promise<readonly Partial<Activity>[]>;
  /** Label of the date picker in a language. */
  readonly pick: (locale: string) => string;
  /** Whether an expired reply token may be made up for by a push message, which counts against the plan. */
  readonly pushFallback: boolean;
  readonly report: (ending: Ending, ms: number, tries: number) => void;
  /** A fault of ours or of the database; the event is tried again. */
  readonly failed: (error: unknown) => void;
}

/** Events handled at once, in as many conversations. */
const most = 32;
/** Events are claimed when so many can be, since each claim costs a flush to the disk. */
const least = most / 2;
/** How long an event is held, in ms: longer than a turn and all calls to LINE may take. */
const lease = 30_000;
/** How long to look away when nothing is due; a new event wakes the worker before. */
const idle = 500;
/** LINE refuses a reply token 20 minutes after the event. */
const tokenLife = 20 * 60_000;
/** When an answer takes longer than this, a loading animation is shown. */
const patience = 1000;

/** Waits between tries, growing up to half a minute. */
const pause = (tries: number): number => Math.min(30_000, 500 * 2 ** tries);

/** A retry key that is the same for every try of one event, in every process. */
function retryKey(id: string): string {
  const hex = createHash('sha256').update(id).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Takes events from the inbox, in order within a conversation and side by side across conversations, and answers each once. */
export class LineWorker {
  private readonly parts: WorkerParts;
  private stopping = false;
  private running: Promise<void> = Promise.resolve();
  private handling = 0;
  private lastBegun: Promise<void> = Promise.resolve();
  private wakeUp: () => void = () => undefined;

  constructor(parts: WorkerParts) {
    this.parts = parts;
  }

  start(): void {
    this.running = this.run();
  }

  /** There is something new in the inbox. */
  wake(): void {
    this.wakeUp();
  }

  /** Takes no more events and waits for those in hand. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
    while (this.handling > 0) await wait(10);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const woken = new Promise<void>((resolve) => { this.wakeUp = resolve; });
      let claimed: Claimed[] = [];
      try {
        claimed = this.handling <= most - least ? await this.parts.store.claim(most - this.handling, lease) : [];
      } catch (error) {
        this.parts.failed(error);
      }
      for (const event of claimed) void this.handle(event);
      if (claimed.length === 0 && !this.stopping) await Promise.race([woken, wait(idle, undefined, { ref: false })]);
    }
  }

  private async handle(claimed: Claimed): Promise<void> {
    this.handling += 1;
    try {
      await this.answer(claimed);
    } catch (error) {
      this.parts.failed(error);
      await this.parts.store.release(claimed.id, pause(claimed.tries)).catch(this.parts.failed);
    } finally {
      this.handling -= 1;
      this.wake();
    }
  }

  private async answer({ id, at, event, answer, tries }: Claimed): Promise<void> {
    const { store, client, report } = this.parts;
    const { activity, replyToken, user } = event as Kept;
    if (answer === undefined) await this.turnToBegin();
    const replies = answer ?? await this.think(activity, user);
    const end = async (ending: Ending): Promise<void> => {
      await store.finish(id);
      report(ending, Date.now() - at, tries);
    };
    const messages = toMessages(replies, this.parts.pick);
    if (messages.length === 0) return end('silent');
    let sent: Sent = Date.now() - at > tokenLife ? { result: 'gone' } : await client.reply(replyToken, messages);
    // The token of a refused reply is unused; plain text is what LINE can hardly refuse.
    if (sent.result === 'refused') sent = await client.reply(replyToken, toFallback(replies));
    if (sent.result === 'accepted') return end('replied');
    if (sent.result === 'later' || sent.result === 'denied') return store.release(id, pause(tries));
    if (sent.result === 'refused') return end('lost');
    // A token that is gone after an earlier try was most likely used by it: that answer got through and only its confirmation was lost.
    if (tries > 1 && answer !== undefined && Date.now() - at <= tokenLife) return end('gone');
    if (!this.parts.pushFallback || user === undefined) return end('lost');
    const pushed = await client.push(user, messages, retryKey(id));
    if (pushed.result === 'accepted') return end('pushed');
    if (pushed.result === 'later' || pushed.result === 'denied') return store.release(id, pause(tries));
    return end('lost');
  }

  /** Turns begin one after the other, and between them comes what else is due: a new event is taken in before a waiting one is thought about. */
  private turnToBegin(): Promise<void> {
    this.lastBegun = this.lastBegun.then(() => new Promise((resolve) => setImmediate(resolve)));
    return this.lastBegun;
  }

  /** Runs the turn; somebody who waits longer than a second sees that an answer is coming. The animation is over or begun before the answer is sent. */
  private async think(activity: Partial<Activity>, user: string | undefined): Promise<readonly Partial<Activity>[]> {
    let showing: Promise<void> = Promise.resolve();
    const timer = setTimeout(() => { if (user !== undefined) showing = this.parts.client.loading(user); }, patience);
    try {
      return await this.parts.turn(activity);
    } finally {
      clearTimeout(timer);
      await showing;
    }
  }
}
