import { spellDay } from './days.ts';
import type { Entry } from './entry.ts';
import { inLocale, type Locale } from './locales.ts';
import { fillBlocks, type Block } from './markdown.ts';
import { municipalitySlots, type Department, type Municipality } from './municipality.ts';
import type { SlotValue, Slots } from './policies/rule.ts';

/** An entry as residents see it: slots filled, and the office in words. */
export interface Answer {
  readonly title: string;
  readonly body: readonly Block[];
  readonly department: string;
  readonly tel: string;
  readonly hours: string;
  readonly source: string;
  /** The day it was last verified, in words. */
  readonly checked: string;
}

function spell(value: SlotValue, locale: Locale): string {
  if ('day' in value) return spellDay(value.day, locale);
  return 'count' in value ? String(value.count) : inLocale(value.text, locale);
}

/** Fills an entry's slots. Paragraphs and list items whose slot has no value are left out. */
export function answerOf(entry: Entry, department: Department, municipality: Municipality, locale: Locale, slots: Slots = {}): Answer {
  const named = Object.fromEntries(Object.entries(slots).map(([name, value]) => [name, spell(value, locale)]));
  return {
    title: entry.title,
    body: fillBlocks(entry.body, { ...municipalitySlots(municipality, department, locale), ...named }),
    department: inLocale(department.name, locale), tel: department.tel, hours: inLocale(department.hours, locale),
    source: entry.source, checked: spellDay(entry.checked, locale),
  };
}
