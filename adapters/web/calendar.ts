import { addDays, isDay, type Day } from '../../knowledge/days.ts';
import type { Entry } from '../../knowledge/entry.ts';
import type { Library } from '../../knowledge/library.ts';
import { inLocale, isLocale, type Locale } from '../../knowledge/locales.ts';
import { Refusal, type Route } from '../server.ts';

/** Escapes a text value (RFC 5545, 3.3.11). */
const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');

/** Lines of at most 75 octets, a character never cut in two (RFC 5545, 3.1). */
function folded(line: string): string {
  let [out, width] = ['', 0];
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    if (width + size > 74) [out, width] = [`${out}\r\n `, 1];
    out += sign;
    width += size;
  }
  return out;
}

const compact = (day: Day): string => day.replaceAll('-', '');

/** An all-day event on the last day, with a reminder three days before. Made from the entry alone: it says nothing about anybody. */
function calendarOf(library: Library, entry: Entry, locale: Locale, day: Day): string {
  const office = library.department(entry);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Madoguchi//JP', 'BEGIN:VEVENT',
    `UID:${entry.id.replace('/', '-')}-${day}@madoguchi`, `DTSTAMP:${compact(entry.checked)}T000000Z`,
    `DTSTART;VALUE=DATE:${compact(day)}`, `DTEND;VALUE=DATE:${compact(addDays(day, 1))}`,
    `SUMMARY:${escaped(entry.title)}`,
    `DESCRIPTION:${escaped(`${library.phrase('office', locale, { department: inLocale(office.name, locale), tel: office.tel, hours: inLocale(office.hours, locale) })}\n${entry.source}`)}`,
    'BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escaped(entry.title)}`, 'TRIGGER:-P3D', 'END:VALARM', 'END:VEVENT', 'END:VCALENDAR', '',
  ].map(folded).join('\r\n');
}

/** A legal limit as a file for calendars (RFC 5545). */
export const calendar = (current: () => Library, today: () => Day): Route => ({
  method: 'get', path: '/calendar/:lang/:topic/:name/:file',
  async handle({ params: { lang, topic, name, file = '' } }) {
    const library = current();
    const day = file.replace(/\.ics$/, '');
    const entry = isLocale(lang) && isDay(day) ? library.entry(`${topic}/${name}`, lang, today()) : undefined;
    if (entry === undefined || !isLocale(lang)) throw new Refusal(404, 'NotFound', 'There is no such date.');
    return {
      headers: { 'Content-Type': 'text/calendar; charset=utf-8', 'Content-Disposition': `attachment; filename="${topic}-${name}.ics"`, 'Cache-Control': 'no-store' },
      body: calendarOf(library, entry, lang, day),
    };
  },
});
