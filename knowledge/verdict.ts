import type { Hit } from './search.ts';
import type { Language } from './terms.ts';

/** What the library says to a question. */
export type Verdict =
  | { readonly kind: 'one'; readonly entry: string; readonly confidence: number; readonly hits: readonly Hit[] }
  | { readonly kind: 'choose'; readonly entries: readonly string[]; readonly confidence: number; readonly hits: readonly Hit[] }
  | { readonly kind: 'none'; readonly confidence: number; readonly hits: readonly Hit[] };

/** Confidence from which one entry is the answer, and from which two or three are offered. */
export const thresholds: Record<Language, { readonly one: number; readonly choose: number }> = {
  ja: { one: 0.6, choose: 0.3 },
  en: { one: 0.6, choose: 0.3 },
};
/** Most entries ever offered to choose from. */
export const mostChoices = 3;

/** How sure the ranking is of its first entry, 0 to 1: how much of the question it explains, and how far ahead it is. */
export function confidenceOf(hits: readonly Hit[]): number {
  const [first, second] = hits;
  if (first === undefined) return 0;
  const ahead = second === undefined ? 1 : 1 - second.score / first.score;
  const strength = first.score / (first.score + 6);
  return Math.min(1, strength * (0.35 + 0.65 * first.coverage) * (0.8 + ahead));
}

/** @returns one entry when sure, two or three when close, none otherwise */
export function decide(hits: readonly Hit[], language: Language): Verdict {
  const confidence = confidenceOf(hits);
  const { one, choose } = thresholds[language];
  if (confidence >= one) return { kind: 'one', entry: hits[0]!.entry, confidence, hits };
  if (confidence >= choose) return { kind: 'choose', entries: hits.slice(0, mostChoices).map(({ entry }) => entry), confidence, hits };
  return { kind: 'none', confidence, hits };
}
