/** Chance that is the same every time: numbers from 0 to 1, and what is drawn with them. */
export interface Chance {
  /** Whether something happens that happens in so many of 1 cases. */
  happens(share: number): boolean;
  /** A number from 0 up to, and without, `below`. */
  below(below: number): number;
  /** @throws when there is nothing to draw from */
  one<Item>(items: readonly Item[]): Item;
  /** The index of a weight, drawn by its share of all. */
  weighed(weights: readonly number[]): number;
}

/** Mulberry32: small, quick, and good enough to play residents. */
export function openChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number): number => Math.floor(next() * most);
  return {
    happens: (share) => next() < share,
    below,
    one(items) {
      if (items.length === 0) throw new Error('There is nothing to draw from.');
      return items[below(items.length)]!;
    },
    weighed(weights) {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
      return weights.findIndex((weight, at) => (left -= weight) < 0 || at === weights.length - 1);
    },
  };
}
