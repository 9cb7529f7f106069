import { unmarked } from '../../../bot/guard.ts';
import type { AskedQuestion } from '../../../bot/store/store.ts';
import type { Day } from '../../../knowledge/days.ts';
import type { Library } from '../../../knowledge/library.ts';
import { bare } from '../../../knowledge/search/fold.ts';
import type { Terms } from '../../../knowledge/search/terms.ts';
import { fewest } from '../known.ts';
import { groupByMeaning, weighBy, type Group, type Unanswered } from './groups.ts';
import { count, type Counts } from './tally.ts';

/** A group whose words may be shown. */
export interface ShownGroup extends Group {
  /** The entries the search thought of first, the most frequent first: near, but not it. */
  readonly near: readonly string[];
}

/** What became of the questions without an answer. */
export interface UnansweredTally {
  readonly questions: number;
  /** The files as they are now answer them. */
  readonly answeredNow: number;
  /** Other offices' matters, by the name in words/elsewhere.yaml; those that too few asked about are one number. */
  readonly elsewhere: { readonly questions: number; readonly named: Counts; readonly rare: number };
  readonly groups: readonly ShownGroup[];
  /** Groups that too few asked for their words to be shown. */
  readonly hidden: { readonly groups: number; readonly questions: number };
}

const askersOf = (some: readonly AskedQuestion[]): ReadonlySet<string> => new Set(some.map(({ asker }) => asker));

interface Looked extends Unanswered {
  readonly near: string | undefined;
}

/**
 * Asks the library, as it is now, what could not be answered then, and groups what it still cannot answer.
 * What fewer than three people asked comes back as a number alone.
 */
export function sortUnanswered(log: readonly AskedQuestion[], library: Pick<Library, 'answer' | 'elsewhere'>, today: Day, background: readonly Terms[]): UnansweredTally {
  const spellings = new Map<string, AskedQuestion[]>();
  const unanswered = log.filter(({ kind, outcome }) => kind === 'asked' && outcome === 'none');
  for (const question of unanswered) {
    const key = `${question.locale === 'en' ? 'en' : 'ja'} ${bare(unmarked(question.text).trim())}`;
    spellings.set(key, [...spellings.get(key) ?? [], question]);
  }
  /** About the card, and answered nowhere yet: what staff may want to write. */
  const isOpen = (matter: string): boolean => library.elsewhere[matter]?.unanswered === true;
  let answeredNow = 0;
  const elsewhere = new Map<string, AskedQuestion[]>();
  const asked: Terms[] = [];
  const open: Looked[] = [];
  for (const [key, some] of spellings) {
    const lang = key.startsWith('en ') ? 'en' : 'ja';
    const text = unmarked(some[0]!.text).trim();
    const verdict = library.answer(text, lang, today);
    asked.push(verdict.grounds.asked);
    if (verdict.kind !== 'none') answeredNow += some.length;
    else if (verdict.elsewhere !== undefined && !isOpen(verdict.elsewhere)) elsewhere.set(verdict.elsewhere, [...elsewhere.get(verdict.elsewhere) ?? [], ...some]);
    else open.push({ lang, text, terms: verdict.grounds.asked, times: some.length, askers: askersOf(some), near: verdict.hits[0]?.entry });
  }
  const nearBy = new Map<Unanswered, string | undefined>(open.map((one) => [one, one.near]));
  const groups = groupByMeaning(open, weighBy([...background, ...asked]));
  const [shown, hidden] = [groups.filter(({ askers }) => askers >= fewest), groups.filter(({ askers }) => askers < fewest)];
  const away = [...elsewhere.values()].reduce((sum, some) => sum + some.length, 0);
  const named = count([...elsewhere].filter(([, some]) => askersOf(some).size >= fewest).flatMap(([name, some]) => some.map(() => name)));
  return {
    questions: unanswered.length, answeredNow, elsewhere: { questions: away, named, rare: away - named.reduce((sum, [, times]) => sum + times, 0) },
    groups: shown.map((group): ShownGroup => ({ ...group, near: count(group.questions.flatMap((one) => { const near = nearBy.get(one); return near === undefined ? [] : Array<string>(one.times).fill(near); })).map(([entry]) => entry) })),
    hidden: { groups: hidden.length, questions: hidden.reduce((sum, { times }) => sum + times, 0) },
  };
}
