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
  /** The conversation is a new one; what was shown belongs to an ended one. */
  begun(): void;
}

/** Milliseconds between two looks for news from another tab or the city, and before trying again without a connection. */
const lookEvery = 1500;
const retryFirst = 800;
const retryMost = 15_000;

/** Speaks Direct Line 3.0 by polling. The conversation outlives the page; nothing typed is lost without a connection. */
export class Connection {
  private readonly base: string;
  private readonly locale: () => string;
  private readonly listener: Listener;
  private readonly keeping: Keeping;
  private kept: Kept | undefined;
  private watermark = '0';
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
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') this.soon(); });
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
    this.soon();
  }

  /** Says the whole conversation again, to be shown in another way. */
  replay(): void {
    this.watermark = '0';
    this.listener.begun();
    this.soon();
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
      if (error instanceof Gone) {
        this.kept = { id: '', token: '', pending: this.kept?.pending ?? [] };
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
    if (this.active) this.timer = setTimeout(() => this.soon(), next) as unknown as number;
  }

  private async exchange(): Promise<void> {
    if (this.kept === undefined || this.kept.id === '') await this.begin();
    const kept = this.kept!;
    for (let first = kept.pending[0]; first !== undefined; first = kept.pending[0]) {
      await this.call('POST', `/conversations/${kept.id}/activities`, {
        type: 'message', text: first.text, locale: this.locale(), channelData: { clientActivityID: first.client },
        ...(first.value === undefined ? {} : { value: first.value }),
      });
      kept.pending.shift();
      this.keeping.write(this.kept);
    }
    const news = await this.call<{ activities: Said[]; watermark: string; notice?: Notice }>('GET', `/conversations/${kept.id}/activities?watermark=${this.watermark}`);
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
    this.watermark = '0';
    this.keeping.write(this.kept);
    this.listener.begun();
  }

  private call<Result>(method: string, path: string, body?: object): Promise<Result> {
    return call<Result>(this.base + path, this.kept?.token ?? '', method, body);
  }

  /** Another tab began another conversation or sent something. */
  private adopt(): void {
    const theirs = this.keeping.read();
    if (theirs !== undefined && theirs.id !== this.kept?.id) {
      this.kept = theirs;
      this.watermark = '0';
      this.listener.begun();
    }
    this.soon();
  }
}
