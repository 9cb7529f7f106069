import { beforeAll, describe, expect, test } from '@jest/globals';
import { openStep, withAnswer } from '../../bot/walk.ts';
import { Replies } from '../../bot/reply.ts';
import { addDays } from '../../knowledge/days.ts';
import { endsOf, type Answers, type Guide, type GuideContext } from '../../knowledge/guides/guide.ts';
import { guides } from '../../knowledge/guides/index.ts';
import type { Library } from '../../knowledge/library.ts';
import { inLocale, locales } from '../../knowledge/locales.ts';
import type { Arrival } from '../../knowledge/policies/rule.ts';
import { usualTimes } from '../../knowledge/policies/status.ts';
import { shippedLibrary, today } from '../helpers.ts';

const context: GuideContext = { today, times: usualTimes, notices: { appliedUntil: addDays(today, -33), asOf: addDays(today, -2) } };
/** Days before and after today that meet every limit of the tables. */
const days = [-400, -200, -100, -70, -35, -25, -16, -10, -7, -1, 0, 5, 30, 100, 300, 2000].map((count) => addDays(today, count));

interface Walked {
  readonly arrivals: readonly Arrival[];
  readonly asked: ReadonlySet<string>;
}

/** Every way through a guide. */
function walkAll(guide: Guide): Walked {
  const arrivals = new Map<string, Arrival>();
  const asked = new Set<string>();
  const walk = (answers: Answers): void => {
    const step = openStep(guide, answers, context);
    if (step === undefined) {
      const arrival = guide.arrive(answers, context);
      arrivals.set(`${arrival.rule} ${Object.keys(arrival.slots).join()}`, arrival);
      return;
    }
    asked.add(step.id);
    const values = [...step.options.map(({ value }) => value), ...(step.day === undefined ? [] : days.filter((day) => step.day === 'printed' || (step.day === 'any' ? day <= addDays(today, 365) : day <= today)))];
    for (const value of values) walk(withAnswer(guide, answers, step.id, value));
  };
  walk({});
  return { arrivals: [...arrivals.values()], asked };
}

let library: Library;
beforeAll(async () => {
  library = await shippedLibrary();
});

describe.each(guides.map((guide) => [guide.id, guide] as const))('the guide %s', (_id, guide) => {
  let walked: Walked;
  beforeAll(() => {
    walked = walkAll(guide);
  });

  test('asks every question it has, and reaches every end it names and no other', () => {
    expect([...walked.asked].sort()).toEqual(guide.steps.map(({ id }) => id).sort());
    expect([...new Set(walked.arrivals.map(({ entry }) => entry))].sort()).toEqual(endsOf(guide).sort());
  });

  test('uses every row and every added line of its table', () => {
    expect([...new Set(walked.arrivals.map(({ rule }) => rule))].sort()).toEqual(guide.table.rules.map(({ id }) => id).sort());
    expect([...new Set(walked.arrivals.flatMap(({ notes }) => notes))].sort()).toEqual(guide.table.notes.map(({ id }) => id).sort());
  });

  test('has an entry for every end in every language, whose slots it can fill', () => {
    const known = new Set(walked.arrivals.flatMap(({ slots }) => Object.keys(slots)));
    for (const end of endsOf(guide)) {
      for (const locale of locales) {
        const entry = library.entries.find((one) => one.id === end && one.locale === locale);
        expect({ end, locale, found: entry !== undefined }).toEqual({ end, locale, found: true });
        const own = ['city', 'department', 'tel', 'hours', 'extended_hours', 'closed', 'address', 'booking_url', 'notices_applied_until', 'notices_as_of'];
        expect(entry!.slots.filter((slot) => !known.has(slot) && !own.includes(slot) && !/_tel$/.test(slot))).toEqual([]);
      }
    }
  });

  test('says something whole at every arrival, in every language', () => {
    for (const locale of locales) {
      const replies = new Replies(library, locale, today);
      for (const arrival of walked.arrivals) {
        const { text } = replies.entry(library.entry(arrival.entry, locale, today)!, [], { guide, arrival });
        expect(text).not.toMatch(/[{}]|undefined/);
        expect(text!.length).toBeGreaterThan(150);
      }
    }
  });

  test('offers options that differ in every language and number no more than a phone shows', () => {
    for (const { options } of guide.steps) {
      for (const locale of locales) {
        const labels = options.map(({ say }) => inLocale(say, locale));
        expect(new Set(labels).size).toBe(labels.length);
      }
      expect(options.length).toBeLessThanOrEqual(10);
    }
  });
});
