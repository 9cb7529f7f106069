import type { Language, Terms } from '../../../knowledge/search/terms.ts';

/** A question in one spelling, with those who asked it. */
export interface Unanswered {
  readonly lang: Language;
  readonly text: string;
  readonly terms: Terms;
  readonly times: number;
  readonly askers: ReadonlySet<string>;
}

/** Questions that mean much the same. */
export interface Group {
  readonly lang: Language;
  /** What is most typical of the group first. */
  readonly questions: readonly Unanswered[];
  readonly times: number;
  readonly askers: number;
  /** What they have in common, what tells most first: words and what they mean. */
  readonly shared: readonly Feature[];
}

export interface Feature {
  readonly kind: 'word' | 'concept';
  readonly name: string;
  /** Share of the group's questions that have it. */
  readonly share: number;
}

/** How much a feature tells; a word that everybody uses tells little. */
export type Weigh = (key: string) => number;

/** Two groups are one when their questions are, on average, as like as this; from 0 to 1. Chosen by looking at a month of made-up traffic. */
const likeEnough = 0.2;
/** More different questions are not grouped, since every two are compared: the most frequent are. */
const most = 2000;

/** The features of a question: its words and what they mean, as the search reads them. */
export const keysOf = ({ words, concepts }: Pick<Terms, 'words' | 'concepts'>): string[] => [...new Set([...words.map((word) => `w ${word}`), ...concepts.map((concept) => `c ${concept}`)])];

/** What is meant counts more than the word that was used for it. */
const meaning = 1.5;

/** Weighs features by how rare they are in a body of texts (inverse document frequency). */
export function weighBy(texts: readonly Pick<Terms, 'words' | 'concepts'>[]): Weigh {
  const counts = new Map<string, number>();
  for (const terms of texts) for (const key of keysOf(terms)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return (key) => Math.log(1 + texts.length / (counts.get(key) ?? 0.5)) * (key.startsWith('c ') ? meaning : 1);
}

/** How like every two questions are: the cosine of their weighed features. */
function likenesses(questions: readonly Unanswered[], weigh: Weigh): Float64Array {
  const size = questions.length;
  const vectors = questions.map(({ terms }) => {
    const features = keysOf(terms).map((key) => [key, weigh(key)] as const);
    const norm = Math.sqrt(features.reduce((sum, [, weight]) => sum + weight ** 2, 0)) || 1;
    return new Map(features.map(([key, weight]) => [key, weight / norm]));
  });
  const like = new Float64Array(size * size);
  for (let a = 0; a < size; a += 1) {
    for (let b = 0; b < a; b += 1) {
      let sum = 0;
      for (const [key, weight] of vectors[a]!) sum += weight * (vectors[b]!.get(key) ?? 0);
      like[a * size + b] = like[b * size + a] = sum;
    }
  }
  return like;
}

/**
 * Puts together what is most like, group by group, until no two groups are like enough: average linkage, by chains of nearest neighbours.
 * @param like how like every two are; becomes how like every two groups are
 */
function link(size: number, like: Float64Array): number[][] {
  const groups = new Map<number, number[]>(Array.from({ length: size }, (_, at) => [at, [at]]));
  const done: number[][] = [];
  let chain: number[] = [];
  while (groups.size > 0) {
    if (chain.length === 0) chain = [groups.keys().next().value!];
    const at = chain.at(-1)!;
    const before = chain.at(-2);
    // The one before it in the chain wins where others are as like, so that a chain ends.
    let nearest = before;
    for (const other of groups.keys()) if (other !== at && (nearest === undefined || like[at * size + other]! > like[at * size + nearest]!)) nearest = other;
    if (nearest === undefined || like[at * size + nearest]! < likeEnough) {
      // Putting others together makes none more like this one than its nearest is now.
      done.push(groups.get(at)!);
      groups.delete(at);
      chain.pop();
    } else if (nearest === before) {
      const [mine, theirs] = [groups.get(at)!, groups.get(before)!];
      for (const other of groups.keys()) {
        const joint = (like[at * size + other]! * mine.length + like[before * size + other]! * theirs.length) / (mine.length + theirs.length);
        like[before * size + other] = like[other * size + before] = joint;
      }
      groups.set(before, [...theirs, ...mine]);
      groups.delete(at);
      chain.splice(-2);
    } else chain.push(nearest);
  }
  return done;
}

function groupOf(questions: readonly Unanswered[], weigh: Weigh): Group {
  const counts = new Map<string, number>();
  for (const { terms } of questions) for (const key of keysOf(terms)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const tells = (key: string): number => (counts.get(key)! / questions.length) * weigh(key);
  const shared = [...counts.keys()].filter((key) => questions.length === 1 || counts.get(key)! > 1).sort((a, b) => tells(b) - tells(a) || (a < b ? -1 : 1));
  // The most typical question has most of what the group has in common, for its length; one that many asked is rather free of slips.
  const typical = new Map(questions.map((question) => {
    const keys = keysOf(question.terms);
    return [question, (1 + Math.log(question.times)) * keys.reduce((sum, key) => sum + tells(key), 0) / Math.sqrt(keys.length || 1)];
  }));
  return {
    lang: questions[0]!.lang, times: questions.reduce((sum, { times }) => sum + times, 0), askers: new Set(questions.flatMap(({ askers }) => [...askers])).size,
    questions: [...questions].sort((a, b) => typical.get(b)! - typical.get(a)! || (a.text < b.text ? -1 : 1)),
    shared: shared.map((key) => ({ kind: key.startsWith('c ') ? 'concept' : 'word', name: key.slice(2), share: counts.get(key)! / questions.length })),
  };
}

const byTimes = (a: { times: number; text: string }, b: { times: number; text: string }): number => b.times - a.times || (a.text < b.text ? -1 : 1);

/** Groups questions by what they mean, those that most people asked first. The same questions always make the same groups. */
export function groupByMeaning(questions: readonly Unanswered[], weigh: Weigh): Group[] {
  return (['ja', 'en'] as const).flatMap((lang) => {
    const some = questions.filter((question) => question.lang === lang).sort(byTimes).slice(0, most);
    return link(some.length, likenesses(some, weigh)).map((members) => groupOf(members.sort((a, b) => a - b).map((at) => some[at]!), weigh));
  }).sort((a, b) => b.askers - a.askers || b.times - a.times || (a.questions[0]!.text < b.questions[0]!.text ? -1 : 1));
}
