import { Bag, Row } from './bag.ts';
import { gainOf, membersOf, rowsOf, sumUp } from './count.ts';
import { FeatureTable, wordKey, type Kind, type TableData } from './features.ts';
import { sharpen } from './sharpen.ts';
import type { Language, Terms } from './terms.ts';

/** A text that belongs to a class, and how much it counts. */
export interface Example {
  readonly label: string;
  readonly terms: Terms;
  readonly weight: number;
}

/** A class and how much better it explains a question than chance does. */
export interface Scored {
  readonly label: string;
  readonly score: number;
}

export interface Model {
  /** Every class. */
  readonly labels: readonly string[];
  /** The classes that share most with the question, best first. */
  rank(question: Terms): Scored[];
  /** How rare a word is among the examples; words never seen count as the rarest. */
  idf(word: string): number;
  /** Whether any example has the word. */
  knows(word: string): boolean;
  /** Words of a question that a class knows. */
  known(question: Terms, label: string): string[];
  /** The classes that know a word, and what it says for each. */
  speaksFor(word: string): Scored[];
}

/** What was learnt, in flat arrays that can pass between threads. */
export interface Learned {
  readonly labels: readonly string[];
  readonly table: TableData;
  /** Weight of each feature in a text, and how rare it is. */
  readonly weightOf: Float32Array;
  readonly rarity: Float32Array;
  /** Number of examples, and what the mean class has seen of everything. */
  readonly size: number;
  readonly mean: number;
  /** Classes that know a feature and what that says for them: those of feature `id` stand from `starts[id]` to `starts[id + 1]`. */
  readonly starts: Int32Array;
  readonly classes: Uint16Array;
  readonly gains: Float32Array;
}

/** How the model learns. */
export interface Settings {
  /** Weight of a feature by its kind. */
  readonly kinds: Readonly<Record<Kind, number>>;
  /** What a class is taken to have seen of everything: additive smoothing. */
  readonly smoothing: number;
  /** In how many of many examples a pair or run must occur to be learnt: most occur in few, take most of the memory, and say little of what others will write. */
  readonly least: number;
  /** How much one mistaken example changes (0: nothing is corrected), and how sharply scores are told apart while learning. */
  readonly rate: number;
  readonly temperature: number;
}

/** Tuned by cross-validation over phrases; `npm run bench -- ablation` prints what each part is worth. */
export const settings: Settings = {
  kinds: { word: 1, concept: 1, pair: 0.6, run: 0.5 },
  smoothing: 0.04,
  least: 4,
  rate: 2,
  temperature: 0.5,
};

/** From so many examples on, rare pairs and runs can be spared. */
const manyExamples = 20_000;

/** With more classes than this, correcting takes longer than it is worth; a city has a tenth. */
const mostCorrected = 3000;

/** In how many of so many examples something rare must occur to be learnt. */
export const enoughOf = (examples: number, least = settings.least): number => (examples < manyExamples ? 1 : least);

/**
 * Learns from examples which words and sounds speak for which class: naive Bayes over tf–idf weights, in one pass and in flat
 * arrays, and then one pass that corrects what is mistaken. Deterministic.
 */
