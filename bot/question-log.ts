import { createHmac } from 'node:crypto';
import type { Verdict } from '../knowledge/search/verdict.ts';
import type { Outcome } from './turn.ts';
import type { AskedQuestion } from './store/store.ts';

/** What was asked in a turn, before the log adds who and when. */
export type Asking = Pick<AskedQuestion, 'kind' | 'text' | 'entries' | 'confidence'>;

/** A question that was looked up. */
export const askedFor = (text: string, verdict: Verdict): Asking => ({
  kind: 'asked', text, confidence: verdict.confidence,
  entries: verdict.kind === 'one' ? [verdict.entry] : verdict.kind === 'choose' ? verdict.entries : [],
});

/** A choice among what was offered: it teaches the search nothing, but staff see it. */
export const chosen = (entry: string): Asking => ({ kind: 'chosen', text: '', entries: [entry], confidence: 1 });

/** A vote on an answer. */
export const voted = (entry: string, useful: boolean): Asking => ({ kind: useful ? 'useful' : 'useless', text: '', entries: [entry], confidence: 1 });

/** Where and when a turn was. */
export interface Place {
  readonly conversation: string;
  readonly channel: string;
  readonly locale: string;
  readonly outcome: Outcome;
}

const askerOn = (day: Date, conversation: string, key: string): string =>
  createHmac('sha256', key).update(`${day.toISOString().slice(0, 10)} ${conversation}`).digest('hex').slice(0, 16);

/** The question log: its key, and how many days a question is kept. */
export interface QuestionLog {
  readonly key: string;
  readonly days: number;
}

/** Under which names a conversation may have asked, so that its questions can be deleted with it. */
export const askersOf = (conversation: string, { key, days }: QuestionLog, now: Date): string[] =>
  Array.from({ length: days + 2 }, (_, ago) => askerOn(new Date(now.getTime() - ago * 86_400_000), conversation, key));

/**
 * A question for the log. The asker is a keyed digest of conversation and day, so that ten questions of one person count as one
 * person's today, and nobody can be followed from one day to the next.
 */
export function toLog(asking: Asking, { conversation, channel, locale, outcome }: Place, key: string, now: Date): AskedQuestion {
  return { ...asking, at: now.getTime(), channel, locale, outcome, asker: askerOn(now, conversation, key) };
}
