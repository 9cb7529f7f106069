import { Busy, call, Gone } from './call.ts';
import { keeping, type Keeping, type Kept } from './kept.ts';
import type { Notice, Outgoing, Said } from './message.ts';

export interface Listener {
  said(message: Said): void;
  /** Messages that wait to be sent, oldest first. */
  waiting(pending: readonly Outgoing[]): void;
  /** Everything known so far has been said. */
  settled(): void;
  /** Why what was written waits: no connection, too much at once, or not at all. */
  held(why: 'offline' | 'busy' | undefined): void;
  /** What stands above the conversation, by language; undefined when there is nothing. */
  noticed(text: Notice | undefined): void;
  /** What was shown is over: a new conversation begins, or one that was had already is told again from its beginning. */
  begun(isNew: boolean): void;
}

/** Milliseconds between two looks for news from another tab or the city, and before trying again without a connection. */
const lookEvery = 1500;
const retryFirst = 800;
const retryMost = 15_000;
/** A token lasts for hours; one in use is renewed after this, so that nobody is cut off in the middle. */
const renewEvery = 1_800_000;

/** Speaks Direct Line 3.0 by polling. The conversation outlives the page; nothing typed is lost without a connection. */
export class Connection {
  private readonly base: string;
  private readonly locale: () => string;
  private readonly listener: Listener;
  private readonly keeping: Keeping;
  private kept: Kept | undefined;
  private watermark = '0';
  /** Counts how often what was shown was over: news of an earlier round comes too late. */
  private round = 0;
  private running: Promise<void> = Promise.resolve();
  private retry = retryFirst;
  private timer = 0;
  private active = false;

  constructor(base: string, locale: () => string, listener: Listener) {
    this.base = `${base}/v3/directline`;
    this.locale = locale;
    this.listener = listener;
    this.keeping = keeping(`madoguchi:${base}`);
    this.kept = this.keeping.read();
    addEventListener('online', () => this.soon());
    this.keeping.watch(() => this.adopt());
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.soon(); });
  }

  /** Whether nobody has said anything in this browser yet. */
  isNew(): boolean {
    return this.kept === undefined;
  }

  start(): void {
    this.active = true;
    this.soon();
  }

  pause(): void {
    this.active = false;
    clearTimeout(this.timer);
  }

  send(text: string, value?: string): void {
    // A choice tapped twice because nothing happened yet.
    if (value !== undefined && this.kept?.pending.some((one) => one.value === value) === true) return;
    const client = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(36).padStart(2, '0')).join('');
    this.kept ??= { id: '', token: '', pending: [] };
    this.kept.pending.push({ client, text, ...(value === undefined ? {} : { value }) });
    this.keeping.write(this.kept);
    this.listener.waiting(this.kept.pending);
    this.soon();
  }

  /** Leaves this conversation and begins another. */
  restart(): void {
    this.kept = undefined;
    this.keeping.write(this.kept);
    this.round += 1;
    this.soon();
  }

  /** Says the whole conversation again, to be shown in another way. */
  replay(): void {
    this.anew(false);
    this.soon();
  }

  private anew(isNew: boolean): void {
    this.watermark = '0';
    this.round += 1;
    this.listener.begun(isNew);
  }

  private soon(): void {
    if (!this.active) return;
    clearTimeout(this.timer);
    this.running = this.running.then(() => this.work());
  }

  private async work(): Promise<void> {
    clearTimeout(this.timer);
    let next = lookEvery;
    try {
      await this.exchange();
      this.retry = retryFirst;
      this.listener.held(undefined);
    } catch (error) {
      if (error instanceof Gone && this.kept !== undefined && this.kept.id !== '') {
        this.kept = { id: '', token: '', pending: this.kept.pending };
        next = 0;
      } else if (error instanceof Busy) {
        this.listener.held('busy');
        next = error.seconds * 1000;
      } else {
        this.listener.held('offline');
        next = this.retry;
        this.retry = Math.min(this.retry * 2, retryMost);
      }
    }
    // A page that nobody sees asks for no news; it does so as soon as it is seen.
    if (this.active && (!document.hidden || (this.kept !== undefined && this.kept.pending.length > 0))) this.timer = setTimeout(() => this.soon(), next) as unknown as number;
  }

  private async exchange(): Promise<void> {
    if (this.kept === undefined || this.kept.id === '') await this.begin();
    const kept = this.kept!;
    const round = this.round;
    if (Date.now() - (kept.renewed ?? 0) > renewEvery) {
      kept.token = (await this.call<{ token: string }>('POST', '/tokens/refresh')).token;
      kept.renewed = Date.now();
      this.keeping.write(this.kept);
    }
    for (let first = kept.pending[0]; first !== undefined; first = kept.pending[0]) {
      await this.call('POST', `/conversations/${kept.id}/activities`, {
        type: 'message', text: first.text, locale: this.locale(), channelData: { clientActivityID: first.client },
        ...(first.value === undefined ? {} : { value: first.value }),
      });
      kept.pending.shift();
      this.keeping.write(this.kept);
    }
    const news = await this.call<{ activities: Said[]; watermark: string; notice?: Notice }>('GET', `/conversations/${kept.id}/activities?watermark=${this.watermark}`);
    // Told anew meanwhile, or another conversation: it is asked for again at once.
    if (round !== this.round) return;
    this.watermark = news.watermark;
    this.listener.noticed(news.notice);
    for (const message of news.activities) this.listener.said(message);
    this.listener.waiting(kept.pending);
    this.listener.settled();
  }

  private async begin(): Promise<void> {
    const pending = this.kept?.pending ?? [];
    const made = await this.call<{ conversationId: string; token: string }>('POST', '/tokens/generate');
    this.kept = { id: made.conversationId, token: made.token, pending };
    const begun = await this.call<{ token: string }>('POST', '/conversations', { locale: this.locale() });
    this.kept.token = begun.token;
    this.kept.renewed = Date.now();
    this.keeping.write(this.kept);
    this.anew(true);
  }

  private call<Result>(method: string, path: string, body?: object): Promise<Result> {
    return call<Result>(this.base + path, this.kept?.token ?? '', method, body);
  }

  /** Another tab began another conversation or sent something. */
  private adopt(): void {
    const theirs = this.keeping.read();
    if (theirs !== undefined && theirs.id !== '' && theirs.id !== this.kept?.id) {
      const ours = this.kept?.pending.filter(({ client }) => !theirs.pending.some((one) => one.client === client)) ?? [];
      this.kept = { ...theirs, pending: [...theirs.pending, ...ours] };
      this.anew(false);
    }
    this.soon();
  }
}
