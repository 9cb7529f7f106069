import { addDays, addMonths, firstDay, type Day } from '../days.ts';
import { daySlots, firstRule, type Arrival, type Rule } from './rule.ts';

export const channels = [
  'smartphone', 'pc', 'photo_booth', 'post', 'counter_pickup', 'counter_mail', 'express', 'embassy', 'unknown',
] as const;
export type Channel = (typeof channels)[number];

/** What the resident told us. A value that was not asked or is not known is left out. */
export interface StatusAnswers {
  readonly notice?: 'received' | 'not_received' | 'lost' | undefined;
  readonly changed?: 'no' | 'same_municipality' | 'other_ward' | 'other_municipality' | 'abroad' | 'name' | undefined;
  readonly errorContact?: boolean | undefined;
  readonly channel?: Channel | undefined;
  readonly appliedOn?: Day | undefined;
  readonly inquiry?: 'not_checked' | 'not_found' | 'received' | 'dispatched' | undefined;
  readonly forwarding?: boolean | undefined;
}

/** How long things take; a municipality may set its own. Days and months are calendar days and months. */
export interface StatusTimes {
  /** Until a posted form has arrived (assumption, unverified). */
  readonly postDays: number;
  /** Until the inquiry page knows the application (F3-10). */
  readonly inquiryDays: number;
  /** Making the card (S-15, F3-02). */
  readonly productionDays: number;
  /** Until the Notice, usual and late (F3-01, F3-02). */
  readonly noticeMonths: number;
  readonly noticeLateMonths: number;
  /** How long the inquiry page shows an application (F3-10). */
  readonly inquiryMonths: number;
  /** Express issuance: earliest, usual, and when to ask (F3-07). */
  readonly expressDays: number;
  readonly expressUsualDays: number;
  readonly expressAskDays: number;
}

export const usualTimes: StatusTimes = {
  postDays: 5, inquiryDays: 3, productionDays: 21, noticeMonths: 1, noticeLateMonths: 2, inquiryMonths: 6,
  expressDays: 5, expressUsualDays: 7, expressAskDays: 11,
};

/** The days that follow from when and how somebody applied. */
export function statusDays(appliedOn: Day, channel: Channel | undefined, times: StatusTimes) {
  const receipt = channel === 'post' ? addDays(appliedOn, times.postDays) : appliedOn;
  return {
    applied_on: appliedOn,
    inquiry_from: addDays(receipt, times.inquiryDays),
    inquiry_retry: addDays(receipt, 10),
    card_made: addDays(receipt, times.productionDays),
    notice_from: addMonths(receipt, times.noticeMonths),
    notice_to: addMonths(receipt, times.noticeLateMonths),
    contact_from: addDays(addMonths(receipt, times.noticeLateMonths), 1),
    inquiry_until: addMonths(appliedOn, times.inquiryMonths),
    arrive_from: addDays(appliedOn, times.expressDays),
    arrive_usual: addDays(appliedOn, times.expressUsualDays),
    express_ask: addDays(appliedOn, times.expressAskDays),
  };
}

/** Names of those days, which an entry may use as slots. */
export const statusSlots = Object.keys(statusDays(firstDay, undefined, usualTimes));

export interface StatusCase extends StatusAnswers {
  readonly today: Day;
  readonly days: ReturnType<typeof statusDays> | undefined;
}

const before = (day: Day | undefined, given: StatusCase): boolean => day !== undefined && given.today < day;
const upTo = (day: Day | undefined, given: StatusCase): boolean => day !== undefined && given.today <= day;

