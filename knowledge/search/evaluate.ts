import type { Verdict } from './verdict.ts';

/** A question and the entries that answer it; none when the assistant should say that it does not know. */
export interface Judged {
  readonly id: string;
  readonly relevant: readonly string[];
  /** Entries that are not wrong either. */
  readonly also: readonly string[];
  /** How well each entry answers it, where that was graded. */
  readonly grades?: Readonly<Record<string, number>>;
}

/** What a question got. */
export interface Result {
  readonly judged: Judged;
  readonly outcome: 'answered' | 'choose' | 'none';
  readonly entries: readonly string[];
  readonly confidence: number;
  readonly ms: number;
  /** The first entries of the ranking, whatever was said. */
  readonly ranking: readonly string[];
}

const outcomes = { one: 'answered', choose: 'choose', none: 'none' } as const;
const shown = 3;
/** How far down a ranking is graded. */
const depth = 10;

export function resultOf(judged: Judged, verdict: Verdict, ms: number): Result {
  const ranking = verdict.hits.slice(0, depth).map(({ entry }) => entry);
  return { judged, outcome: outcomes[verdict.kind], entries: ranking.slice(0, shown), confidence: verdict.confidence, ms, ranking };
}

/** The value below which a share of the numbers lies; NaN for none. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

const share = (part: readonly unknown[], whole: readonly unknown[]): number => (whole.length === 0 ? NaN : part.length / whole.length);

/** Figures over results, shares from 0 to 1; NaN where there is nothing to count. */
export function figures(results: readonly Result[]): Record<string, number> {
  const inScope = results.filter(({ judged }) => judged.relevant.length > 0);
  const outOfScope = results.filter(({ judged }) => judged.relevant.length === 0);
  const isRight = ({ judged }: Result, entry: string | undefined): boolean => entry !== undefined && judged.relevant.includes(entry);
  const isAllowed = (result: Result): boolean => isRight(result, result.entries[0]) || result.judged.also.includes(result.entries[0] ?? '');
  return {
    questions: results.length,
    right_first: share(inScope.filter((result) => isRight(result, result.entries[0])), inScope),
    right_in_three: share(inScope.filter((result) => result.entries.some((entry) => isRight(result, entry))), inScope),
    wrong_answered: share(results.filter((result) => result.outcome === 'answered' && !isAllowed(result)), results),
    refused_in_scope: share(inScope.filter(({ outcome }) => outcome === 'none'), inScope),
    out_of_scope_recognised: share(outOfScope.filter(({ outcome }) => outcome === 'none'), outOfScope),
    ms_p50: percentile(results.map(({ ms }) => ms), 0.5),
    ms_p99: percentile(results.map(({ ms }) => ms), 0.99),
  };
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** Discounted gain of grades in their order, 2^grade − 1 over log2(rank + 1) (Järvelin and Kekäläinen 2002, in its usual exponential form). */
const discountedGain = (grades: readonly number[]): number => grades.slice(0, depth).reduce((sum, grade, at) => sum + (2 ** grade - 1) / Math.log2(at + 2), 0);

/** Figures over rankings with graded judgements, from 0 to 1, over the questions that any document answers. */
export function gradedFigures(results: readonly Result[]): Record<string, number> {
  const answerable = results.filter(({ judged }) => judged.relevant.length > 0).map(({ judged, ranking }) => {
    const gradeOf = (entry: string): number => judged.grades?.[entry] ?? 0;
    const first = ranking.findIndex((entry) => gradeOf(entry) > 0);
    const ideal = Object.values(judged.grades ?? {}).sort((a, b) => b - a);
    return { first: first < 0 ? Infinity : first + 1, gain: discountedGain(ranking.map(gradeOf)) / discountedGain(ideal) };
  });
  const within = (rank: number): number => share(answerable.filter(({ first }) => first <= rank), answerable);
  return {
    ndcg_at_10: mean(answerable.map(({ gain }) => gain)), mrr_at_10: mean(answerable.map(({ first }) => 1 / first)),
    success_at_1: within(1), success_at_3: within(3), success_at_5: within(5),
  };
}
