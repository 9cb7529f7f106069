import MiniSearch from 'minisearch';
import { askerOf } from './askers.ts';
import { missingIn, type Light } from './follow-up.ts';
import { elsewherePrefix, type LearnedIndex } from './learn.ts';
import { openModel, type Model, type Scored } from './model.ts';
import { openSpelling } from './spelling.ts';
import type { Cut, Language, Terms } from './terms.ts';

/** A text the search learns from: how people ask for an entry, what it says, or a question that belongs to somebody else. */
export type Document = { readonly text: string; readonly weight: number } & ({ readonly entry: string } | { readonly elsewhere: string });

/** What a line of an answer counts beside a phrase or title. */
export const bodyWeight = 0.5;

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
  /** Log odds of the first entry's share of everything that speaks for anything; the same with the scores halved and doubled. */
  readonly share: number;
  readonly broad: number;
  readonly sharp: number;
  /** How far all entries together are ahead of all neighbouring services together, over the root of the question's length: a few words can say less than many. */
  readonly mass: number;
  /** The same without what an answer before supplied. */
  readonly alone: number;
  /** How much more the word that speaks most for a neighbouring service does so than for any entry; only where an answer supplied something. */
  readonly foreign: number;
  /** Score of the first entry over the root of the question's length. */
  readonly evidence: number;
  /** Share of the question's information (idf) that the first entry knows, and that anything knows, 0 to 1. */
  readonly coverage: number;
  readonly known: number;
  /** Whether word search alone puts the same entry first. */
  readonly agreed: number;
  /** Whether a phrase of the first entry, and of no other, has the same words. */
  readonly same: number;
}

export interface Ranking {
  /** What was read from the question. */
  readonly asked: Terms;
  /** Entries that fit, best first. */
  readonly hits: readonly Hit[];
  readonly signals: Signals;
  /** Whether part of the question was supplied from what was shown before. */
  readonly supplied: boolean;
  /** The neighbouring service the question fits better than any entry. */
  readonly elsewhere: string | undefined;
}

export interface Index {
  /** @param light what speaks for entries since one was shown; it counts as far as the question lacks something */
  search(question: string, light?: Light): Ranking;
}

/** Words of a question that word search looks up, the rarest: among thousands of entries the others took two thirds of the time and changed next to nothing. */
const mostWords = 5;
/** Longest part of a question that is read, in characters. */
const longestQuestion = 1000;
const noSignals: Signals = { share: 0, broad: 0, sharp: 0, mass: 0, alone: 0, foreign: 0, evidence: 0, coverage: 0, known: 0, agreed: 0, same: 0 };

/** A neighbouring service is named when it is this far ahead of every entry. */
const plainlyAhead = 1;

/** When the word search is built unless somebody asks before, in ms, and how many entries of it at once. */
const soon = 500;
const atOnce = 2;

/** Entries whose known words are listed. */
const explained = 10;

type Vocabulary = LearnedIndex['vocabulary'];

const emptyWordIndex = (): MiniSearch<Vocabulary[number]> => new MiniSearch<Vocabulary[number]>({
  fields: ['text'], tokenize: (text) => text.split(' ').filter((word) => word !== ''), processTerm: (term) => term,
  searchOptions: { combineWith: 'OR', bm25: { k: 1.2, b: 0.7, d: 0 } },
});

/** BM25 over the vocabularies of entries, each word once: the first entry. It is built a moment later and bit by bit, so that a start and an edit are live sooner and nobody waits; or at the first question. */
function wordSearch(vocabulary: Vocabulary): (words: readonly string[]) => string | undefined {
  let index: MiniSearch<Vocabulary[number]> | undefined;
  setTimeout(() => {
    if (index !== undefined) return;
    const growing = emptyWordIndex();
    void growing.addAllAsync(vocabulary, { chunkSize: atOnce }).then(() => { index ??= growing; });
  }, soon).unref();
  return (words) => {
    if (index === undefined) (index = emptyWordIndex()).addAll(vocabulary);
    // MiniSearch multiplies a score by the number of words matched, which is undone here.
    return index.search(words.join(' ')).map(({ id, score, queryTerms }) => ({ entry: id as string, score: score / queryTerms.length })).sort((one, other) => other.score - one.score)[0]?.entry;
  };
}

const logSum = (scores: readonly number[], factor: number): number => {
  const most = Math.max(...scores);
  return most + Math.log(scores.reduce((sum, score) => sum + Math.exp((score - most) * factor), 0)) / factor;
};

/** Log odds of the first score's share, when scores count as logarithms of chances. */
function shareOdds(scores: readonly number[], first: number, factor: number): number {
  const share = Math.exp((first - logSum(scores, factor)) * factor);
  return Math.log(Math.max(share, 1e-6) / Math.max(1 - share, 1e-6));
}

