import type { Document } from './index.ts';
import { learn, type Example, type Learned } from './model.ts';
import type { Cut, Language, Terms } from './terms.ts';

/** What the search has learnt from the documents of one language; plain data that can pass between threads. */
export interface LearnedIndex {
  readonly model: Learned;
  /** Every entry with its different words, for word search. */
  readonly vocabulary: readonly { readonly id: string; readonly text: string }[];
  /** Whom a way to ask belongs to, by its words; only where all who ask in these words mean the same. */
  readonly askers: ReadonlyMap<string, string>;
}
export type LearnedAll = Readonly<Record<Language, LearnedIndex>>;

/** Labels of the model that are services of others. */
export const elsewherePrefix = 'elsewhere ';

/** Longest part of a document that is learnt, in characters. */
const longest = 2000;

/** What two ways to ask have in common that differ in particles and politeness only; empty when there are no words. */
export const wordsAsked = ({ words, concepts }: Terms): string => (words.length === 0 ? '' : [...[...new Set(words)].sort(), '', ...[...concepts].sort()].join(' '));

/** Learns one language. */
export function learnOne(documents: readonly Document[], language: Language, cut: Cut): LearnedIndex {
  const words = new Map<string, Set<string>>();
  const askers = new Map<string, string>();
  const disputed = new Set<string>();
  const examples = documents.map(({ text, weight, ...owner }): Example => {
    const terms = cut(text.slice(0, longest), language);
    const label = 'entry' in owner ? owner.entry : elsewherePrefix + owner.elsewhere;
    const asked = wordsAsked(terms);
    if (weight === 1 && asked !== '' && (askers.get(asked) ?? label) !== label) disputed.add(asked);
    if (weight === 1 && asked !== '') askers.set(asked, label);
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
