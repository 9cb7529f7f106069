import { learnAskers, withoutOwners, type Askers } from './askers.ts';
import type { Document } from './index.ts';
import { enoughOf, learn, settings, type Example, type Learned, type Settings } from './model.ts';
import { relearn } from './relearn.ts';
import { learnSpellings, type Spellings } from './spelling.ts';
import type { Cut, Language, Terms } from './terms.ts';

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

/** The label of a document's owner in the model. */
export const labelOf = (document: Document): string => ('entry' in document ? document.entry : elsewherePrefix + document.elsewhere);

const examplesOf = (documents: readonly Document[], language: Language, cut: Cut): Example[] =>
  documents.map((document): Example => ({ label: labelOf(document), terms: cut(document.text.slice(0, longest), language), weight: document.weight }));

/** The different words of each entry that are in so many texts. */
function vocabularyOf(documents: readonly Document[], examples: readonly Example[], enough: number): LearnedIndex['vocabulary'] {
  const words = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  documents.forEach((document, at) => {
    if (!('entry' in document)) return;
    const known = words.get(document.entry) ?? new Set();
    for (const word of examples[at]!.terms.words) {
      known.add(word);
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    words.set(document.entry, known);
  });
  return [...words].map(([id, all]) => ({ id, text: [...all].filter((word) => counts.get(word)! >= enough).join(' ') }));
}

/** The ways to ask for entries. Who asks us in words that another office hears too means us. */
const askedOf = (examples: readonly Example[]): { terms: Terms; owner: string }[] =>
  examples.filter(({ weight, label }) => weight === 1 && !label.startsWith(elsewherePrefix)).map(({ terms, label }) => ({ terms, owner: label }));

/** In a hurry nothing that is mistaken is corrected, which takes most of the time. */
export const hurried: Settings = { ...settings, rate: 0 };

/** Learns one language. */
export function learnOne(documents: readonly Document[], language: Language, cut: Cut, how = settings): LearnedIndex {
  const examples = examplesOf(documents, language, cut);
  return {
    model: learn(examples, language, how), vocabulary: vocabularyOf(documents, examples, enoughOf(examples.length)),
    askers: learnAskers(askedOf(examples)), spellings: learnSpellings(examples.map(({ terms }) => terms.sound)),
  };
}

/**
 * What was learnt before, with some owners learnt anew: nearly what learning everything would give, in a moment.
 * @param changed labels of the owners whose documents are others now, or gone
 * @param documents what there is of these owners
 */
export function amend({ model, vocabulary, askers, spellings }: LearnedIndex, changed: ReadonlySet<string>, documents: readonly Document[], language: Language, cut: Cut): LearnedIndex {
  const examples = examplesOf(documents, language, cut);
  return {
    model: relearn(model, changed, examples, language), vocabulary: [...vocabulary.filter(({ id }) => !changed.has(id)), ...vocabularyOf(documents, examples, 1)],
    askers: learnAskers(askedOf(examples), withoutOwners(askers, changed)), spellings,
  };
}

/** Learns both languages: the heavy part of loading a library. */
export const learnAll = (documents: Readonly<Record<Language, readonly Document[]>>, cut: Cut): LearnedAll =>
  ({ ja: learnOne(documents.ja, 'ja', cut), en: learnOne(documents.en, 'en', cut) });
