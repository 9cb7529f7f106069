import type { Day } from '../../knowledge/days.ts';
import type { Library } from '../../knowledge/library.ts';
import { shownAfter } from '../../knowledge/search/follow-up.ts';
import type { Known } from './known.ts';

/** What a question is answered: one entry, some to choose from, or none. */
export interface Given {
  readonly kind: 'one' | 'choose' | 'none';
  readonly entries: readonly string[];
}

/** A question that two libraries answer differently. */
export interface Change {
  readonly known: Known;
  readonly before: Given;
  readonly after: Given;
  /** Whether the new answer is better, worse, or nobody has said which is right. */
  readonly turn: 'gain' | 'loss' | 'unjudged';
}

/** What a library answers to a question, its turns in the light of one another. */
export function givenBy(library: Library, { lang, turns }: Pick<Known, 'lang' | 'turns'>, today: Day): Given {
  let shown: string | undefined;
  for (const turn of turns.slice(0, -1)) shown = shownAfter(library.answer(turn, lang, today, shown), shown);
  const verdict = library.answer(turns.at(-1)!, lang, today, shown);
  return { kind: verdict.kind, entries: verdict.kind === 'one' ? [verdict.entry] : verdict.kind === 'choose' ? verdict.entries : [] };
}

/** How good an answer is, from 0 for a wrong one given as sure to 4 for the right one; what nobody has judged lies between. */
export function worth({ kind, entries }: Given, { kept, votes }: Pick<Known, 'kept' | 'votes'>): number {
  if (kept?.relevant.length === 0) return { none: 4, choose: 1, one: 0 }[kind];
  const isRight = (entry: string): boolean => (kept === undefined ? (votes[entry] ?? 0) > 0 : kept.relevant.includes(entry) || kept.also_ok.includes(entry));
  const isWrong = (entry: string): boolean => (kept === undefined ? (votes[entry] ?? 0) < 0 : !isRight(entry));
  if (kind === 'none') return 2;
  if (kind === 'choose') return entries.some(isRight) ? 3 : kept === undefined ? 2 : 1;
  return isRight(entries[0]!) ? 4 : isWrong(entries[0]!) ? 0 : 2;
}

const isSame = (a: Given, b: Given): boolean => a.kind === b.kind && [...a.entries].sort().join() === [...b.entries].sort().join();

/** What two libraries answer to a question. */
export type Both = Omit<Change, 'turn'>;

/** Asks two libraries every question, in the order given. */
export const askBoth = (known: Iterable<Known>, before: Library, after: Library, today: Day): Both[] =>
  Array.from(known, (question) => ({ known: question, before: givenBy(before, question, today), after: givenBy(after, question, today) }));

/** The questions two libraries answer differently, in the order given. */
export function compare(both: readonly Both[]): Change[] {
  return both.filter(({ before, after }) => !isSame(before, after)).map(({ known, before, after }) => {
    const step = worth(after, known) - worth(before, known);
    return { known, before, after, turn: step > 0 ? 'gain' : step < 0 ? 'loss' : 'unjudged' };
  });
}

/** Entries that go on answering the same questions in other words, those asked most first. */
export function rewritten(both: readonly Both[], before: Library, after: Library, today: Day): { entry: string; questions: number; times: number }[] {
  const counts = new Map<string, { questions: number; times: number }>();
  for (const { known: question, before: then, after: now } of both) {
    if (now.kind !== 'one' || !isSame(then, now)) continue;
    const [id = ''] = now.entries;
    const textIn = (library: Library): string => { const entry = library.entry(id, question.lang, today); return JSON.stringify([entry?.title, entry?.body]); };
    if (textIn(before) === textIn(after)) continue;
    const count = counts.get(id) ?? { questions: 0, times: 0 };
    counts.set(id, { questions: count.questions + 1, times: count.times + question.times });
  }
  return [...counts].map(([entry, count]) => ({ entry, ...count })).sort((a, b) => b.times - a.times || b.questions - a.questions);
}

/** Whether an edit lost a question that staff hold. */
export const isHeldLoss = ({ known, turn }: Change): boolean => turn === 'loss' && known.kept?.hold === true;
