import { describe, expect, test } from '@jest/globals';
import { cardStatus, statusDays, usualTimes, type StatusAnswers } from '../../../knowledge/policies/status.ts';

const waiting: StatusAnswers = { notice: 'not_received', changed: 'no', errorContact: false, inquiry: 'not_checked' };
const rule = (answers: StatusAnswers, today: string): string => cardStatus(answers, today, usualTimes).rule;

describe('the days that follow from an application (decision tables, 1.3)', () => {
  test('by smartphone on 1 November', () => {
    expect(statusDays('2026-11-01', 'smartphone', usualTimes)).toMatchObject({
      inquiry_from: '2026-11-04', card_made: '2026-11-22', notice_from: '2026-12-01', notice_to: '2027-01-01', contact_from: '2027-01-02', inquiry_until: '2027-05-01',
    });
  });
  test('by post on 1 November counts from five days later', () => {
    expect(statusDays('2026-11-01', 'post', usualTimes)).toMatchObject({ notice_from: '2026-12-06', notice_to: '2027-01-06' });
  });
  test('express on 20 November', () => {
    expect(statusDays('2026-11-20', 'express', usualTimes)).toMatchObject({ arrive_from: '2026-11-25', arrive_usual: '2026-11-27', express_ask: '2026-12-01' });
  });
});

describe('where the card is (ST rules)', () => {
  const applied = { ...waiting, channel: 'smartphone', appliedOn: '2026-11-01' } as const;
  test.each([
    ['2026-11-03', 'ST-17'], ['2026-11-04', 'ST-18'], ['2026-11-21', 'ST-18'], ['2026-11-22', 'ST-19'], ['2026-11-30', 'ST-19'],
    ['2026-12-01', 'ST-20'], ['2027-01-01', 'ST-20'], ['2027-01-02', 'ST-21'], ['2027-05-01', 'ST-21'], ['2027-05-02', 'ST-22'],
  ])('applied by smartphone on 1 November, asked on %s: %s', (today, expected) => {
    expect(rule(applied, today)).toBe(expected);
  });

  const express = { ...waiting, channel: 'express', appliedOn: '2026-11-20' } as const;
  test.each([['2026-11-26', 'ST-08'], ['2026-11-27', 'ST-09'], ['2026-11-30', 'ST-09'], ['2026-12-01', 'ST-10']])('express, asked on %s: %s', (today, expected) => {
    expect(rule(express, today)).toBe(expected);
  });

  const today = '2026-11-22';
  test.each<[string, StatusAnswers, string]>([
    ['moved to another municipality wins over everything', { ...applied, notice: 'received', changed: 'other_municipality' }, 'ST-01'],
    ['moved abroad', { ...applied, changed: 'abroad' }, 'ST-01'],
    ['moved to another ward', { ...applied, changed: 'other_ward' }, 'ST-02'],
    ['moved within, no Notice', { ...applied, changed: 'same_municipality' }, 'ST-03'],
    ['moved within, Notice here', { ...applied, changed: 'same_municipality', notice: 'received' }, 'ST-05'],
    ['a new name', { ...applied, changed: 'name' }, 'ST-04'],
    ['Notice lost', { ...applied, notice: 'lost' }, 'ST-06'],
    ['told of an error', { ...applied, errorContact: true }, 'ST-07'],
    ['card comes by post', { ...applied, channel: 'counter_mail' }, 'ST-11'],
    ['embassy', { ...applied, channel: 'embassy' }, 'ST-12'],
    ['page finds nothing, too early', { ...applied, appliedOn: '2026-11-20', inquiry: 'not_found' }, 'ST-13'],
    ['page finds nothing', { ...applied, inquiry: 'not_found' }, 'ST-14'],
    ['page finds nothing after six months', { ...applied, appliedOn: '2026-05-01', inquiry: 'not_found' }, 'ST-15'],
    ['page says dispatched', { ...applied, inquiry: 'dispatched' }, 'ST-16'],
    ['Notice due, post forwarded', { ...applied, appliedOn: '2026-10-15', forwarding: true }, 'ST-20-forwarded'],
    ['Notice due, post not forwarded', { ...applied, appliedOn: '2026-10-15', forwarding: false }, 'ST-20'],
    ['day unknown', { ...waiting, channel: 'smartphone' }, 'ST-23'],
  ])('%s: %s', (_name, answers, expected) => {
    expect(rule(answers, today)).toBe(expected);
  });
});
