import type { Document } from './index.ts';
import { learn, type Example, type Learned } from './model.ts';
import type { Cut, Language, Terms } from './terms.ts';

/** What the search has learnt from the documents of one language; plain data that can pass between threads. */
export interface LearnedIndex {
  readonly model: Learned;
  /** Every entry with its different words, for word search. */
  readonly vocabulary: readonly { readonly id: string; readonly text: string }[];
  /** Whom a way to ask belongs to; only where all who ask so mean the same. */
  readonly askers: ReadonlyMap<string, string>;
}
export type LearnedAll = Readonly<Record<Language, LearnedIndex>>;

/** Labels of the model that are services of others. */
export const elsewherePrefix = 'elsewhere ';

/** Longest part of a document that is learnt, in characters. */
const longest = 2000;

/** What a way to ask is known by: its sound, and its words in any order, since particles and politeness change little. The first that is known counts. */
export const waysAsked = ({ words, concepts, sound }: Terms): string[] =>
  [...(sound === '' ? [] : [`=${sound}`]), ...(words.length === 0 ? [] : [[...[...new Set(words)].sort(), '', ...[...concepts].sort()].join(' ')])];

/** Learns one language. */
export function learnOne(documents: readonly Document[], language: Language, cut: Cut): LearnedIndex {
  const words = new Map<string, Set<string>>();
  const askers = new Map<string, string>();
  const disputed = new Set<string>();
  const examples = documents.map(({ text, weight, ...owner }): Example => {
    const terms = cut(text.slice(0, longest), language);
    const label = 'entry' in owner ? owner.entry : elsewherePrefix + owner.elsewhere;
    for (const asked of weight === 1 ? waysAsked(terms) : []) {
      if ((askers.get(asked) ?? label) !== label) disputed.add(asked);
      askers.set(asked, label);
    }
    if ('entry' in owner) {
      const known = words.get(owner.entry) ?? new Set();
      for (const word of terms.words) known.add(word);
      words.set(owner.entry, known);
    }
    return { label, terms, weight };
  });
  for (const asked of disputed) askers.delete(asked);
  return { askers, model: learn(examples, language), vocabulary: [...words].map(([id, all]) => ({ id, text: [...all].join(' ') })) };
}

/** Learns both languages: the heavy part of loading a library. */
export const learnAll = (documents: Readonly<Record<Language, readonly Document[]>>, cut: Cut): LearnedAll =>
  ({ ja: learnOne(documents.ja, 'ja', cut), en: learnOne(documents.en, 'en', cut) });
