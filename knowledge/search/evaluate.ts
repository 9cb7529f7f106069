import type { Verdict } from './verdict.ts';

/** A question and the entries that answer it; none when the assistant should say that it does not know. */
export interface Judged {
  readonly id: string;
  readonly relevant: readonly string[];
  /** Entries that are not wrong either. */
  readonly also: readonly string[];
}

/** What a question got. */
export interface Result {
  readonly judged: Judged;
  readonly outcome: 'answered' | 'choose' | 'none';
  readonly entries: readonly string[];
  readonly confidence: number;
  readonly ms: number;
}

const outcomes = { one: 'answered', choose: 'choose', none: 'none' } as const;
const shown = 3;

export function resultOf(judged: Judged, verdict: Verdict, ms: number): Result {
  return { judged, outcome: outcomes[verdict.kind], entries: verdict.hits.slice(0, shown).map(({ entry }) => entry), confidence: verdict.confidence, ms };
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
