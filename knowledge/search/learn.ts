import type { Document } from './index.ts';
import { learn, type Example, type Learned } from './model.ts';
import type { Cut, Language } from './terms.ts';

/** What the search has learnt from the documents of one language; plain data that can pass between threads. */
export interface LearnedIndex {
  readonly model: Learned;
  /** Every entry with its different words, for word search. */
  readonly vocabulary: readonly { readonly id: string; readonly text: string }[];
}
export type LearnedAll = Readonly<Record<Language, LearnedIndex>>;

/** Labels of the model that are services of others. */
export const elsewherePrefix = 'elsewhere ';

/** Longest part of a document that is learnt, in characters. */
const longest = 2000;

/** Learns one language. */
export function learnOne(documents: readonly Document[], language: Language, cut: Cut): LearnedIndex {
  const words = new Map<string, Set<string>>();
  const examples = documents.map(({ text, weight, ...owner }): Example => {
    const terms = cut(text.slice(0, longest), language);
    if ('entry' in owner) {
      const known = words.get(owner.entry) ?? new Set();
      for (const word of terms.words) known.add(word);
      words.set(owner.entry, known);
    }
    return { label: 'entry' in owner ? owner.entry : elsewherePrefix + owner.elsewhere, terms, weight };
  });
  return { model: learn(examples, language), vocabulary: [...words].map(([id, all]) => ({ id, text: [...all].join(' ') })) };
}

/** Learns both languages: the heavy part of loading a library. */
export const learnAll = (documents: Readonly<Record<Language, readonly Document[]>>, cut: Cut): LearnedAll =>
  ({ ja: learnOne(documents.ja, 'ja', cut), en: learnOne(documents.en, 'en', cut) });
