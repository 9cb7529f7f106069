import type { Hit, Index, Ranking } from './index.ts';
import type { Language } from './terms.ts';
import type { Said } from './verdict.ts';

/** The entry shown before a question, and the ones it points to. */
export interface Shown {
  readonly id: string;
  readonly title: string;
  readonly related: readonly string[];
}

/** What speaks for an entry since another one was shown, in the unit of scores. */
export type Light = (entry: string) => number;

/** Chosen on follow-ups by others (test/questions/follow-ups): how much counts that an entry is the one shown, is named by it, is of its topic, or fits its title. */
const weights = { shown: 6.5, related: 3, topic: 2, title: 0.13 };
/** A question with this much information of its own may lack all else, and one with twice as much stands alone; in nats. English spells out what Japanese leaves away. */
const elliptic: Readonly<Record<Language, number>> = { ja: 18, en: 28 };

/** How much of a question with so much information has to be supplied from what was shown before, from 0 to 1. */
export const missingIn = (information: number, language: Language): number => Math.min(1, Math.max(0, 2 - information / elliptic[language]));

const topicOf = (entry: string): string => entry.split('/')[0]!;

/**
 * The light an entry throws on the question after it: 「いくら?」 asks for that matter's price. The less a question says itself, the more it counts.
 * @param likeTitle what the title of the entry shown would find
 */
export function lightOf(shown: Omit<Shown, 'title'>, likeTitle: readonly Hit[]): Light {
  const title = new Map(likeTitle.map(({ entry, score }) => [entry, score]));
  return (entry) => (entry === shown.id ? weights.shown : 0) + (shown.related.includes(entry) ? weights.related : 0)
    + (topicOf(entry) === topicOf(shown.id) ? weights.topic : 0) + weights.title * (title.get(entry) ?? 0);
}

/**
 * Whether a question after an answer stands alone: it is asked in the words of a phrase, and says which matter it is about.
 * 「持ち物は?」 is a phrase too, but says only what is asked about some matter.
 */
function leavesNothingOut({ signals, asked: { concepts } }: Ranking, aspects: readonly string[]): boolean {
  return signals.same === 1 && (concepts.length === 0 || concepts.some((concept) => !aspects.includes(concept)));
}

/**
 * Opens the search for questions after an entry was shown: in its light, unless they stand alone.
 * @param aspects concepts that ask about any matter
 * @returns the ranking, and whether the question only asks for an aspect of some matter while another matter than the one shown fits best
 */
export function openAfter(index: Index, aspects: readonly string[]): (question: string, shown: Shown) => { readonly ranking: Ranking; readonly isVague: boolean } {
  const lights = new Map<string, Light>();
  const light = (shown: Shown): Light => {
    const known = lights.get(shown.id) ?? lightOf(shown, index.search(shown.title).hits);
    lights.set(shown.id, known);
    return known;
  };
  return (question, shown) => {
    const alone = index.search(question);
    if (leavesNothingOut(alone, aspects)) return { ranking: alone, isVague: false };
    const ranking = index.search(question, light(shown));
    const first = ranking.hits[0]?.entry ?? '';
    return { ranking, isVague: alone.signals.same === 1 && first !== shown.id && !shown.related.includes(first) };
  };
}

/** The entry in whose light the next question stands: a choice that nobody has made yet does not take it from one of the choices that was shown before. */
export function shownAfter(said: Said, before: string | undefined): string | undefined {
  if (said.kind === 'none') return before;
  if (said.kind === 'one') return said.entry;
  return before !== undefined && said.entries.includes(before) ? before : said.entries[0];
}
