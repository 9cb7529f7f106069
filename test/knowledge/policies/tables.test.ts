import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type Day } from '../../../knowledge/days.ts';
import { lost, lostTable } from '../../../knowledge/policies/lost.ts';
import { pickup, pickupTable } from '../../../knowledge/policies/pickup.ts';
import { relocation, relocationDays, relocationTable } from '../../../knowledge/policies/relocation.ts';
import { renewal, renewalDays, renewalTable } from '../../../knowledge/policies/renewal.ts';
import type { Arrival, DecisionTable } from '../../../knowledge/policies/rule.ts';
import { cardStatus, channels, statusDays, statusTable, usualTimes } from '../../../knowledge/policies/status.ts';

const day = fc.integer({ min: 0, max: 6000 }).map((count) => addDays('2015-10-05', count));
const yesNo = fc.boolean();
const one = <Value extends string>(...values: Value[]) => fc.constantFrom(...values);
const some = <Model extends Record<string, fc.Arbitrary<unknown>>>(model: Model) => fc.record(model, { requiredKeys: [] });

const status = some({
  notice: one('received', 'not_received', 'lost'), changed: one('no', 'same_municipality', 'other_ward', 'other_municipality', 'abroad', 'name'), errorContact: yesNo,
  channel: one(...channels), appliedOn: day, inquiry: one('not_checked', 'not_found', 'received', 'dispatched'), forwarding: yesNo,
});
const move = some({
  stage: one('not_applied', 'applied', 'notice', 'card'), move: one('same', 'other_ward', 'other_municipality', 'abroad', 'from_abroad'), nationality: one('japanese', 'other'),
  movedOn: day, filed: yesNo, filedOn: day, continued: yesNo,
});
const collect = some({
  notice: one('have', 'lost'), moved: yesNo, applicant: one('adult', 'child', 'ward'), comes: one('self', 'other'), reason: one('listed', 'away', 'busy'), photoId: yesNo,
  before: one('first', 'renewal', 'renewal_lost', 'reissue'), pins: one('ready', 'none'), noticeLimit: day, stay: one('japanese', 'same', 'changed'),
});
const renew = some({
  holder: one('unlimited', 'limited'), stay: one('none', 'pending', 'granted'), integrated: yesNo, endsWith: one('stay', 'birthday'), cardEnd: day, certificateEnd: day,
  issuedAsAdult: yesNo, letter: yesNo, pinKnown: yesNo,
});
const lose = some({
  what: one('card', 'found', 'phone', 'number', 'pin'), place: one('outside', 'stolen', 'home'), reported: yesNo, police: yesNo, wants: one('search', 'reissue'),
  found: one('suspended', 'cancelled'), who: one('self', 'proxy'), pins: one('one', 'more'), app: yesNo,
});

const tables: [string, DecisionTable<never>, fc.Arbitrary<Arrival>][] = [
  ['status', statusTable, fc.tuple(status, day).map(([given, today]) => cardStatus(given, today, usualTimes))],
  ['relocation', relocationTable, fc.tuple(move, day).map(([given, today]) => relocation(given, today))],
  ['pickup', pickupTable, fc.tuple(collect, day).map(([given, today]) => pickup(given, today))],
  ['renewal', renewalTable, fc.tuple(renew, day).map(([given, today]) => renewal(given, today))],
  ['lost', lostTable, lose.map(lost)],
];

describe.each(tables)('the table %s', (_name, { rules, notes }, arrivals) => {
  test('decides every combination of answers, complete or not, in exactly one row', () => {
    const known = new Map(rules.map(({ id, end }) => [id, end]));
    fc.assert(fc.property(arrivals, ({ rule, entry }) => known.get(rule) === entry), { numRuns: 3000 });
  });
  test('names each row once, and each row its facts and its condition in words of both languages', () => {
    const rows = [...rules, ...notes];
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    for (const { id, facts, given } of rows) {
      expect([id, facts.length > 0, given.ja.length > 1]).toEqual([id, true, true]);
      expect(given.en).toMatch(/^[\x20-\x7e’“”]{2,}$/);
      expect(id).toMatch(/^(ST|RL|PU|RN|LO|PN)-\d\d/);
      expect(facts.every((fact) => /^(F\d+-\d\d|S-\d\d)$/.test(fact))).toBe(true);
    }
  });
});

describe('no day lies before its cause', () => {
  const inOrder = (...days: (Day | undefined)[]): boolean => days.every((one, at) => at === 0 || one === undefined || days[at - 1] === undefined || days[at - 1]! <= one);
  test('of an application', () => {
    fc.assert(fc.property(day, one(...channels), (applied, channel) => {
      const days = statusDays(applied, channel, usualTimes);
      return inOrder(applied, days.inquiry_from, days.card_made, days.notice_from, days.notice_to, days.contact_from) && inOrder(applied, days.arrive_from, days.arrive_usual, days.express_ask) && applied < days.inquiry_until;
    }));
  });
  test('of a move', () => {
    fc.assert(fc.property(day, day, (movedOn, filedOn) => {
      const days = relocationDays({ movedOn, filedOn });
      return inOrder(days.online_from, days.departure_by, movedOn, days.online_to, days.file_by, days.file_by_open) && inOrder(filedOn, days.express_until, days.continue_safe, days.continue_by);
    }));
  });
  test('of a renewal', () => {
    fc.assert(fc.property(day, fc.option(day, { nil: undefined }), yesNo, day, (cardEnd, certificateEnd, issuedAsAdult, today) => {
      const days = renewalDays({ cardEnd, certificateEnd, issuedAsAdult }, today);
      return inOrder(days.letter_from, days.card_open, days.letter_to, days.card_end, days.special_end) && inOrder(days.certificate_open, days.certificate_end, days.insurance_end) && inOrder(days.certificate_end, days.card_end);
    }));
  });
});

