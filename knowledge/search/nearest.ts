import type { Terms } from './terms.ts';

/** Finds the stored text most like another, by the cosine of their rare words and sounds. */
export interface Nearest {
  /** @param except texts of this owner do not count
   *  @param atLeast the least likeness that matters, above 0
   *  @returns the number of the text and its likeness from 0 to 1, or undefined when none is so like */
  find(terms: Terms, except: string, atLeast: number): { readonly index: number; readonly likeness: number } | undefined;
}

const run = 3;
function featuresOf({ words, sound }: Terms): Set<string> {
  const features = new Set(words);
  for (let at = 0; at + run <= sound.length; at += 1) features.add(`${run}${sound.slice(at, at + run)}`);
  return features;
}

/** Indexes texts with their owners. */
export function makeNearest(texts: readonly { readonly owner: string; readonly terms: Terms }[]): Nearest {
  const numbers = new Map<string, number>();
  const postings: number[][] = [];
  const all = texts.map(({ terms }, index) => Int32Array.from(featuresOf(terms), (feature) => {
    const number = numbers.get(feature) ?? numbers.size;
    numbers.set(feature, number);
    (postings[number] ??= []).push(index);
    return number;
  }));
  const weights = Float64Array.from(postings, ({ length }) => Math.log(1 + texts.length / length) ** 2);
  const unseen = Math.log(1 + texts.length / 0.5) ** 2;
  const norms = all.map((features) => Math.sqrt(features.reduce((sum, number) => sum + weights[number]!, 0)));
  const isAsked = new Uint8Array(weights.length);
  return {
    find(terms, except, atLeast) {
      const asked = [...featuresOf(terms)];
      const known = Int32Array.from(asked.map((feature) => numbers.get(feature)).filter((number) => number !== undefined)).sort((a, b) => weights[b]! - weights[a]!);
      const whole = known.reduce((sum, number) => sum + weights[number]!, (asked.length - known.length) * unseen);
      // A text that shares none of the rarest features is at most as like as the share of all others (prefix filter, Bayardo et al. 2007).
      const candidates = new Set<number>();
      let rest = whole - (asked.length - known.length) * unseen;
      for (const number of known) {
        if (rest < atLeast ** 2 * whole) break;
        for (const index of postings[number]!) if (texts[index]!.owner !== except) candidates.add(index);
        rest -= weights[number]!;
      }
      for (const number of known) isAsked[number] = 1;
      let best: { index: number; likeness: number } | undefined;
      const norm = Math.sqrt(whole);
      for (const index of candidates) {
        // Nor is a text like one that is much longer.
        if (Math.min(norms[index]!, norm) < atLeast * Math.max(norms[index]!, norm)) continue;
        let shared = 0;
        for (const number of all[index]!) if (isAsked[number] === 1) shared += weights[number]!;
        const likeness = shared / (norms[index]! * norm);
        if (best === undefined ? likeness >= atLeast : likeness > best.likeness) best = { index, likeness };
      }
      for (const number of known) isAsked[number] = 0;
      return best;
    },
  };
}
