import { createRequire } from 'node:module';
import type * as Chrono from 'chrono-node';
import { dayFrom, type Day } from '../../knowledge/days.ts';
import { fold } from '../../knowledge/search/fold.ts';
import type { DayReading } from './japanese.ts';

const partsOfMonth: readonly (readonly [RegExp, number])[] = [[/\b(early|beginning|start)\b/, 5], [/\b(mid|middle)\b/, 15], [/\b(late|end)\b/, 25]];

/** Loaded when the first English day is read: most processes start without needing it, and it takes a tenth of a second. */
let chrono: typeof Chrono | undefined;
const load = (): typeof Chrono => (chrono ??= createRequire(import.meta.url)('chrono-node') as typeof Chrono);

/** chrono counts from a Date in the process's own time zone; noon keeps the day in all of them. */
const noon = (day: Day): Date => new Date(`${day}T12:00:00`);

/** Day and month as English speakers write them when there is no such day, which chrono passes over: “30 February”. */
const written = /\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2})\b/;
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** 3/10 is 3 October to some and March 10 to others: both are given. */
const slashed = /(?<!\d)(\d{1,2})\s*[/.]\s*(\d{1,2})(?:\s*[/.]\s*(\d{4}))?(?!\d)/;
function readSlashed(said: string, today: Day): DayReading {
  const [, a, b, y] = slashed.exec(said) ?? [];
  if (a === undefined) return undefined;
  const year = Number(today.slice(0, 4));
  const daysOf = (month: number, date: number): Day[] =>
    (y === undefined ? [year - 1, year, year + 1] : [Number(y)]).map((candidate) => dayFrom(candidate, month, date)).filter((day) => day !== undefined);
  const [british, american] = [daysOf(Number(b), Number(a)), daysOf(Number(a), Number(b))];
  const days = [...new Set([...british, ...american])];
  return days.length === 0 ? 'not-real' : { days, yearOpen: y === undefined, twoOrders: british.length > 0 && american.length > 0 && a !== b };
}

/** “It has been 3 weeks” and “3 weeks have passed” name the day 3 weeks ago. */
const elapsed: readonly RegExp[] = [
  /\b(?:been|waiting|waited|for)(?:\s+(?:waiting|for|over|about|almost|nearly|already|more|than|some))*\s+(a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+(day|week|month)s?\b(?!\s+(?:ago|later))/,
  /\b(a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+(day|week|month)s?\s+(?:have|has)\s+(?:passed|gone)/,
];
const asAgo = (said: string): string => elapsed.reduce((text, pattern) => text.replace(pattern, '$1 $2s ago'), said).replace(/\b(an?|1) (day|week|month)s ago/, '1 $2 ago');

/** Finds the day an English text names; several days where the year is open. */
export function readEnglishDay(text: string, today: Day): DayReading {
  const said = asAgo(fold(text));
  const [, d1, m1, m2, d2] = written.exec(said) ?? [];
  // 29 February exists in some year: a leap year stands in.
  if ((d1 ?? d2) !== undefined && dayFrom(2024, months.indexOf((m1 ?? m2)!) + 1, Number(d1 ?? d2)) === undefined) return 'not-real';
  const numbers = readSlashed(said, today);
  if (numbers !== undefined) return numbers;
  const start = load().en.GB.parse(said, noon(today))[0]?.start;
  if (start === undefined) return undefined;
  const [year, month, date] = [start.get('year')!, start.get('month')!, start.get('day')!];
  if (start.isCertain('month') && !start.isCertain('day') && !start.isCertain('year')) {
    const day = partsOfMonth.find(([words]) => words.test(said))?.[1] ?? 15;
    return { days: [year - 1, year, year + 1].map((candidate) => dayFrom(candidate, month, day)!), about: true, yearOpen: true };
  }
  if (start.isCertain('weekday') && !/\b(last|next|this|past)\b/.test(said)) {
    const day = dayFrom(year, month, date)!;
    return { days: [day, ...[-7, 7].map((days) => new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10))] };
  }
  if (start.isCertain('month') && !start.isCertain('year')) {
    const days = [year - 1, year, year + 1].map((candidate) => dayFrom(candidate, month, date)).filter((day) => day !== undefined);
    return days.length === 0 ? 'not-real' : { days, yearOpen: true };
  }
  const day = dayFrom(year, month, date);
  return day === undefined ? 'not-real' : { days: [day], ...(start.isCertain('day') ? {} : { about: true }) };
}
