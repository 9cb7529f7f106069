import { addDays, firstDay, type Day } from '../../knowledge/days.ts';
import type { DayKind } from '../../knowledge/guides/guide.ts';
import type { Language } from '../../knowledge/search/terms.ts';
import type { PhraseKey } from '../../knowledge/words.ts';
import { readEnglishDay } from './english.ts';
import { likeliest, readJapaneseDay } from './japanese.ts';

/** A day understood, or the sentence that says what is wrong with it. */
export type HeardDay = { readonly day: Day } | { readonly unclear: PhraseKey };

/** Days further ahead than this are refused (decision tables, common conventions). */
const farthest = 366;

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
  const day = likeliest(read.days, kind, today);
  if (kind === 'past' && day > today) return read.about === true && day.slice(0, 7) === today.slice(0, 7) ? { day: today } : { unclear: 'day_future' };
  if (day < firstDay) return { unclear: 'day_early' };
  return day > addDays(today, farthest) ? { unclear: 'day_far' } : { day };
}
