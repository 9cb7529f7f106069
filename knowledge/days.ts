import holidayJp from '@holiday-jp/holiday_jp';
import type { Locale } from './locales.ts';

/** A calendar day as `2026-11-22`. Days compare as text. */
export type Day = string;

/** The earliest day an application can have been made: numbers were first given out then (F9-01). */
export const firstDay: Day = '2015-10-05';

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const millisecondsADay = 86_400_000;

const toDate = (day: Day): Date => new Date(`${day}T00:00:00Z`);
const toDay = (date: Date): Day => date.toISOString().slice(0, 10);

/** @returns the day, or undefined when there is no such day (30 February). */
export function dayFrom(year: number, month: number, date: number): Day | undefined {
  const made = new Date(Date.UTC(year, month - 1, date));
  const same = made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === date;
  return same ? toDay(made) : undefined;
}

export function isDay(text: string): boolean {
  const parts = dayPattern.exec(text);
  return parts !== null && dayFrom(Number(parts[1]), Number(parts[2]), Number(parts[3])) !== undefined;
}

/** Calendar days; the day itself is day 0 (F5-08). */
export const addDays = (day: Day, count: number): Day => toDay(new Date(toDate(day).getTime() + count * millisecondsADay));

/** The same day of the month `count` months on, or that month's last day where it has none. */
export function addMonths(day: Day, count: number): Day {
  const from = toDate(day);
  const first = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + count, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(from.getUTCDate(), last));
  return toDay(first);
}

/** Whole days from `from` to `to`; negative when `to` lies before. */
export const daysBetween = (from: Day, to: Day): number => (toDate(to).getTime() - toDate(from).getTime()) / millisecondsADay;

/** 0 is Sunday. */
export const weekday = (day: Day): number => toDate(day).getUTCDay();

/** Making a format takes longer than a whole answer's search. */
const formats = new Map<string, Intl.DateTimeFormat>();
/** The day it is now in a time zone such as `Asia/Tokyo`. */
export function dayIn(timeZone: string, now: Date): Day {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return format.format(now);
}

/** What a clock on the wall of a time zone shows, as if it were UTC. */
function wallTime(timeZone: string, now: Date): number {
  const name = `${timeZone} time`;
  const format = formats.get(name) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(name, format);
  return Date.parse(`${format.format(now).replace(' ', 'T')}Z`);
}

/** The hour it is in a time zone, 0 to 23. */
export const hourIn = (timeZone: string, now: Date): number => new Date(wallTime(timeZone, now)).getUTCHours();

/** When a day is so many minutes old in a time zone; where the clocks are changed within the hour, some moment near it. */
export function momentIn(timeZone: string, day: Day, minutes: number): Date {
  const wanted = toDate(day).getTime() + minutes * 60_000;
  return new Date(wanted - (wallTime(timeZone, new Date(wanted)) - wanted));
}

/** Saturdays, Sundays, national holidays and 29 December to 3 January (F10-03). */
export function isClosed(day: Day): boolean {
  const monthDay = day.slice(5);
  return weekday(day) % 6 === 0 || monthDay >= '12-29' || monthDay <= '01-03' || holidayJp.isHoliday(new Date(`${day}T00:00:00`));
}

/** `day` itself, or the next day the offices are open. */
export function openFrom(day: Day): Day {
  let open = day;
  while (isClosed(open)) open = addDays(open, 1);
  return open;
}

const kanjiWeekdays = '日月火水木金土';
const english = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A day as people read it, Western calendar with its weekday. */
export function spellDay(day: Day, locale: Locale): string {
  if (locale === 'en') return english.format(toDate(day)).replace(',', '');
  const [, year, month, date] = dayPattern.exec(day) ?? [];
  return `${year}年${Number(month)}月${Number(date)}日(${kanjiWeekdays[weekday(day)]})`;
}
