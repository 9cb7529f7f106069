import { calibration, probability } from './calibrate.ts';
import type { Hit, Ranking } from './index.ts';
import type { Language } from './terms.ts';

/** What the library says to a question. */
export type Verdict = {
  /** Probability that the first entry is the right one. */
  readonly confidence: number;
  readonly hits: readonly Hit[];
} & (
  | { readonly kind: 'one'; readonly entry: string }
  | { readonly kind: 'choose'; readonly entries: readonly string[] }
  /** Not ours, or not understood; `elsewhere` names the service it seems to belong to. */
  | { readonly kind: 'none'; readonly elsewhere: string | undefined }
);

/** The first entry a verdict shows; a follow-up is read in its light. */
export const firstShown = (verdict: Verdict): string | undefined => (verdict.kind === 'one' ? verdict.entry : verdict.kind === 'choose' ? verdict.entries[0] : undefined);

/** Most entries ever offered to choose from. */
export const mostChoices = 3;

/** @returns one entry when sure, two or three when close, none when the question does not seem to be ours */
export function decide({ hits, signals, elsewhere }: Ranking, language: Language): Verdict {
  const { weights, thresholds } = calibration[language];
  const confidence = hits.length === 0 ? 0 : probability(signals, weights.right);
  const [first] = hits;
  if (first === undefined || probability(signals, weights.ours) < thresholds.ours) return { kind: 'none', elsewhere, confidence, hits };
  if (confidence >= thresholds.right) return { kind: 'one', entry: first.entry, confidence, hits };
  return { kind: 'choose', entries: hits.slice(0, mostChoices).map(({ entry }) => entry), confidence, hits };
}
