/** An answer's parts, as the server lays them out beside the text. */
export interface AnswerParts {
  readonly type: 'madoguchi/answer';
  /** The entry's id, such as `lost/what-to-do-first`. */
  readonly entry: string;
  readonly title: string;
  readonly progress?: { readonly stages: readonly string[]; readonly at: number; readonly here: string };
  readonly calendar?: { readonly label: string; readonly path: string };
}

/** A button: what stands on it, and the id it sends. */
export interface Action {
  readonly title: string;
  readonly value: string;
}

/** What the server sends of a message; the subset of an activity that is shown. */
export interface Said {
  readonly id: string;
  readonly text?: string;
  readonly locale?: string;
  readonly from: { readonly role?: string };
  readonly entities?: readonly (AnswerParts | { readonly type: string })[];
  readonly channelData?: { readonly clientActivityID?: string };
  readonly suggestedActions?: { readonly actions: readonly Action[] };
}

/** A message of the resident's until the server has it. */
export interface Outgoing {
  readonly client: string;
  readonly text: string;
  readonly value?: string;
}

interface Kept {
  id: string;
  token: string;
  pending: Outgoing[];
}

/** A notice of the city, by language. */
export type Notice = Readonly<Record<string, string>>;

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

class Gone extends Error {}
/** The server asks to wait so many seconds. */
class Busy extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super();
    this.seconds = seconds;
  }
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
  private readonly key: string;
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
    this.key = `madoguchi:${base}`;
    this.kept = this.restore();
    addEventListener('online', () => this.soon());
    addEventListener('storage', ({ key }) => { if (key === this.key) this.adopt(); });
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
    this.save();
    this.listener.waiting(this.kept.pending);
    this.soon();
  }

  /** Leaves this conversation and begins another. */
  restart(): void {
    this.kept = undefined;
    this.save();
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
      this.save();
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
    this.save();
    this.listener.begun();
  }

  private async call<Result>(method: string, path: string, body?: object): Promise<Result> {
    const headers: Record<string, string> = { 'Content-Type': 'application/json' };
    if (this.kept !== undefined && this.kept.token !== '') headers.Authorization = `Bearer ${this.kept.token}`;
    const answer = await fetch(this.base + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }), cache: 'no-store' });
    if (answer.status === 403 || answer.status === 404) throw new Gone();
    if (answer.status === 429 || answer.status === 503) throw new Busy(Number(answer.headers.get('Retry-After')) || 5);
    if (!answer.ok) throw new Error(String(answer.status));
    return await answer.json() as Result;
  }

  /** Another tab began another conversation or sent something. */
  private adopt(): void {
    const theirs = this.restore();
    if (theirs !== undefined && theirs.id !== this.kept?.id) {
      this.kept = theirs;
      this.watermark = '0';
      this.listener.begun();
    }
    this.soon();
  }

  private restore(): Kept | undefined {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? 'null') as Kept | null ?? undefined;
    } catch {
      return undefined; // Storage may be switched off; the conversation then lasts as long as the page.
    }
  }

  private save(): void {
    try {
      if (this.kept === undefined) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, JSON.stringify(this.kept));
    } catch {
      // As above.
    }
  }
}
