import type { Terms } from './terms.ts';

/** Finds the stored text most like another, by the cosine of their rare words and sounds. */
export interface Nearest {
  /** @param except texts of this owner do not count
   *  @returns the number of the text and its likeness from 0 to 1, or undefined when nothing is shared */
  find(terms: Terms, except: string): { readonly index: number; readonly likeness: number } | undefined;
}

const run = 3;
function featuresOf({ words, sound }: Terms): Set<string> {
  const features = new Set(words);
  for (let at = 0; at + run <= sound.length; at += 1) features.add(`${run}${sound.slice(at, at + run)}`);
  return features;
}

/** Indexes texts with their owners. */
export function makeNearest(texts: readonly { readonly owner: string; readonly terms: Terms }[]): Nearest {
  const postings = new Map<string, number[]>();
  const all = texts.map(({ terms }) => featuresOf(terms));
  all.forEach((features, index) => {
    for (const feature of features) {
      const list = postings.get(feature);
      if (list === undefined) postings.set(feature, [index]);
      else list.push(index);
    }
  });
  const rarity = (feature: string): number => Math.log(1 + texts.length / (postings.get(feature)?.length ?? 0.5));
  const norms = all.map((features) => Math.sqrt([...features].reduce((sum, feature) => sum + rarity(feature) ** 2, 0)));
  return {
    find(terms, except) {
      const features = featuresOf(terms);
      const sums = new Map<number, number>();
      let norm = 0;
      for (const feature of features) {
        const weight = rarity(feature) ** 2;
        norm += weight;
        for (const index of postings.get(feature) ?? []) sums.set(index, (sums.get(index) ?? 0) + weight);
      }
      let best: { index: number; likeness: number } | undefined;
      for (const [index, sum] of sums) {
        const likeness = sum / (norms[index]! * Math.sqrt(norm));
        if (texts[index]!.owner !== except && (best === undefined || likeness > best.likeness)) best = { index, likeness };
      }
      return best;
    },
  };
}