/** "Where is my card?", in the order the rows are read. */
export const statusRules: readonly Rule<StatusCase>[] = [
  { id: 'ST-01', facts: ['F5-03', 'F5-06'], end: 'guide-status/moved-away',
    when: ({ changed }) => changed === 'other_municipality' || changed === 'abroad' },
  { id: 'ST-02', facts: ['F5-05'], end: 'guide-status/moved-ward', when: ({ changed }) => changed === 'other_ward' },
  { id: 'ST-03', facts: ['F5-04'], end: 'guide-status/moved-within',
    when: ({ changed, notice }) => changed === 'same_municipality' && notice !== 'received' },
  { id: 'ST-04', facts: ['F5-04'], end: 'guide-status/name-changed', when: ({ changed }) => changed === 'name' },
  { id: 'ST-05', facts: ['F4-01'], end: 'guide-status/ready', when: ({ notice }) => notice === 'received' },
  { id: 'ST-06', facts: ['F4-10'], end: 'guide-status/notice-lost', when: ({ notice }) => notice === 'lost' },
  { id: 'ST-07', facts: ['F3-03'], end: 'guide-status/correction', when: ({ errorContact }) => errorContact === true },
  { id: 'ST-08', facts: ['F3-09'], end: 'guide-status/express-making',
    when: (given) => given.channel === 'express' && before(given.days?.arrive_usual, given) },
  { id: 'ST-09', facts: ['F3-07'], end: 'guide-status/express-due',
    when: (given) => given.channel === 'express' && before(given.days?.express_ask, given) },
  { id: 'ST-10', facts: ['F3-07'], end: 'guide-status/express-overdue',
    when: ({ channel, days }) => channel === 'express' && days !== undefined },
  { id: 'ST-11', facts: ['F2-14'], end: 'guide-status/card-by-post',
    when: ({ channel, days }) => channel === 'counter_mail' && days !== undefined },
  { id: 'ST-12', facts: ['F5-20'], end: 'guide-status/embassy', when: ({ channel }) => channel === 'embassy' },
  { id: 'ST-13', facts: ['F3-10'], end: 'guide-status/inquiry-too-early',
    when: (given) => given.inquiry === 'not_found' && before(given.days?.inquiry_from, given) },
  { id: 'ST-14', facts: ['F3-10', 'F2-04'], end: 'guide-status/inquiry-no-match',
    when: (given) => given.inquiry === 'not_found' && upTo(given.days?.inquiry_until, given) },
  { id: 'ST-15', facts: ['F3-10'], end: 'guide-status/inquiry-too-old',
    when: ({ inquiry, days }) => inquiry === 'not_found' && days !== undefined },
  { id: 'ST-16', facts: ['F3-04', 'F3-11'], end: 'guide-status/dispatched',
    when: ({ inquiry, days }) => inquiry === 'dispatched' && days !== undefined },
  { id: 'ST-17', facts: ['F3-10'], end: 'guide-status/just-received', when: (given) => before(given.days?.inquiry_from, given) },
  { id: 'ST-18', facts: ['F3-02'], end: 'guide-status/in-production', when: (given) => before(given.days?.card_made, given) },
  { id: 'ST-19', facts: ['F3-01', 'F3-04'], end: 'guide-status/at-municipality',
    when: (given) => before(given.days?.notice_from, given) },
  { id: 'ST-20-forwarded', facts: ['F3-06'], end: 'guide-status/notice-due-forwarded',
    when: (given) => given.forwarding === true && upTo(given.days?.notice_to, given) },
  { id: 'ST-20', facts: ['F3-02', 'F3-06'], end: 'guide-status/notice-due',
    when: (given) => upTo(given.days?.notice_to, given) },
  { id: 'ST-21', facts: ['F4-11'], end: 'guide-status/overdue', when: (given) => upTo(given.days?.inquiry_until, given) },
  { id: 'ST-22', facts: ['F4-13'], end: 'guide-status/long-overdue', when: ({ days }) => days !== undefined },
  { id: 'ST-23', facts: ['F3-10'], end: 'guide-status/date-unknown', when: () => true },
];

/** @returns the stage somebody's application is in, the entry that says so, and the days it names */
export function cardStatus(answers: StatusAnswers, today: Day, times: StatusTimes): Arrival {
  const days = answers.appliedOn === undefined ? undefined : statusDays(answers.appliedOn, answers.channel, times);
  const rule = firstRule(statusRules, { ...answers, today, days });
  return { rule: rule.id, entry: rule.end, slots: days === undefined ? {} : daySlots(days) };
}