export function learn(examples: readonly Example[], language: Language, { kinds, smoothing, least, rate, temperature }: Settings = settings): Learned {
  const table = new FeatureTable();
  const kindOf: Kind[] = [];
  const rows = rowsOf(examples, language, table, kindOf);
  const weightOf = new Float32Array(table.size);
  const rarity = new Float32Array(table.size);
  for (let id = 0; id < table.size; id += 1) rarity[id] = Math.log(1 + examples.length / rows.seenIn.values[id]!);
  const enough = enoughOf(examples.length, least);
  const isLearnt = (id: number): boolean => rows.seenIn.values[id]! >= enough || kindOf[id] === 'word' || kindOf[id] === 'concept';
  for (let id = 0; id < table.size; id += 1) weightOf[id] = isLearnt(id) ? rarity[id]! * kinds[kindOf[id]!] : 0;

  // What each class has seen of each feature: examples weigh the same, however long, and classes, however many they have.
  const members = membersOf(examples);
  const labels = [...members.keys()];
  const sums = new Float64Array(table.size);
  const [postingIds, postingGains] = [new Row(), new Row()];
  const totals: number[] = [];
  const labelEnds = labels.map((label) => {
    totals.push(sumUp(members.get(label)!, examples, rows, weightOf, sums, (id, sum) => {
      postingIds.push(id);
      postingGains.push(sum);
    }));
    return postingIds.length;
  });
  const mean = totals.reduce((sum, total) => sum + total, 0) / totals.length;
  labelEnds.forEach((end, label) => {
    for (let at = label === 0 ? 0 : labelEnds[label - 1]!; at < end; at += 1) postingGains.values[at] = gainOf(postingGains.values[at]!, totals[label]!, mean, smoothing);
  });

  // The same by feature: which classes know it, and what that says for them. Features that say nothing are left out.
  const { table: kept, numbers } = table.only((id) => weightOf[id] !== 0);
  const starts = new Int32Array(kept.size + 1);
  for (let at = 0; at < postingIds.length; at += 1) {
    postingIds.values[at] = numbers[postingIds.values[at]!]!;
    starts[postingIds.values[at]! + 1]! += 1;
  }
  for (let id = 0; id < kept.size; id += 1) starts[id + 1]! += starts[id]!;
  const classes = new Uint16Array(postingIds.length);
  const gains = new Float32Array(postingIds.length);
  const next = starts.slice();
  labelEnds.forEach((end, label) => {
    for (let from = label === 0 ? 0 : labelEnds[label - 1]!; from < end; from += 1) {
      const at = next[postingIds.values[from]!]!;
      classes[at] = label;
      gains[at] = postingGains.values[from]!;
      next[postingIds.values[from]!] = at + 1;
    }
  });

  if (rate > 0 && labels.length <= mostCorrected) {
    const numberOf = new Map(labels.map((label, index) => [label, index]));
    sharpen({ examples, labels: numberOf, ends: rows.ends, features: rows.features.values, counts: rows.counts.values, weightOf, numbers, starts, classes, gains, rate, temperature });
  }

  const ofKept = (values: Float32Array): Float32Array => {
    const some = new Float32Array(kept.size);
    numbers.forEach((number, id) => { if (number >= 0) some[number] = values[id]!; });
    return some;
  };
  return { labels, table: kept.data, weightOf: ofKept(weightOf), rarity: ofKept(rarity), size: examples.length, mean, starts, classes, gains };
}

/** Most classes that are ranked; more than a city has of entries and neighbouring services. */
const mostRanked = 400;

/** Opens what was learnt for questions. */
export function openModel({ labels, table: data, weightOf, rarity, size, starts, classes, gains }: Learned, language: Language): Model {
  const table = new FeatureTable(data);
  const bag = new Bag();
  const numberOf = new Map(labels.map((label, index) => [label, index]));
  const unseen = Math.log(1 + size / 0.5);
  const scores = new Float64Array(labels.length);
  return {
    labels,
    rank(question) {
      scores.fill(0);
      bag.fill(question, language, table, false);
      let norm = 0;
      for (let index = 0; index < bag.length; index += 1) {
        const id = bag.ids[index]!;
        const value = Math.sqrt(bag.counts[index]!) * weightOf[id]!;
        norm += value ** 2;
        for (let at = starts[id]!; at < starts[id + 1]!; at += 1) scores[classes[at]!]! += value * gains[at]!;
      }
      const scale = 1 / (Math.sqrt(norm) || 1);
      // Only the best are worth making objects of and sorting.
      const least = labels.length <= mostRanked ? 0 : scores.slice().sort()[labels.length - mostRanked]!;
      const ranked: Scored[] = [];
      for (let index = 0; index < labels.length; index += 1) if (scores[index]! > 0 && scores[index]! >= least) ranked.push({ label: labels[index]!, score: scores[index]! * scale });
      return ranked.sort((a, b) => b.score - a.score || (a.label < b.label ? -1 : 1));
    },
    idf(word) {
      const id = table.number(wordKey(word), false);
      return id < 0 ? unseen : rarity[id]!;
    },
    knows: (word) => table.number(wordKey(word), false) >= 0,
    known({ words }, label) {
      const wanted = numberOf.get(label);
      return [...new Set(words)].filter((word) => {
        const id = table.number(wordKey(word), false);
        return id >= 0 && classes.subarray(starts[id], starts[id + 1]).includes(wanted!);
      });
    },
    speaksFor(word) {
      const id = table.number(wordKey(word), false);
      return id < 0 ? [] : Array.from(classes.subarray(starts[id], starts[id + 1]), (label, at) => ({ label: labels[label]!, score: gains[starts[id]! + at]! }));
    },
  };
}
