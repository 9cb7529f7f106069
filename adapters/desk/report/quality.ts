import type { Day } from '../../../knowledge/days.ts';
import type { Library } from '../../../knowledge/library.ts';
import type { Question } from '../../../knowledge/questions.ts';
import { bandsError, bandsOf, type Band, type Told } from '../../../knowledge/search/calibrate.ts';
import { figures, resultOf } from '../../../knowledge/search/evaluate.ts';
import { answerWith, toWarmUp } from '../eval.ts';

/** How well the search does on questions whose right answer is known. */
export interface Quality {
  /** By language, and all together. */
  readonly columns: readonly { readonly lang: 'ja' | 'en' | 'all'; readonly figures: Readonly<Record<string, number>> }[];
  /** How sure it was that a question is ours, and that its first entry is right, beside how often that held. */
  readonly judged: readonly { readonly of: 'ours' | 'right'; readonly bands: readonly Band[]; readonly error: number }[];
}

/** Asks the library every question. @returns undefined where there is none */
export function qualityOf(library: Library, questions: readonly Question[], today: Day): Quality | undefined {
  if (questions.length === 0) return undefined;
  const answer = answerWith(library, today);
  const told: Record<'ours' | 'right', Told[]> = { ours: [], right: [] };
  for (const question of toWarmUp(questions)) answer(question);
  const results = questions.map((question) => {
    const { id, relevant, grades, also_ok } = question;
    const begin = performance.now();
    const verdict = answer(question);
    const ms = performance.now() - begin;
    const { ours, right } = verdict.grounds.judged;
    told.ours.push({ sure: ours.probability, holds: relevant.length > 0, weight: 1 });
    told.right.push({ sure: right.probability, holds: [...relevant, ...also_ok].includes(verdict.hits[0]?.entry ?? ''), weight: 1 });
    return { ...resultOf({ id, relevant, also: also_ok, grades }, verdict, ms), lang: question.lang };
  });
  return {
    columns: (['ja', 'en', 'all'] as const).map((lang) => ({ lang, figures: figures(results.filter((result) => lang === 'all' || result.lang === lang)) })),
    judged: (['ours', 'right'] as const).map((of) => {
      const bands = bandsOf(told[of]);
      return { of, bands: bands.filter(({ count }) => count > 0), error: bandsError(bands) };
    }),
  };
}