const isElsewhere = ({ label }: Scored): boolean => label.startsWith(elsewherePrefix);

/** How far all entries together are ahead of all neighbouring services together. */
function leadOf(ranked: readonly Scored[]): number {
  const sumOf = (some: readonly Scored[]): number => (some.length === 0 ? 0 : logSum(some.map(({ score }) => score), 1));
  return sumOf(ranked.filter((scored) => !isElsewhere(scored))) - sumOf(ranked.filter(isElsewhere));
}

/** How much more the word that speaks most for a neighbouring service does so than for any entry; 0 without words. */
function foreignOf(words: readonly (readonly Scored[])[]): number {
  const most = (some: readonly Scored[]): number => some.reduce((best, { score }) => Math.max(best, score), 0);
  return words.length === 0 ? 0 : Math.max(...words.map((known) => most(known.filter(isElsewhere)) - most(known.filter((scored) => !isElsewhere(scored)))));
}

/** The neighbouring service that is plainly ahead of every entry. */
function elsewhereOf(ranked: readonly Scored[]): string | undefined {
  const [first] = ranked;
  const ours = ranked.find((scored) => !isElsewhere(scored));
  return first !== undefined && isElsewhere(first) && first.score > (ours?.score ?? 0) + plainlyAhead ? first.label.slice(elsewherePrefix.length) : undefined;
}

/** What else than its words speaks for a class, in the measure of scores. */
export type Opinion = (asked: Terms) => (entry: string) => number;

const byScore = (one: Scored, other: Scored): number => other.score - one.score;

/** A ranking with an opinion, which may speak for classes that share nothing with the question. */
function withOpinion({ labels }: Model, ranked: readonly Scored[], think: (label: string) => number): Scored[] {
  const scores = new Map(ranked.map(({ label, score }) => [label, score]));
  return labels.map((label) => ({ label, score: (scores.get(label) ?? 0) + think(label) })).filter(({ score }) => score > 0).sort(byScore);
}

/** Opens the search of one language. The learnt model ranks; word search is the second opinion on the first entry. */
export function openIndex({ model: learned, vocabulary, askers, spellings }: LearnedIndex, language: Language, cut: Cut, opinion?: Opinion): Index {
  const model = openModel(learned, language);
  const byWords = wordSearch(vocabulary);
  const correct = openSpelling(spellings);
  const read = (text: string): Terms => {
    const written = cut(text, language);
    const meant = correct(written.sound);
    return meant === written.sound ? written : cut(meant, language);
  };
  return {
    search(question, light) {
      const asked = read(question.slice(0, longestQuestion));
      const unique = [...new Set(asked.words)];
      const information = (words: readonly string[]): number => words.reduce((sum, word) => sum + model.idf(word), 0);
      const whole = information(unique);
      const plain = opinion === undefined ? model.rank(asked) : withOpinion(model, model.rank(asked), opinion(asked));
      const missing = light === undefined ? 0 : missingIn(whole, language);
      const ranked = missing === 0 ? plain : plain.map((scored) => (isElsewhere(scored) ? scored : { ...scored, score: scored.score + missing * light!(scored.label) })).sort(byScore);
      const asker = askerOf(askers, asked);
      // Who is asked in the words of a phrase is right, unless the question goes on from an answer: 「持ち物は?」 then means another matter's.
      const certain = missing < 1 ? asker : undefined;
      const hits = ranked.filter((scored) => !isElsewhere(scored)).sort((a, b) => Number(b.label === certain) - Number(a.label === certain))
        .map(({ label, score }, index): Hit => ({ entry: label, score, words: index < explained ? model.known(asked, label) : [] }));
      const first = hits[0];
      const telling = [...unique].sort((a, b) => model.idf(b) - model.idf(a)).slice(0, mostWords);
      // 「いつまで?」 has no word of its own, but a meaning we know.
      const share = (words: readonly string[]): number => (whole === 0 ? Math.min(1, asked.concepts.length) : information(words) / whole);
      const scores = ranked.map(({ score }) => score);
      const length = Math.sqrt(unique.length || 1);
      const lead = leadOf(ranked) / length;
      return {
        asked, hits, supplied: missing > 0,
        signals: first === undefined ? noSignals : {
          share: shareOdds(scores, first.score, 1), broad: shareOdds(scores, first.score, 0.5), sharp: shareOdds(scores, first.score, 2),
          mass: lead, alone: missing === 0 ? lead : leadOf(plain) / length, foreign: missing === 0 ? 0 : foreignOf(unique.map((word) => model.speaksFor(word))),
          evidence: first.score / length,
          coverage: share(first.words), known: share(unique.filter((word) => model.knows(word))),
          agreed: byWords(telling) === first.entry ? 1 : 0, same: first.entry === asker ? 1 : 0,
        },
        elsewhere: elsewhereOf(plain),
      };
    },
  };
}
