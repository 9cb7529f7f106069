import { calibration, logOdds, probability, type Judgement } from './calibrate.ts';
import type { Hit, Ranking } from './index.ts';
import type { Language, Terms } from './terms.ts';

/** Why a verdict is as it is. */
export interface Grounds {
  readonly asked: Terms;
  readonly judged: Readonly<Record<'ours' | 'right', Judged>>;
}

/** A probability, what every signal adds to its logarithmic odds, and the least that is enough. */
export interface Judged {
  readonly probability: number;
  readonly parts: Readonly<Record<string, number>>;
  readonly enough: number;
}

/** What is said to a question. */
export type Said =
  | { readonly kind: 'one'; readonly entry: string }
  | { readonly kind: 'choose'; readonly entries: readonly string[] }
  /** Not ours, or not understood; `elsewhere` names the service it seems to belong to. */
  | { readonly kind: 'none'; readonly elsewhere: string | undefined };

/** What the library says to a question, and why. */
export type Verdict = Said & {
  /** Probability that the first entry is the right one. */
  readonly confidence: number;
  readonly hits: readonly Hit[];
  /** What it rests on: what was read from the question, the signals of the ranking, and what they make probable. */
  readonly grounds: Grounds;
};

/** How surely a question that leans on an answer must be ours to be answered at once. */
const surelyOurs = 0.85;

/** Most entries ever offered to choose from. */
export const mostChoices = 3;

/**
 * @param isVague whether the question only asks for an aspect of some matter, and another matter than the one shown before fits best: it is asked back
 * @returns one entry when sure, two or three when close, none when the question does not seem to be ours
 */
export function decide({ asked, hits, signals, elsewhere, supplied }: Ranking, language: Language, isVague = false): Verdict {
  const { weights, thresholds } = calibration[language];
  const judge = (judgement: Judgement, enough = thresholds[judgement]): Judged => ({
    probability: hits.length === 0 ? 0 : probability(signals, weights[judgement]), parts: logOdds(signals, weights[judgement]), enough,
  });
  // What was supplied is surer asked back than guessed: half-way from the usual threshold to certainty.
  const judged = supplied ? { ours: judge('goesOn'), right: judge('right', (thresholds.right + 1) / 2) } : { ours: judge('ours'), right: judge('right') };
  const { probability: confidence } = judged.right;
  const common = { confidence, hits, grounds: { asked, judged } };
  const [first] = hits;
  // A phrase of an entry, word for word, is ours whatever else it resembles; and what would be ours alone is so after an answer too.
  const isOurs = judged.ours.probability >= judged.ours.enough || signals.same === 1 || (supplied && probability({ ...signals, mass: signals.alone }, weights.ours) >= thresholds.ours);
  // A bare day, number or Latin letter asks nothing.
  const asks = asked.words.length === 0 || asked.words.some((word) => /[^\P{L}a-z]|[a-z]{2}/u.test(word));
  if (first === undefined || !asks || !isOurs) return { kind: 'none', elsewhere, ...common };
  // Nor is it guessed whether another office is meant.
  const isAsked = isVague || (supplied && judged.ours.probability < surelyOurs);
  if (confidence >= judged.right.enough && !isAsked) return { kind: 'one', entry: first.entry, ...common };
  return { kind: 'choose', entries: hits.slice(0, mostChoices).map(({ entry }) => entry), ...common };
}
