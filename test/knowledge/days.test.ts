import { expect, test } from '@jest/globals';
import { addDays, addMonths, dayFrom, dayIn, daysBetween, isClosed, isDay, openFrom, spellDay } from '../../knowledge/days.ts';

test('a day that is not in the calendar does not exist', () => {
  expect(dayFrom(2026, 2, 30)).toBeUndefined();
  expect(dayFrom(2028, 2, 29)).toBe('2028-02-29');
  expect(['2026-11-22', '2026-02-29', '2026-1-1', '令和8年'].map(isDay)).toEqual([true, false, false, false]);
});

test('14 days after 1 November is 15 November, across months and years too', () => {
  expect(addDays('2026-11-01', 14)).toBe('2026-11-15');
  expect(addDays('2026-12-25', 14)).toBe('2027-01-08');
  expect(daysBetween('2026-11-01', '2026-11-15')).toBe(14);
});

test('a month later is the same day, or the last day of a shorter month', () => {
  expect([addMonths('2026-10-15', 1), addMonths('2027-01-31', 1), addMonths('2026-11-30', 3), addMonths('2026-03-31', -1)])
    .toEqual(['2026-11-15', '2027-02-28', '2027-02-28', '2026-02-28']);
});

test('offices are closed on weekends, national holidays and around New Year', () => {
  expect(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24'].map(isClosed)).toEqual([false, true, true, true, false]);
  expect([openFrom('2026-11-21'), openFrom('2026-12-29'), openFrom('2026-11-24')]).toEqual(['2026-11-24', '2027-01-04', '2026-11-24']);
});

test('the day turns at midnight in the city, not in the process', () => {
  expect(dayIn('Asia/Tokyo', new Date('2026-11-22T14:59:59Z'))).toBe('2026-11-22');
  expect(dayIn('Asia/Tokyo', new Date('2026-11-22T15:00:00Z'))).toBe('2026-11-23');
});

test('days are spelt in the Western calendar with their weekday', () => {
  expect(spellDay('2026-12-01', 'ja')).toBe('2026年12月1日(火)');
  expect(spellDay('2026-12-01', 'en')).toBe('Tuesday 1 December 2026');
});
