import type { Hit, Ranking, Signals } from './index.ts';
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

/** Confidence from which one entry is the answer, and from which two or three are offered. */
export const thresholds: Record<Language, { readonly one: number; readonly choose: number }> = {
  ja: { one: 0.6, choose: 0.25 },
  en: { one: 0.6, choose: 0.25 },
};
/** Most entries ever offered to choose from. */
export const mostChoices = 3;

type Weights = Readonly<Record<keyof Signals | 'bias', number>>;
const calibration: Record<Language, Weights> = {
  ja: { bias: -2.5, top: 0.15, ahead: 2, aheadOfElsewhere: 0.3, coverage: 2, agreed: 0.7, words: 0 },
  en: { bias: -2.5, top: 0.15, ahead: 2, aheadOfElsewhere: 0.3, coverage: 2, agreed: 0.7, words: 0 },
};

/** The probability that a ranking's first entry is right, from its signals. */
export function confidenceOf(signals: Signals, language: Language): number {
  const weights = calibration[language];
  const sum = (Object.keys(signals) as (keyof Signals)[]).reduce((total, name) => total + weights[name] * signals[name], weights.bias);
  return 1 / (1 + Math.exp(-sum));
}

/** @returns one entry when sure, two or three when close, none otherwise */
export function decide({ hits, signals, elsewhere }: Ranking, language: Language): Verdict {
  const confidence = hits.length === 0 ? 0 : confidenceOf(signals, language);
  const { one, choose } = thresholds[language];
  if (elsewhere !== undefined || confidence < choose) return { kind: 'none', elsewhere, confidence, hits };
  if (confidence >= one) return { kind: 'one', entry: hits[0]!.entry, confidence, hits };
  return { kind: 'choose', entries: hits.slice(0, mostChoices).map(({ entry }) => entry), confidence, hits };
}
