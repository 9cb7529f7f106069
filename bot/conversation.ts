import type { Answers } from '../knowledge/guides/guide.ts';
import type { Locale } from '../knowledge/locales.ts';

/** A numbered choice of the last reply, so that a typed number or title means it. */
export interface Offer {
  readonly id: string;
  readonly title: string;
}

/** What we remember of a conversation between turns. */
export interface Conversation {
  /** The language somebody chose; it wins over the language they write in. */
  chosen?: Locale;
  /** The language of the last answer. */
  locale: Locale;
  /** The entry last shown. */
  lastEntry?: string;
  offered: readonly Offer[];
  /** What a message said that led to an entry with a guide: the guide will not ask it again. */
  told?: { readonly guide: string; readonly version: number; readonly heard: Answers } | undefined;
  /** How often in a row an answer was not understood. */
  unclear?: number;
  /** The notice that was told last. */
  noticed?: string;
  /** When somebody last wrote, in ms. */
  at?: number;
}

export const newConversation = (locale: Locale): Conversation => ({ locale, offered: [] });
