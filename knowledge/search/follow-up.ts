import type { Hit, Ranking } from './index.ts';

/** The entry shown before a question, and the ones it points to. */
export interface Shown {
  readonly id: string;
  readonly related: readonly string[];
}

/** What speaks for an entry beside the question itself, in the unit of scores; `information` is the question's, in nats. */
export type Prior = (entry: string, information: number) => number;

/** Chosen on follow-ups of our own (test/fixtures/follow-ups.jsonl): how much counts that an entry is the one shown, is named by it, is of its topic, or fits its title. */
const weights = { shown: 6.5, related: 2, topic: 2, title: 0.13 };
/** A question with this much information of its own may lack all else, and one with twice as much stands alone; in nats. */
const elliptic = 12;

/** How much of a question has to be supplied from what was shown before, from 0 to 1. */
export const missingIn = (information: number): number => Math.min(1, Math.max(0, 2 - information / elliptic));

const topicOf = (entry: string): string => entry.split('/')[0]!;

/**
 * Reads a short question in the light of the entry shown before it: 「いくら?」 after an answer asks for that matter's price.
 * The more a question says itself, the less the light counts.
 * @param likeTitle what the title of the entry shown would find
 */
export function inTheLightOf(shown: Shown, likeTitle: readonly Hit[]): Prior {
  const title = new Map(likeTitle.map(({ entry, score }) => [entry, score]));
  return (entry, information) => {
    return missingIn(information) * ((entry === shown.id ? weights.shown : 0) + (shown.related.includes(entry) ? weights.related : 0)
      + (topicOf(entry) === topicOf(shown.id) ? weights.topic : 0) + weights.title * (title.get(entry) ?? 0));
  };
}

/**
 * Whether a question after an answer stands alone: it is asked in the words of a phrase, and says which matter it is about.
 * 「持ち物は?」 is a phrase too, but says only what is asked about some matter.
 * @param aspects concepts that ask about any matter
 */
export function leavesNothingOut({ signals, asked: { concepts } }: Ranking, aspects: readonly string[]): boolean {
  return signals.same === 1 && (concepts.length === 0 || concepts.some((concept) => !aspects.includes(concept)));
}
