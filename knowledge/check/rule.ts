import type { Day } from '../days.ts';
import type { EasyWords } from '../easy.ts';
import type { Entry } from '../entry.ts';
import type { Finding } from '../finding.ts';
import { endsOf } from '../guides/guide.ts';
import { guides } from '../guides/index.ts';
import type { Locale, Said } from '../locales.ts';
import type { Municipality } from '../municipality.ts';

/** Everything a check may look at: the files as they were read, and what was made of them. */
export interface CheckInput {
  readonly texts: ReadonlyMap<string, string>;
  /** Files that are there and no text; a finding says so already. */
  readonly unread: ReadonlySet<string>;
  readonly entries: readonly Entry[];
  readonly municipality: Municipality;
  readonly easyWords: EasyWords;
  /** Names of the slots every entry may use. */
  readonly slotNames: readonly string[];
  /** Names of the services that are not ours. */
  readonly services: readonly string[];
  /** Those of them that are about the card and have no answer yet. */
  readonly unanswered: readonly string[];
}

/** What a rule found, where, and what to do about it. */
export type Spot = Pick<Finding, 'file' | 'line' | 'what' | 'remedy'>;

/** One row of the check: a permanent name in words, why it matters, and a function that finds the places. */
export interface Rule {
  readonly name: string;
  readonly level: Finding['level'];
  readonly why: Said;
  readonly find: (input: CheckInput, today: Day) => readonly Spot[];
  /** Everything the places depend on, for a rule that takes its time: with the same before it, it need not look again. */
  readonly looksAt?: (input: CheckInput) => string;
}

/** Every place an entry-wise rule finds, entry by entry. */
export const inEntries = (find: (entry: Entry, input: CheckInput, today: Day) => readonly Omit<Spot, 'file'>[]) => (input: CheckInput, today: Day): Spot[] =>
  input.entries.flatMap((entry) => find(entry, input, today).map((spot) => ({ file: entry.file, ...spot })));

/** The entry with the same id in another language. */
export const sibling = ({ id }: Entry, locale: Entry['locale'], { entries }: CheckInput): Entry | undefined =>
  entries.find((other) => other.id === id && other.locale === locale);

/** Lines of an answer with their number in the file: paragraphs and list items. */
export function bodyLines({ body, bodyLine }: Entry): { text: string; line: number }[] {
  return body.flatMap((block) => (block.kind === 'paragraph'
    ? [{ text: block.spans.map(({ text }) => text).join(''), line: bodyLine + block.line - 1 }]
    : block.items.map((item, index) => ({ text: item.map(({ text }) => text).join(''), line: bodyLine + block.line - 1 + index }))));
}

/** The sentences of a text; one without a full stop is a sentence too. */
export const splitSentences = (text: string, locale: Locale): string[] =>
  (locale === 'en' ? text.match(/[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]?/g) ?? [] : text.match(/[^。!?！？]+[。!?！？]?/gu) ?? [])
    .map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');

/** Sentences of an answer with their line. */
export const sentences = (entry: Entry): { text: string; line: number }[] =>
  bodyLines(entry).flatMap(({ text, line }) => splitSentences(text, entry.locale).map((sentence) => ({ text: sentence, line })));

/** Names of the slots an entry may use: the municipality's, and those of the guides that end in it. */
export const slotsOf = (entryId: string, { slotNames }: CheckInput): string[] =>
  [...slotNames, ...guides.filter((guide) => endsOf(guide).includes(entryId)).flatMap(({ slots }) => slots)];
