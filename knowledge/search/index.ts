import MiniSearch from 'minisearch';
import type { Entry } from '../entry.ts';
import type { Locale } from '../locales.ts';
import { plainLines } from '../markdown.ts';
import { learn, type Example } from './model.ts';
import { makeNearest } from './nearest.ts';
import type { Cut, Language, Terms } from './terms.ts';

/** How well an entry fits a question. */
export interface Hit {
  readonly entry: string;
  /** How much better the entry explains the question than chance; comparable within one question only. */
  readonly score: number;
  /** Words of the question the entry knows. */
  readonly words: readonly string[];
}

/** What a ranking says of itself, for judging how sure it is. Every signal is 0 where there is nothing to say. */
export interface Signals {
  /** Score of the first entry, and how far ahead of the second and of the best neighbouring service it is. */
  readonly top: number;
  readonly ahead: number;
  readonly aheadOfElsewhere: number;
  /** Share of the question's information (idf) that the first entry knows, 0 to 1. */
  readonly coverage: number;
  /** Whether word search alone puts the same entry first. */
  readonly agreed: number;
  /** Number of different words in the question. */
  readonly words: number;
}

export interface Ranking {
  /** Entries that fit, best first. */
  readonly hits: readonly Hit[];
  readonly signals: Signals;
  /** The neighbouring service the question fits better than any entry. */
  readonly elsewhere: string | undefined;
}

/** Two entries that want the same phrase. */
export interface Competing {
  readonly entry: string;
  readonly locale: Locale;
  readonly phrase: string;
  readonly other: string;
}

export interface Index {
  search(question: string): Ranking;
  competing(): Competing[];
}

/** Questions about something else, by the name of the service they belong to. */
export type Elsewhere = Readonly<Record<string, readonly string[]>>;

const elsewherePrefix = 'elsewhere ';
/** What a line of an answer counts beside a phrase or title. */
const bodyWeight = 0.5;
/** Words of a question that word search looks up; the commonest say nothing and cost most. */
const mostWords = 24;
/** From this likeness on, two phrases are the same to a search. */
const sameLikeness = 0.85;

interface Document {
  readonly id: string;
  readonly text: string;
}

/** BM25 over the vocabularies of entries, each word once. MiniSearch multiplies a score by the number of words matched, which is undone here. */
function wordSearch(documents: readonly Document[]): (words: readonly string[]) => { entry: string; score: number }[] {
  const index = new MiniSearch<Document>({
    fields: ['text'], tokenize: (text) => text.split(' ').filter((word) => word !== ''), processTerm: (term) => term,
    searchOptions: { combineWith: 'OR', bm25: { k: 1.2, b: 0.7, d: 0 } },
  });
  index.addAll(documents);
  return (words) => index.search(words.join(' ')).map(({ id, score, queryTerms }) => ({ entry: id as string, score: score / queryTerms.length })).sort((a, b) => b.score - a.score);
}

/**
 * Indexes the entries of one language. A model learnt from phrases, titles and answers ranks; word search is the second opinion.
 * @param elsewhere questions of neighbouring services, which the ranking holds against the entries
 */
export function buildIndex(entries: readonly Entry[], language: Language, cut: Cut, elsewhere: Elsewhere): Index {
  const cache = new Map<string, Terms>();
  const termsOf = (text: string): Terms => {
    const known = cache.get(text) ?? cut(text, language);
    cache.set(text, known);
    return known;
  };
  const example = (label: string, text: string, weight: number): Example => ({ label, terms: termsOf(text), weight });
  const examples = entries.flatMap((entry) => [
    ...[entry.title, ...entry.phrases, ...entry.wordings].map((text) => example(entry.id, text, 1)),
    ...plainLines(entry.body).map((text) => example(entry.id, text, bodyWeight)),
  ]);
  const others = Object.entries(elsewhere).flatMap(([name, questions]) => questions.map((text) => example(elsewherePrefix + name, text, 1)));
  const model = learn([...examples, ...others], language);
  const vocabulary = new Map<string, Set<string>>();
  for (const { label, terms } of examples) {
    const words = vocabulary.get(label) ?? new Set();
    for (const word of terms.words) words.add(word);
    vocabulary.set(label, words);
  }
  const byWords = wordSearch([...vocabulary].map(([id, words]) => ({ id, text: [...words].join(' ') })));

  return {
    search(question) {
      const asked = cut(question, language);
      const ranked = model.rank(asked);
      const hits = ranked.filter(({ label }) => !label.startsWith(elsewherePrefix)).map(({ label, score }): Hit => ({ entry: label, score, words: model.known(asked, label) }));
      const away = ranked.find(({ label }) => label.startsWith(elsewherePrefix));
      const [first, second] = hits;
      const unique = [...new Set(asked.words)];
      const information = (words: readonly string[]): number => words.reduce((sum, word) => sum + model.idf(word), 0);
      const telling = [...unique].sort((a, b) => model.idf(b) - model.idf(a)).slice(0, mostWords);
      const top = first?.score ?? 0;
      return {
        hits,
        signals: {
          top, ahead: top - (second?.score ?? 0), aheadOfElsewhere: top - (away?.score ?? 0),
          coverage: first === undefined ? 0 : information(first.words) / (information(unique) || 1),
          agreed: first !== undefined && byWords(telling)[0]?.entry === first.entry ? 1 : 0,
          words: unique.length,
        },
        elsewhere: away !== undefined && away.score > top ? away.label.slice(elsewherePrefix.length) : undefined,
      };
    },
    competing() {
      const phrases = entries.filter(({ locale }) => locale !== 'ja-easy').flatMap((entry) => entry.phrases.map((phrase) => ({ entry, phrase })));
      const nearest = makeNearest(phrases.map(({ entry, phrase }) => ({ owner: entry.id, terms: termsOf(phrase) })));
      return phrases.flatMap(({ entry, phrase }): Competing[] => {
        const found = nearest.find(termsOf(phrase), entry.id);
        return found === undefined || found.likeness < sameLikeness ? [] : [{ entry: entry.id, locale: entry.locale, phrase, other: phrases[found.index]!.entry.id }];
      });
    },
  };
}
