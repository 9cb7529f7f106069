import { textKey } from './features.ts';
import type { Example } from './model.ts';

/** A model as counting left it, and what it was counted from. */
export interface Sharpening {
  readonly examples: readonly Example[];
  readonly labels: ReadonlyMap<string, number>;
  readonly ends: readonly number[];
  /** Features of all examples one after the other, and how often each occurs; those of an example end at its place in `ends`. */
  readonly features: Float64Array;
  readonly counts: Float64Array;
  readonly weightOf: Float32Array;
  readonly numbers: ArrayLike<number>;
  readonly starts: Int32Array;
  readonly classes: Uint16Array;
  readonly gains: Float32Array;
  readonly rate: number;
  readonly temperature: number;
}

/** What a class must be wrong by for its gains to be changed. */
const tolerable = 0.01;

/** How much less the last example changes than the first, so that none counts more than others because it came late. */
const fading = 0.9;

/** The most that an example of a small class counts. */
const mostOfOne = 8;

/**
 * Goes once through all examples and corrects the gains of what is mistaken for what: one pass of logistic regression that begins where naive Bayes ended.
 * Only what a class knows already is changed, so the model stays as small as it was. The order is that of a digest: by chance, and with one phrase more or less nearly the same.
 */
export function sharpen({ examples, labels, ends, features, counts, weightOf, numbers, starts, classes, gains, rate, temperature }: Sharpening): void {
  const keys = examples.map(({ label, terms }) => textKey(`${label} ${terms.sound}`));
  const order = Int32Array.from(examples, (_, index) => index).sort((a, b) => keys[a]! - keys[b]! || a - b);
  // Classes of few examples learn more from each, or those of many would be corrected more often and stand out from them.
  const sizes = new Float64Array(labels.size);
  for (const { label } of examples) sizes[labels.get(label)!]! += 1;
  const mean = examples.length / labels.size;
  const scores = new Float64Array(labels.size);
  const [ids, values] = [new Int32Array(1 << 14), new Float64Array(1 << 14)];
  order.forEach((index, step) => {
    const now = rate * (1 - fading * step / order.length);
    let length = 0;
    let norm = 0;
    for (let at = index === 0 ? 0 : ends[index - 1]!; at < ends[index]! && length < ids.length; at += 1) {
      const weight = weightOf[features[at]!]!;
      if (weight === 0) continue;
      ids[length] = numbers[features[at]!]!;
      values[length] = Math.sqrt(counts[at]!) * weight;
      norm += values[length]! ** 2;
      length += 1;
    }
    const scale = 1 / (Math.sqrt(norm) || 1);
    scores.fill(0);
    for (let one = 0; one < length; one += 1) {
      const value = values[one]! * scale;
      for (let at = starts[ids[one]!]!; at < starts[ids[one]! + 1]!; at += 1) scores[classes[at]!]! += value * gains[at]!;
    }
    let most = -Infinity;
    for (const score of scores) most = Math.max(most, score);
    let sum = 0;
    for (let label = 0; label < scores.length; label += 1) sum += scores[label] = Math.exp((scores[label]! - most) * temperature);
    const right = labels.get(examples[index]!.label)!;
    if (1 - scores[right]! / sum < tolerable) return;
    // Now how far each class is from what it should have been.
    for (let label = 0; label < scores.length; label += 1) {
      const wrong = (label === right ? 1 : 0) - scores[label]! / sum;
      scores[label] = Math.abs(wrong) < tolerable ? 0 : wrong * now * examples[index]!.weight * Math.min(mostOfOne, mean / sizes[right]!);
    }
    for (let one = 0; one < length; one += 1) {
      const value = values[one]! * scale;
      for (let at = starts[ids[one]!]!; at < starts[ids[one]! + 1]!; at += 1) gains[at]! += value * scores[classes[at]!]!;
    }
  });
}