describe('worked examples of the officials’ paper', () => {
  test('renewal: card to 14 November 2031, certificate to 14 November 2026', () => {
    expect(renewalDays({ cardEnd: '2031-11-14', certificateEnd: '2026-11-14' }, '2026-08-01')).toMatchObject({ card_open: '2031-08-15', certificate_open: '2026-08-15', insurance_end: '2027-02-28' });
    expect(renewalDays({ cardEnd: '2031-11-14', issuedAsAdult: true }, '2026-08-01').certificate_end).toBe('2026-11-14');
    expect(renewalDays({ cardEnd: '2031-11-14', issuedAsAdult: true }, '2026-11-15').certificate_end).toBeUndefined();
  });
});

describe('collecting the card (PU)', () => {
  const adult = { notice: 'have', moved: false, applicant: 'adult', comes: 'self', photoId: true, before: 'first', pins: 'ready', stay: 'japanese' } as const;
  const today = '2026-11-24';
  test.each([
    ['PU-01', {}], ['PU-15', { moved: true }], ['PU-02', { applicant: 'child' }], ['PU-02', { applicant: 'ward' }], ['PU-03', { applicant: 'child', comes: 'other' }], ['PU-07', { applicant: 'ward', comes: 'other' }],
    ['PU-04', { comes: 'other', reason: 'listed' }], ['PU-05', { comes: 'other', reason: 'busy' }], ['PU-06', { comes: 'other', reason: 'away' }], ['PU-08', { comes: 'other', reason: 'listed', photoId: false }],
    ['PU-09', { notice: 'lost' }], ['PU-09-proxy', { notice: 'lost', comes: 'other', reason: 'listed' }],
  ] as const)('%s with %j', (rule, change) => {
    expect(pickup({ ...adult, ...change }, today).rule).toBe(rule);
  });
  test.each([
    ['PU-10', { noticeLimit: '2026-11-23' }], ['PU-11', { noticeLimit: '2026-12-01' }], ['PU-12', { pins: 'none' }], ['PU-13', { before: 'renewal_lost' }], ['PU-14', { before: 'reissue' }], ['PU-16', { stay: 'changed' }],
  ] as const)('%s is added with %j', (note, change) => {
    expect(pickup({ ...adult, ...change }, today).notes).toContain(note);
    expect(pickup(adult, today).notes).not.toContain(note);
  });
});

describe('renewal (RN)', () => {
  const today = '2026-11-24';
  const japanese = { holder: 'unlimited', cardEnd: '2031-11-14', certificateEnd: '2027-11-14' } as const;
  const limited = { holder: 'limited', cardEnd: '2027-01-31', stay: 'none', integrated: false, endsWith: 'stay' } as const;
  test.each([
    ['RN-01', japanese], ['RN-02', { ...japanese, certificateEnd: '2026-12-31' }], ['RN-03', { ...japanese, certificateEnd: '2026-11-14' }], ['RN-04', { ...japanese, cardEnd: '2027-01-31' }], ['RN-05', { ...japanese, cardEnd: '2026-11-23' }],
    ['RN-00', { holder: 'unlimited' }], ['RN-07', { ...limited, stay: 'granted' }], ['RN-08', { ...limited, stay: 'pending' }], ['RN-09', { ...limited, cardEnd: '2026-11-23' }], ['RN-10', limited],
    ['RN-11', { ...limited, stay: 'granted', integrated: true }], ['RN-12', { ...limited, stay: 'pending', integrated: true }], ['RN-13', { ...limited, stay: 'granted', endsWith: 'birthday' }], ['RN-01-stay', { ...limited, cardEnd: '2027-10-01' }],
  ] as const)('%s for %j', (rule, given) => {
    expect(renewal(given, today).rule).toBe(rule);
  });
});

describe('lost, found, PIN (LO, PN)', () => {
  test.each([
    ['LO-01', { what: 'card', place: 'outside', reported: false }], ['LO-02', { what: 'card', place: 'stolen', reported: true, police: false }], ['LO-03', { what: 'card', place: 'home', reported: true, wants: 'search' }],
    ['LO-05', { what: 'card', place: 'home', reported: true, wants: 'reissue' }], ['LO-04', { what: 'found', found: 'suspended' }], ['LO-06', { what: 'found', found: 'cancelled' }], ['LO-07', { what: 'phone' }], ['LO-09', { what: 'number' }],
    ['PN-01', { what: 'pin', who: 'self', pins: 'one', app: true }], ['PN-02', { what: 'pin', who: 'self', pins: 'one', app: false }], ['PN-02', { what: 'pin', who: 'self', pins: 'more' }], ['PN-03', { what: 'pin', who: 'proxy' }],
  ] as const)('%s for %j', (rule, given) => {
    expect(lost(given).rule).toBe(rule);
  });
});
