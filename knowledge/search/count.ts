import { Bag, Row } from './bag.ts';
import type { FeatureTable, Kind } from './features.ts';
import type { Example } from './model.ts';
import type { Language } from './terms.ts';

/** Examples as rows of features, one after the other in flat arrays; those of an example end at its place in `ends`. */
export interface Rows {
  readonly features: Row;
  readonly counts: Row;
  readonly ends: readonly number[];
  /** In how many examples each feature occurs. */
  readonly seenIn: Row;
}

/** Makes rows of examples; features that are new are added to the table, and their kinds to `kindOf`. */
export function rowsOf(examples: readonly Example[], language: Language, table: FeatureTable, kindOf: Kind[]): Rows {
  const bag = new Bag();
  const [features, counts, seenIn] = [new Row(), new Row(), new Row()];
  const ends = examples.map(({ terms }) => {
    bag.fill(terms, language, table, true, kindOf);
    while (seenIn.length < table.size) seenIn.push(0);
    for (let at = 0; at < bag.length; at += 1) {
      const id = bag.ids[at]!;
      features.push(id);
      counts.push(bag.counts[at]!);
      seenIn.values[id]! += 1;
    }
    return features.length;
  });
  return { features, counts, ends, seenIn };
}

/** Adds up what the members of a class have seen of each feature, each member weighing the same, however long. @returns how much in all; `take` gets every feature once, with its sum */
export function sumUp(members: readonly number[], examples: readonly Example[], { features, counts, ends }: Rows, weightOf: Float32Array, sums: Float64Array, take: (feature: number, sum: number) => void): number {
  const touched: number[] = [];
  let total = 0;
  for (const index of members) {
    const begin = index === 0 ? 0 : ends[index - 1]!;
    let norm = 0;
    for (let at = begin; at < ends[index]!; at += 1) norm += counts.values[at]! * weightOf[features.values[at]!]! ** 2;
    const scale = examples[index]!.weight / (Math.sqrt(norm) || 1);
    for (let at = begin; at < ends[index]!; at += 1) {
      const id = features.values[at]!;
      const value = Math.sqrt(counts.values[at]!) * weightOf[id]! * scale;
      if (value === 0) continue;
      if (sums[id] === 0) touched.push(id);
      sums[id]! += value;
      total += value;
    }
  }
  for (const id of touched) {
    take(id, sums[id]!);
    sums[id] = 0;
  }
  return total || 1;
}

/** What a feature says for a class that has seen so much of it, and so much in all: every class is taken to have seen as much as the mean class has, so that few examples prove less. */
export const gainOf = (sum: number, total: number, mean: number, smoothing: number): number => Math.log1p(sum * mean / total / smoothing);

/** The numbers of the examples of each class. */
export const membersOf = (examples: readonly Example[]): Map<string, number[]> => {
  const members = new Map<string, number[]>();
  examples.forEach(({ label }, index) => {
    const some = members.get(label);
    if (some === undefined) members.set(label, [index]);
    else some.push(index);
  });
  return members;
};
