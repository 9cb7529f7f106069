import { readFileSync } from 'node:fs';
import type { Signals } from './index.ts';
import type { Language } from './terms.ts';

/** A ranking's signals, and whether its first entry was right. */
export interface Sample {
  readonly signals: Signals;
  readonly right: boolean;
  readonly weight: number;
}

/** Weights of the signals in a logistic model, and the confidences from which one entry is the answer or some are offered. */
export interface Calibration {
  readonly weights: Readonly<Record<keyof Signals | 'bias', number>>;
  readonly one: number;
  readonly choose: number;
}

/** The calibration that ships with the search, made by `npm run knowledge -- calibrate`. */
export const calibration = JSON.parse(readFileSync(new URL('./calibration.json', import.meta.url), 'utf8')) as Record<Language, Calibration>;

const names = ['top', 'ahead', 'aheadOfElsewhere', 'coverage', 'agreed', 'words'] as const satisfies readonly (keyof Signals)[];

/** The probability that a ranking's first entry is right, from its signals. */
export function probability(signals: Signals, { weights }: Pick<Calibration, 'weights'>): number {
  const sum = names.reduce((total, name) => total + weights[name] * signals[name], weights.bias);
  return 1 / (1 + Math.exp(-sum));
}

/** Strength of the prior that holds weights near zero, and steps of the descent; both are ample for six signals. */
const prior = 1;
const steps = 4000;

/**
 * Fits the logistic model by gradient descent over standardised signals. Deterministic.
 * @throws when there is nothing to fit
 */
export function fit(samples: readonly Sample[]): Calibration['weights'] {
  if (samples.length === 0) throw new Error('There are no samples to fit.');
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  const scales = names.map((name) => {
    const mean = samples.reduce((sum, { signals, weight }) => sum + weight * signals[name], 0) / total;
    const variance = samples.reduce((sum, { signals, weight }) => sum + weight * (signals[name] - mean) ** 2, 0) / total;
    return { mean, spread: Math.sqrt(variance) || 1 };
  });
  const rows = samples.map(({ signals, right, weight }) => ({ x: names.map((name, index) => (signals[name] - scales[index]!.mean) / scales[index]!.spread), right: right ? 1 : 0, weight }));
  const weights = names.map(() => 0);
  let bias = 0;
  for (let step = 0; step < steps; step += 1) {
    const gradient = weights.map((weight) => (prior * weight) / total);
    let biasGradient = 0;
    for (const { x, right, weight } of rows) {
      const error = (1 / (1 + Math.exp(-(bias + x.reduce((sum, value, index) => sum + value * weights[index]!, 0)))) - right) * weight / total;
      x.forEach((value, index) => { gradient[index]! += error * value; });
      biasGradient += error;
    }
    weights.forEach((weight, index) => { weights[index] = weight - gradient[index]!; });
    bias -= biasGradient;
  }
  const plain = weights.map((weight, index) => weight / scales[index]!.spread);
  const shift = plain.reduce((sum, weight, index) => sum + weight * scales[index]!.mean, 0);
  return { bias: bias - shift, ...Object.fromEntries(names.map((name, index) => [name, plain[index]!])) } as Calibration['weights'];
}

/** Ten equal bands of confidence: how many samples fall into each, how sure they were, and how many were right. */
export function bands(samples: readonly Sample[], model: Pick<Calibration, 'weights'>): { count: number; sure: number; right: number }[] {
  const all = Array.from({ length: 10 }, () => ({ count: 0, sure: 0, right: 0 }));
  for (const { signals, right, weight } of samples) {
    const sure = probability(signals, model);
    const band = all[Math.min(9, Math.floor(sure * 10))]!;
    band.count += weight;
    band.sure += weight * sure;
    band.right += right ? weight : 0;
  }
  return all.map(({ count, sure, right }) => ({ count, sure: sure / (count || 1), right: right / (count || 1) }));
}

/** Mean distance between how sure the model is and how often it is right, weighed by the size of the bands. */
export function calibrationError(samples: readonly Sample[], model: Pick<Calibration, 'weights'>): number {
  const all = bands(samples, model);
  const total = all.reduce((sum, { count }) => sum + count, 0);
  return all.reduce((sum, { count, sure, right }) => sum + count * Math.abs(sure - right), 0) / total;
}
