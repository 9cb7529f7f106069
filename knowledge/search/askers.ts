import { textKey } from './features.ts';
import type { Terms } from './terms.ts';

/** Whom every way to ask belongs to, as data: sorted keys of 52 bits, and the owner of each. */
export interface Askers {
  readonly owners: readonly string[];
  readonly keys: Float64Array;
  readonly ownerOf: Uint16Array;
}

/** What a way to ask is known by: its sound, and its words in any order, since particles and politeness change little. */
const waysOf = ({ words, concepts, sound }: Terms): number[] => [
  ...(sound === '' ? [] : [textKey(`=${sound}`)]),
  ...(words.length === 0 ? [] : [textKey([...[...new Set(words)].sort(), '', ...[...concepts].sort()].join(' '))]),
];

/**
 * Learns whom ways to ask belong to; a way that two owners share belongs to none.
 * @param before what was learnt of other owners
 */
export function learnAskers(asked: readonly { readonly terms: Terms; readonly owner: string }[], before: Askers = { owners: [], keys: new Float64Array(), ownerOf: new Uint16Array() }): Askers {
  const owners = [...new Set([...before.owners, ...asked.map(({ owner }) => owner)])];
  const numberOf = new Map(owners.map((owner, number) => [owner, number]));
  const found = new Map<number, number>();
  before.keys.forEach((key, at) => found.set(key, before.ownerOf[at]!));
  const disputed = new Set<number>();
  for (const { terms, owner } of asked) {
    const number = numberOf.get(owner)!;
    for (const key of waysOf(terms)) {
      if ((found.get(key) ?? number) !== number) disputed.add(key);
      found.set(key, number);
    }
  }
  for (const key of disputed) found.delete(key);
  const keys = Float64Array.from(found.keys()).sort();
  return { owners, keys, ownerOf: Uint16Array.from(keys, (key) => found.get(key)!) };
}

/** What was learnt, without some owners. */
export function withoutOwners({ owners, keys, ownerOf }: Askers, some: ReadonlySet<string>): Askers {
  const isKept = owners.map((owner) => !some.has(owner));
  return { owners, keys: keys.filter((_, at) => isKept[ownerOf[at]!]), ownerOf: ownerOf.filter((owner) => isKept[owner]) };
}

/** Whose way to ask a question is; its sound counts before its words. */
export function askerOf({ owners, keys, ownerOf }: Askers, question: Terms): string | undefined {
  for (const key of waysOf(question)) {
    let [low, high] = [0, keys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keys[middle]! < key) low = middle + 1;
      else high = middle;
    }
    if (keys[low] === key) return owners[ownerOf[low]!];
  }
  return undefined;
}
