import { learnAskers, type Askers } from './askers.ts';
import type { Document } from './index.ts';
import { enoughOf, learn, settings, type Example, type Learned, type Settings } from './model.ts';
import { learnSpellings, type Spellings } from './spelling.ts';
import type { Cut, Language } from './terms.ts';

/** What the search has learnt from the documents of one language; plain data that can pass between threads. */
export interface LearnedIndex {
  readonly model: Learned;
  /** Every entry with its different words, for word search. */
  readonly vocabulary: readonly { readonly id: string; readonly text: string }[];
  /** Whom a way to ask belongs to; only where all who ask so mean the same. */
  readonly askers: Askers;
  readonly spellings: Spellings;
}
export type LearnedAll = Readonly<Record<Language, LearnedIndex>>;

/** Labels of the model that are services of others. */
export const elsewherePrefix = 'elsewhere ';

/** Longest part of a document that is learnt, in characters. */
const longest = 2000;

/** In a hurry nothing that is mistaken is corrected, which takes most of the time. */
export const hurried: Settings = { ...settings, rate: 0 };

/** Learns one language. */
export function learnOne(documents: readonly Document[], language: Language, cut: Cut, how = settings): LearnedIndex {
  const words = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  const examples = documents.map(({ text, weight, ...owner }): Example => {
    const terms = cut(text.slice(0, longest), language);
    const label = 'entry' in owner ? owner.entry : elsewherePrefix + owner.elsewhere;
    if ('entry' in owner) {
      const known = words.get(owner.entry) ?? new Set();
      for (const word of terms.words) {
        known.add(word);
        counts.set(word, (counts.get(word) ?? 0) + 1);
      }
      words.set(owner.entry, known);
    }
    return { label, terms, weight };
  });
  const enough = enoughOf(examples.length);
  const askers = learnAskers(examples.filter(({ weight }) => weight === 1).map(({ terms, label }) => ({ terms, owner: label })));
  return { askers, spellings: learnSpellings(examples.map(({ terms }) => terms.sound)), model: learn(examples, language, how), vocabulary: [...words].map(([id, all]) => ({ id, text: [...all].filter((word) => counts.get(word)! >= enough).join(' ') })) };
}

/** Learns both languages: the heavy part of loading a library. */
export const learnAll = (documents: Readonly<Record<Language, readonly Document[]>>, cut: Cut): LearnedAll =>
  ({ ja: learnOne(documents.ja, 'ja', cut), en: learnOne(documents.en, 'en', cut) });
