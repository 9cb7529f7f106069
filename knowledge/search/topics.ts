import type { Model } from './model.ts';
import type { Terms } from './terms.ts';

/** What a text is about: the root of its share of every label of a model, so that the sum of products of two is how alike they are, 0 to 1 (Bhattacharyya 1943). */
export type Topic = Float64Array;

/** Says what texts are about, in the terms of a model that knows how people ask for many matters: two texts of one matter are alike without a word in common. */
export interface Topics {
  /** @param parts parts of one text, and how much each counts */
  of(parts: readonly { readonly terms: Terms; readonly weight: number }[]): Topic;
}

export function openTopics(model: Model): Topics {
  const places = new Map<string, number>();
  for (const label of model.labels) places.set(label, places.size);
  return {
    of(parts) {
      const topic = new Float64Array(places.size);
      let whole = 0;
      for (const { terms, weight } of parts) {
        const ranked = model.rank(terms);
        const chances = ranked.map(({ score }) => Math.exp(score - ranked[0]!.score));
        const sum = chances.reduce((total, chance) => total + chance, 0);
        ranked.forEach(({ label }, at) => { topic[places.get(label)!]! += weight * chances[at]! / sum; });
        if (ranked.length > 0) whole += weight;
      }
      return whole === 0 ? topic : topic.map((share) => Math.sqrt(share / whole));
    },
  };
}

/** How alike two texts are in what they are about, 0 to 1; 0 where a text is about nothing that is known. */
export const alike = (one: Topic, other: Topic): number => one.reduce((sum, share, at) => sum + share * other[at]!, 0);
