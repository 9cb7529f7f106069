import { readFileSync } from 'node:fs';
import type { Signals } from './index.ts';
import type { Language } from './terms.ts';

/** What is judged of a ranking, and the signals that tell: whether the question is ours at all, the same where it leans on an answer, and whether the first entry is the right one. */
export const judgements = {
  ours: ['mass', 'evidence', 'coverage', 'known', 'same'],
  goesOn: ['mass', 'alone', 'foreign'],
  right: ['share', 'broad', 'sharp', 'evidence', 'coverage', 'agreed', 'same'],
} as const satisfies Record<string, readonly (keyof Signals)[]>;
export type Judgement = keyof typeof judgements;

/** Weights of the signals in a logistic model. */
export type Weights = Readonly<Partial<Record<keyof Signals, number>> & { bias: number }>;

/** How the search of one language judges itself, and from which probabilities on a question counts as ours, and one entry as the answer. */
export interface Calibration {
  readonly weights: Readonly<Record<Judgement, Weights>>;
  readonly thresholds: Readonly<Record<Judgement, number>>;
}

/** The calibration that ships with the search, made by `npm run knowledge -- calibrate`. */
export const calibration = JSON.parse(readFileSync(new URL('./calibration.json', import.meta.url), 'utf8')) as Record<Language, Calibration>;

/** What the bias and every weighted signal add to the logarithmic odds of a judgement. */
export function logOdds(signals: Signals, weights: Weights): Record<string, number> {
  const { bias, ...ofSignals } = weights;
  return { bias, ...Object.fromEntries((Object.keys(ofSignals) as (keyof Signals)[]).map((name) => [name, weights[name]! * signals[name]])) };
}

/** The probability that a judgement holds, from a ranking's signals. */
export const probability = (signals: Signals, weights: Weights): number =>
  1 / (1 + Math.exp(-Object.values(logOdds(signals, weights)).reduce((sum, part) => sum + part, 0)));

/** A ranking's signals, and whether the judgement holds for it. */
export interface Sample {
  readonly signals: Signals;
  readonly holds: boolean;
  readonly weight: number;
}

/** Solves a small system of linear equations by elimination; the matrix is positive definite. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index]!]);
  rows.forEach((pivot, at) => {
    for (const row of rows.slice(at + 1)) {
      const factor = row[at]! / pivot[at]!;
      for (let column = at; column < row.length; column += 1) row[column]! -= factor * pivot[column]!;
    }
  });
  const solved: number[] = [];
  for (let at = rows.length - 1; at >= 0; at -= 1) {
    const row = rows[at]!;
    const known = solved.reduce((sum, value, index) => sum + value * row[at + 1 + index]!, 0);
    solved.unshift((row.at(-1)! - known) / row[at]!);
  }
  return solved;
}

/** Strength of the prior that holds weights near zero, and Newton steps, which settle in fewer. */
const prior = 1;
const steps = 25;

/**
 * Fits a logistic model by Newton's method over standardised signals. Deterministic.
 * @throws when there is nothing to fit
 */
export function fit(samples: readonly Sample[], names: readonly (keyof Signals)[]): Weights {
  if (samples.length === 0) throw new Error('There are no samples to fit.');
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  const scales = names.map((name) => {
    const mean = samples.reduce((sum, { signals, weight }) => sum + weight * signals[name], 0) / total;
    const variance = samples.reduce((sum, { signals, weight }) => sum + weight * (signals[name] - mean) ** 2, 0) / total;
    return { mean, spread: Math.sqrt(variance) || 1 };
  });
  const rows = samples.map(({ signals, holds, weight }) => ({ x: [...names.map((name, index) => (signals[name] - scales[index]!.mean) / scales[index]!.spread), 1], holds: holds ? 1 : 0, weight }));
  let weights = [...names.map(() => 0), 0];
  for (let step = 0; step < steps; step += 1) {
    const gradient = weights.map((weight, index) => (index === names.length ? 0 : prior * weight));
    const curve = weights.map((_, a) => weights.map((__, b) => (a === b ? (a === names.length ? 1e-9 : prior) : 0)));
    for (const { x, holds, weight } of rows) {
      const sure = 1 / (1 + Math.exp(-x.reduce((sum, value, index) => sum + value * weights[index]!, 0)));
      x.forEach((value, a) => {
        gradient[a]! += weight * (sure - holds) * value;
        x.forEach((other, b) => { curve[a]![b]! += weight * sure * (1 - sure) * value * other; });
      });
    }
    const change = solve(curve, gradient);
    weights = weights.map((weight, index) => weight - change[index]!);
  }
  const plain = names.map((name, index) => [name, weights[index]! / scales[index]!.spread] as const);
  const shift = plain.reduce((sum, [, weight], index) => sum + weight * scales[index]!.mean, 0);
  return { bias: weights.at(-1)! - shift, ...Object.fromEntries(plain) };
}

/** How sure the search was of something, and whether it held. */
export interface Told {
  readonly sure: number;
  readonly holds: boolean;
  readonly weight: number;
}
export interface Band {
  readonly count: number;
  readonly sure: number;
  readonly right: number;
}

/** Ten equal bands of confidence: how many samples fall into each, how sure they were, and for how many the judgement held. */
export function bandsOf(told: readonly Told[]): Band[] {
  const all = Array.from({ length: 10 }, () => ({ count: 0, sure: 0, right: 0 }));
  for (const { sure, holds, weight } of told) {
    const band = all[Math.min(9, Math.floor(sure * 10))]!;
    band.count += weight;
    band.sure += weight * sure;
    band.right += holds ? weight : 0;
  }
  return all.map(({ count, sure, right }) => ({ count, sure: sure / (count || 1), right: right / (count || 1) }));
}

/** Mean distance between how sure the search was and how often it was right, weighed by the size of the bands. */
export function bandsError(bands: readonly Band[]): number {
  const total = bands.reduce((sum, { count }) => sum + count, 0);
  return bands.reduce((sum, { count, sure, right }) => sum + count * Math.abs(sure - right), 0) / total;
}

/** The bands of samples under a model. */
export const bands = (samples: readonly Sample[], weights: Weights): Band[] => bandsOf(samples.map(({ signals, holds, weight }) => ({ sure: probability(signals, weights), holds, weight })));

/** How far a model is from being as right as it is sure. */
export const calibrationError = (samples: readonly Sample[], weights: Weights): number => bandsError(bands(samples, weights));
