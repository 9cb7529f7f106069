import { describe, expect, test } from '@jest/globals';
import { relocation, relocationDays, type RelocationAnswers } from '../../../knowledge/policies/relocation.ts';

const today = '2026-11-22';
const rule = (answers: RelocationAnswers, on = today): string => relocation(answers, on).rule;

describe('limits (decision tables, 2.2)', () => {
  test('moved on 15 November: file by Sunday 29, next open day 30', () => {
    expect(relocationDays({ movedOn: '2026-11-15' })).toMatchObject({ file_by: '2026-11-29', file_by_open: '2026-11-30', online_from: '2026-10-16', online_to: '2026-11-25', departure_by: '2026-11-14' });
  });
  test('filed on 24 November: continued use by 22 February, safely by 21', () => {
    expect(relocationDays({ movedOn: '2026-11-15', filedOn: '2026-11-24' })).toMatchObject({ continue_by: '2027-02-22', continue_safe: '2027-02-21' });
  });
});

describe('what to do (RL rules)', () => {
  test.each<[string, RelocationAnswers, string]>([
    ['from abroad', { stage: 'not_applied', move: 'from_abroad' }, 'RL-22'],
    ['abroad, foreign national', { stage: 'card', move: 'abroad', nationality: 'other' }, 'RL-21'],
    ['abroad, Japanese, in time', { stage: 'card', move: 'abroad', nationality: 'japanese', movedOn: '2026-12-10' }, 'RL-18'],
    ['abroad, Japanese, on the very day is too late', { stage: 'card', move: 'abroad', nationality: 'japanese', movedOn: today }, 'RL-19'],
    ['abroad, no card yet', { stage: 'applied', move: 'abroad', nationality: 'japanese', movedOn: '2026-12-10' }, 'RL-20'],
    ['not applied, moving soon', { stage: 'not_applied', move: 'other_municipality', movedOn: '2026-12-20' }, 'RL-02'],
    ['not applied, moving in a year', { stage: 'not_applied', move: 'other_municipality', movedOn: '2027-06-20' }, 'RL-01'],
    ['not applied, moved within', { stage: 'not_applied', move: 'same', movedOn: '2026-11-20', filed: true }, 'RL-01'],
    ['applied, another municipality', { stage: 'applied', move: 'other_municipality', movedOn: '2026-11-20', filed: false }, 'RL-03'],
    ['applied, another ward', { stage: 'applied', move: 'other_ward', movedOn: '2026-11-20', filed: false }, 'RL-04'],
    ['applied, same municipality', { stage: 'applied', move: 'same', movedOn: '2026-11-20', filed: false }, 'RL-05'],
    ['Notice here, already moved out', { stage: 'notice', move: 'other_municipality', movedOn: '2026-11-20', filed: false }, 'RL-06'],
    ['Notice here, moving out later', { stage: 'notice', move: 'other_municipality', movedOn: '2026-12-20' }, 'RL-07'],
    ['Notice here, another ward', { stage: 'notice', move: 'other_ward', movedOn: '2026-11-20', filed: false }, 'RL-08'],
    ['Notice here, same municipality', { stage: 'notice', move: 'same', movedOn: '2026-11-20', filed: false }, 'RL-09'],
    ['card in hand, not filed yet, in time', { stage: 'card', move: 'other_municipality', movedOn: '2026-11-15', filed: false }, 'RL-10'],
    ['card in hand, not filed for 15 days', { stage: 'card', move: 'other_municipality', movedOn: '2026-11-07', filed: false }, 'RL-14'],
    ['card in hand, filed, card not done', { stage: 'card', move: 'other_municipality', movedOn: '2026-11-15', filed: true, filedOn: '2026-11-20', continued: false }, 'RL-13'],
    ['card in hand, filed, card not done for 91 days', { stage: 'card', move: 'other_municipality', movedOn: '2026-08-15', filed: true, filedOn: '2026-08-20', continued: false }, 'RL-14'],
    ['card in hand, filed on a forgotten day, card not done', { stage: 'card', move: 'other_municipality', movedOn: '2026-11-15', filed: true, continued: false }, 'RL-13'],
    ['card in hand, all done', { stage: 'card', move: 'other_municipality', movedOn: '2026-11-15', filed: true, filedOn: '2026-11-20', continued: true }, 'RL-10-done'],
    ['card in hand, another ward', { stage: 'card', move: 'other_ward', movedOn: '2026-11-15', filed: false }, 'RL-12'],
    ['card in hand, same municipality', { stage: 'card', move: 'same', movedOn: '2026-11-15', filed: false }, 'RL-11'],
    ['same municipality, late', { stage: 'card', move: 'same', movedOn: '2026-10-15', filed: false }, 'RL-23'],
  ])('%s: %s', (_name, answers, expected) => {
    expect(rule(answers)).toBe(expected);
  });

  test('days left are counted to the limit', () => {
    expect(relocation({ stage: 'card', move: 'other_municipality', movedOn: '2026-11-15', filed: true, filedOn: '2026-11-20', continued: false }, today).slots.days_left).toEqual({ count: 88 });
  });
});
