import type { Language, Terms } from './terms.ts';

/** A text that belongs to a class, and how much it counts. */
export interface Example {
  readonly label: string;
  readonly terms: Terms;
  readonly weight: number;
}

/** A class and how much better it explains a question than chance does, in nats a unit of the question. */
export interface Scored {
  readonly label: string;
  readonly score: number;
}

export interface Model {
  /** Every class that shares something with the question, best first. */
  rank(question: Terms): Scored[];
  /** How rare a word is among the examples; words never seen count as the rarest. */
  idf(word: string): number;
  /** Words of a question that a class knows. */
  known(question: Terms, label: string): string[];
}

/** Weights of the parts of a text; tuned by cross-validation over phrases (see the ablation in knowledge/README.md). */
export const weights = {
  /** Lengths of the runs of sounds (Japanese) or letters (English) that stand beside words, and their weight beside words' 1. */
  runs: { ja: [2, 3], en: [3, 4] } as Record<Language, readonly number[]>,
  run: 0.5,
  /** What a class is taken to have seen of everything: additive smoothing. */
  smoothing: 0.1,
  mass: 200,
  even: 1,
};

/** Features of a text: its words, and the runs of its sound, which spelling, kana and typos change little. */
function featuresOf({ words, sound }: Terms, language: Language): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (name: string): void => { counts.set(name, (counts.get(name) ?? 0) + 1); };
  for (const word of words) add(`w${word}`);
  const whole = language === 'en' ? `_${sound.replaceAll(' ', '_')}_` : sound;
  for (const length of weights.runs[language]) for (let at = 0; at + length <= whole.length; at += 1) add(`${length}${whole.slice(at, at + length)}`);
  return counts;
}

/** A growing list of numbers without boxes. */
class Numbers {
  values = new Float64Array(1024);
  length = 0;
  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length] = value;
    this.length += 1;
  }
}

/**
 * Learns from examples which words and sounds speak for which class: naive Bayes over tf–idf weights, in one pass and in flat
 * arrays, so that a whole library is learnt anew at every edit. Deterministic.
 */
export function learn(examples: readonly Example[], language: Language): Model {
  const ids = new Map<string, number>();
  const labels = [...new Set(examples.map(({ label }) => label))];
  const numberOf = new Map(labels.map((label, index) => [label, index]));

  // Every example's features, as numbers in one long row.
  const row = new Numbers();
  const counts = new Numbers();
  const ends: number[] = [];
  const seenIn: number[] = [];
  for (const { terms } of examples) {
    for (const [name, count] of featuresOf(terms, language)) {
      let id = ids.get(name);
      if (id === undefined) {
        id = ids.size;
        ids.set(name, id);
        seenIn.push(0);
      }
      seenIn[id]! += 1;
      row.push(id);
      counts.push(count);
    }
    ends.push(row.length);
  }
  const isWord = new Uint8Array(ids.size);
  for (const [name, id] of ids) if (name.startsWith('w')) isWord[id] = 1;
  const rarity = Float64Array.from(seenIn, (count) => Math.log(1 + examples.length / count));
  const unseen = Math.log(1 + examples.length / 0.5);
  const valueOf = (id: number, count: number): number => Math.sqrt(count) * rarity[id]! * (isWord[id] === 1 ? 1 : weights.run);

  // What each class has seen of each feature: examples weigh the same, however long.
  const seen: Map<number, number>[] = labels.map(() => new Map());
  const total = new Float64Array(labels.length);
  examples.forEach(({ label, weight }, index) => {
    const begin = index === 0 ? 0 : ends[index - 1]!;
    let norm = 0;
    for (let at = begin; at < ends[index]!; at += 1) norm += valueOf(row.values[at]!, counts.values[at]!) ** 2;
    const scale = weight / (Math.sqrt(norm) || 1);
    const label_ = numberOf.get(label)!;
    for (let at = begin; at < ends[index]!; at += 1) {
      const id = row.values[at]!;
      const value = valueOf(id, counts.values[at]!) * scale;
      seen[label_]!.set(id, (seen[label_]!.get(id) ?? 0) + value);
      total[label_]! += value;
    }
  });

  // Classes with many examples must not win by that alone: all are brought to the same mass.
  const usual = weights.mass;
  const even = total.map((value) => usual / (value || 1));

  // The same by feature: which classes know it, and what that says for them.
  const starts = new Int32Array(ids.size + 1);
  for (const known of seen) for (const id of known.keys()) starts[id + 1]! += 1;
  for (let id = 0; id < ids.size; id += 1) starts[id + 1]! += starts[id]!;
  const classes = new Int32Array(starts[ids.size]!);
  const gains = new Float32Array(classes.length);
  const next = starts.slice(0, ids.size);
  seen.forEach((known, label) => {
    for (const [id, value] of known) {
      const at = next[id]!;
      classes[at] = label;
      gains[at] = Math.log1p(value * even[label]! ** weights.even / weights.smoothing);
      next[id] = at + 1;
    }
  });
  const mass = total.map((value, label) => Math.log(value * even[label]! ** weights.even + weights.smoothing * ids.size));

  const rank = (question: Terms): Scored[] => {
    const scores = new Float64Array(labels.length);
    const touched = new Uint8Array(labels.length);
    let norm = 0;
    let sum = 0;
    for (const [name, count] of featuresOf(question, language)) {
      const id = ids.get(name);
      if (id === undefined) continue;
      const value = valueOf(id, count);
      norm += value ** 2;
      sum += value;
      for (let at = starts[id]!; at < starts[id + 1]!; at += 1) {
        scores[classes[at]!]! += value * gains[at]!;
        touched[classes[at]!] = 1;
      }
    }
    const scale = 1 / (Math.sqrt(norm) || 1);
    const least = Math.min(...mass);
    return labels.flatMap((label, index) => (touched[index] === 1 ? [{ label, score: (scores[index]! - sum * (mass[index]! - least)) * scale }] : []))
      .sort((a, b) => b.score - a.score || (a.label < b.label ? -1 : 1));
  };
  return {
    rank,
    idf: (word) => { const id = ids.get(`w${word}`); return id === undefined ? unseen : rarity[id]!; },
    known: ({ words }, label) => [...new Set(words)].filter((word) => { const id = ids.get(`w${word}`); return id !== undefined && seen[numberOf.get(label)!]!.has(id); }),
  };
}
