import MiniSearch from 'minisearch';
import type { Entry } from './entry.ts';
import { plainLines } from './markdown.ts';
import type { Cut, Language } from './terms.ts';

/** How well an entry fits a question. */
export interface Hit {
  readonly entry: string;
  readonly score: number;
  /** Words of the question found in the entry. */
  readonly words: readonly string[];
  /** Share of the question's information (idf) found in the entry's best text, 0 to 1. */
  readonly coverage: number;
}

export interface Index {
  /** Entries that fit, best first. */
  search(question: string): Hit[];
}

interface Document {
  id: string;
  text: string;
}

const soundLength = 3;
const synonymWeight = 0.5;
/** Share of reading 3-grams beside words in the score. */
const soundWeight = 0.5;

const split = (text: string): string[] => text.split(' ').filter((word) => word !== '');

function grams(sound: string): string[] {
  const found: string[] = [];
  for (let at = 0; at + soundLength <= sound.length; at += 1) found.push(sound.slice(at, at + soundLength).replace(/ /gu, '_'));
  return found;
}

function makeSearch(documents: Document[]): MiniSearch<Document> {
  const index = new MiniSearch<Document>({
    fields: ['text'], tokenize: split, processTerm: (term) => term,
    searchOptions: { combineWith: 'OR', bm25: { k: 1.2, b: 0.75, d: 0 } },
  });
  index.addAll(documents);
  return index;
}

/**
 * Indexes the entries of one language: every phrase, title and answer as a short text of its own, the best one counting.
 */
export function buildIndex(entries: readonly Entry[], language: Language, cut: Cut, synonyms: ReadonlyMap<string, readonly string[]>): Index {
  const documents = entries.flatMap((entry) => {
    const texts = [entry.title, ...entry.phrases, plainLines(entry.body).join('\n')];
    return texts.map((text, number) => ({ id: `${entry.id}#${entry.locale}${number}`, terms: cut(text, language) }));
  });
  const words = makeSearch(documents.map(({ id, terms }) => ({ id, text: terms.words.join(' ') })));
  const sounds = makeSearch(documents.map(({ id, terms }) => ({ id, text: grams(terms.sound).join(' ') })));
  const counts = new Map<string, number>();
  for (const { terms } of documents) for (const word of new Set(terms.words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const idf = (word: string): number => Math.log(1 + (documents.length + 0.5) / ((counts.get(word) ?? 0) + 0.5));

  // MiniSearch multiplies a score by the number of words matched; undone here.
  const scores = (index: MiniSearch<Document>, query: string, boostTerm?: (term: string) => number) =>
    index.search(query, boostTerm === undefined ? {} : { boostTerm }).map(({ id, score, queryTerms }) => ({ id: id as string, score: score / queryTerms.length, queryTerms }));

  return {
    search(question) {
      const asked = cut(question, language);
      const own = new Set(asked.words);
      const extra = new Set([...own].flatMap((word) => synonyms.get(word) ?? []).filter((word) => !own.has(word)));
      const information = [...own].reduce((sum, word) => sum + idf(word), 0);
      const best = new Map<string, { score: number; words: string[]; coverage: number }>();
      const take = (document: string, score: number, found: readonly string[]): void => {
        const entry = document.slice(0, document.indexOf('#'));
        const known = best.get(entry);
        const matched = found.filter((word) => own.has(word));
        const coverage = information === 0 ? 0 : matched.reduce((sum, word) => sum + idf(word), 0) / information;
        const covered = score * (0.3 + coverage) ** 0.5;
        if (known === undefined || covered > known.score) best.set(entry, { score: covered, words: matched, coverage });
      };
      for (const { id, score, queryTerms } of scores(words, [...own, ...extra].join(' '), (term) => (own.has(term) ? 1 : synonymWeight))) take(id, score, queryTerms);
      const heard = new Map<string, number>();
      for (const { id, score } of scores(sounds, grams(asked.sound).join(' '))) {
        const entry = id.slice(0, id.indexOf('#'));
        heard.set(entry, Math.max(heard.get(entry) ?? 0, score));
      }
      return [...new Set([...best.keys(), ...heard.keys()])].map((entry): Hit => {
        const { score = 0, words: matched = [], coverage = 0 } = best.get(entry) ?? {};
        return { entry, score: score + soundWeight * (heard.get(entry) ?? 0), words: matched, coverage };
      }).sort((a, b) => b.score - a.score || (a.entry < b.entry ? -1 : 1));
    },
  };
}
