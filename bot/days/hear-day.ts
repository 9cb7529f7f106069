import { addDays, daysBetween, firstDay, type Day } from '../../knowledge/days.ts';
import type { DayKind } from '../../knowledge/guides/guide.ts';
import type { Language } from '../../knowledge/search/terms.ts';
import type { PhraseKey } from '../../knowledge/words.ts';
import { readEnglishDay } from './english.ts';
import { readJapaneseDay } from './japanese.ts';

/** A day understood, two days it may mean, or the sentence that says what is wrong with it. */
export type HeardDay = { readonly day: Day } | { readonly which: readonly Day[] } | { readonly unclear: PhraseKey };

/** Days further ahead than this are refused (decision tables, common conventions); a card's printed end lies up to 10 years ahead. */
const farthest: Record<DayKind, number> = { past: 0, any: 366, printed: 11 * 366 };

/** Two days are as likely as each other when one lies less than this many times as far away as the other. */
const asFar = 2;

/** Of the days a text may mean, those a question about `kind` can mean, likeliest first. */
function possible(days: readonly Day[], kind: DayKind, today: Day): Day[] {
  const distance = (day: Day): number => Math.abs(daysBetween(today, day));
  const nearest = [...new Set(days)].sort((a, b) => distance(a) - distance(b));
  const fitting = nearest.filter((day) => kind !== 'past' || day <= today);
  return fitting.length > 0 ? fitting : nearest.slice(0, 1);
}

/**
 * Understands an answer to “on which day?”.
 * @param kind whether the day must have passed
 * @returns undefined when the text names no day at all
 */
export function hearDay(text: string, kind: DayKind, language: Language, today: Day): HeardDay | undefined {
  const readings = language === 'en' ? [readEnglishDay, readJapaneseDay] : [readJapaneseDay, readEnglishDay];
  const read = readings[0]!(text, today) ?? readings[1]!(text, today);
  if (read === undefined) return undefined;
  if (read === 'not-real') return { unclear: 'day_not_real' };
  if (kind === 'printed' && (read.yearOpen === true || read.about === true)) return { unclear: 'day_year' };
  const [day, second] = possible(read.days, kind, today) as [Day, Day?];
  if (kind === 'past' && day > today) return read.about === true && day.slice(0, 7) === today.slice(0, 7) ? { day: today } : { unclear: 'day_future' };
  if (day < firstDay) return { unclear: 'day_early' };
  if (day > addDays(today, farthest[kind])) return { unclear: 'day_far' };
  const far = Math.abs(daysBetween(today, day));
  const open = second !== undefined && second >= firstDay && (read.twoOrders === true || (kind === 'any' && Math.abs(daysBetween(today, second)) < far * asFar));
  return open ? { which: [day, second].sort() } : { day };
}
