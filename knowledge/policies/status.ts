import { addDays, addMonths, firstDay, type Day } from '../days.ts';
import { daySlots, decide, type Arrival, type DecisionTable } from './rule.ts';

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

/** What a municipality says about its Notices: sent to those who applied by a day, as of a day. */
export interface NoticesSent {
  readonly appliedUntil: Day;
  readonly asOf: Day;
}

export interface StatusCase extends StatusAnswers {
  readonly today: Day;
  readonly days: ReturnType<typeof statusDays> | undefined;
  readonly notices: NoticesSent | undefined;
}

const before = (day: Day | undefined, given: StatusCase): boolean => day !== undefined && given.today < day;
const upTo = (day: Day | undefined, given: StatusCase): boolean => day !== undefined && given.today <= day;

/** "Where is my card?" (decision table ST). */
export const statusTable: DecisionTable<StatusCase> = {
  rules: [
    { id: 'ST-01', facts: ['F5-03', 'F5-06'], end: 'guide-status/moved-away',
      given: { ja: '申請のあと、別の市区町村または海外へ引っ越した', en: 'Moved to another municipality or abroad after applying' },
      when: ({ changed }) => changed === 'other_municipality' || changed === 'abroad' },
    { id: 'ST-02', facts: ['F5-05'], end: 'guide-status/moved-ward',
      given: { ja: '申請のあと、同じ市(政令指定都市)の別の区へ引っ越した', en: 'Moved to another ward of the same (designated) city after applying' },
      when: ({ changed }) => changed === 'other_ward' },
    { id: 'ST-03', facts: ['F5-04'], end: 'guide-status/moved-within',
      given: { ja: '同じ市区町村の中で引っ越した。通知書は届いていない', en: 'Moved within the same municipality. The notice has not come' },
      when: ({ changed, notice }) => changed === 'same_municipality' && notice !== 'received' },
    { id: 'ST-04', facts: ['F5-04'], end: 'guide-status/name-changed',
      given: { ja: '申請のあと、名前が変わった', en: 'Changed the name after applying' }, when: ({ changed }) => changed === 'name' },
    { id: 'ST-05', facts: ['F4-01'], end: 'guide-status/ready', stage: 5,
      given: { ja: '通知書が届いた', en: 'The notice has come' }, when: ({ notice }) => notice === 'received' },
    { id: 'ST-06', facts: ['F4-10'], end: 'guide-status/notice-lost', stage: 5,
      given: { ja: '通知書をなくした', en: 'The notice is lost' }, when: ({ notice }) => notice === 'lost' },
    { id: 'ST-07', facts: ['F3-03'], end: 'guide-status/correction', stage: 1,
      given: { ja: '申請の不備について連絡があった', en: 'Was told that something is wrong with the application' }, when: ({ errorContact }) => errorContact === true },
    { id: 'ST-08', facts: ['F3-09'], end: 'guide-status/express-making',
      given: { ja: '特急発行。今日が標準の到着日より前', en: 'Express issuance. Today is before the usual day of arrival' },
      when: (given) => given.channel === 'express' && before(given.days?.arrive_usual, given) },
    { id: 'ST-09', facts: ['F3-07'], end: 'guide-status/express-due',
      given: { ja: '特急発行。標準の到着日以後、問い合わせの目安より前', en: 'Express issuance. From the usual day of arrival until one should inquire' },
      when: (given) => given.channel === 'express' && before(given.days?.express_ask, given) },
    { id: 'ST-10', facts: ['F3-07'], end: 'guide-status/express-overdue',
      given: { ja: '特急発行。問い合わせの目安以後', en: 'Express issuance. From the day on which one should inquire' },
      when: ({ channel, days }) => channel === 'express' && days !== undefined },
    { id: 'ST-11', facts: ['F2-14'], end: 'guide-status/card-by-post', given: { ja: '申請時来庁方式(カードが郵便で届く)', en: 'Applied at the counter, the card comes by post' },
      when: ({ channel, days }) => channel === 'counter_mail' && days !== undefined },
    { id: 'ST-12', facts: ['F5-20'], end: 'guide-status/embassy',
      given: { ja: '在外公館で申請', en: 'Applied at an embassy or consulate' }, when: ({ channel }) => channel === 'embassy' },
    { id: 'ST-13', facts: ['F3-10'], end: 'guide-status/inquiry-too-early', stage: 1,
      given: { ja: '照会は「該当なし」。照会できる日より前', en: 'The inquiry says “not found”. Before the day from which one can inquire' },
      when: (given) => given.inquiry === 'not_found' && before(given.days?.inquiry_from, given) },
    { id: 'ST-14', facts: ['F3-10', 'F2-04'], end: 'guide-status/inquiry-no-match',
      given: { ja: '照会は「該当なし」。照会できる期間内', en: 'The inquiry says “not found”. While one can inquire' },
      when: (given) => given.inquiry === 'not_found' && upTo(given.days?.inquiry_until, given) },
    { id: 'ST-15', facts: ['F3-10'], end: 'guide-status/inquiry-too-old',
      given: { ja: '照会は「該当なし」。照会できる期間(6か月)を過ぎた', en: 'The inquiry says “not found”. The time in which one can inquire (six months) is over' },
      when: ({ inquiry, days }) => inquiry === 'not_found' && days !== undefined },
    { id: 'ST-16', facts: ['F3-04', 'F3-11'], end: 'guide-status/dispatched', stage: 3, given: { ja: '照会は「発送」', en: 'The inquiry says “sent”' },
      when: ({ inquiry, days }) => inquiry === 'dispatched' && days !== undefined },
    { id: 'ST-17', facts: ['F3-10'], end: 'guide-status/just-received', stage: 1,
      given: { ja: '今日が照会できる日より前', en: 'Today is before the day from which one can inquire' }, when: (given) => before(given.days?.inquiry_from, given) },
    { id: 'ST-18', facts: ['F3-02'], end: 'guide-status/in-production', stage: 2,
      given: { ja: '今日がカードのできる目安より前', en: 'Today is before the card should be made' }, when: (given) => before(given.days?.card_made, given) },
    { id: 'ST-19', facts: ['F3-01', 'F3-04'], end: 'guide-status/at-municipality', stage: 3,
      given: { ja: 'カードのできる目安以後、通知書の届く目安より前', en: 'From when the card should be made until the notice should come' },
      when: (given) => before(given.days?.notice_from, given) },
    { id: 'ST-20-forwarded', facts: ['F3-06'], end: 'guide-status/notice-due-forwarded', stage: 4,
      given: { ja: '通知書の届く目安の間。郵便を転送している', en: 'While the notice should be coming. Post is being forwarded' },
      when: (given) => given.forwarding === true && upTo(given.days?.notice_to, given) },
    { id: 'ST-20', facts: ['F3-02', 'F3-06'], end: 'guide-status/notice-due', stage: 4, given: { ja: '通知書の届く目安の間', en: 'While the notice should be coming' },
      when: (given) => upTo(given.days?.notice_to, given) },
    { id: 'ST-21', facts: ['F4-11'], end: 'guide-status/overdue', stage: 4,
      given: { ja: '通知書の届く目安を過ぎた。照会できる期間内', en: 'The notice should have come. While one can inquire' }, when: (given) => upTo(given.days?.inquiry_until, given) },
    { id: 'ST-22', facts: ['F4-13'], end: 'guide-status/long-overdue',
      given: { ja: '照会できる期間(6か月)を過ぎた', en: 'The time in which one can inquire (six months) is over' }, when: ({ days }) => days !== undefined },
    { id: 'ST-23', facts: ['F3-10'], end: 'guide-status/date-unknown', given: { ja: '申請した日が分からない', en: 'The day of the application is unknown' }, when: () => true },
  ],
  notes: [
    { id: 'ST-20-sent', facts: ['F3-05'], slot: 'if_notices_sent',
      given: { ja: '市区町村が通知書の発送を公表した申請日までに申請した', en: 'Applied by the day up to which the municipality has announced that notices were sent' },
      when: ({ days, notices }) => days !== undefined && notices !== undefined && days.applied_on <= notices.appliedUntil },
  ],
};

/** Names of what a status can fill in: its days, and its added lines. */
export const statusSlots = [...Object.keys(statusDays(firstDay, undefined, usualTimes)), 'notices_ask', 'dispatched_ask', ...statusTable.notes.map(({ slot }) => slot)];

/** After the municipality says that Notices have gone out, or the inquiry page that the card has, these many days are waited (choice). */
const noticeDays = 14;
const dispatchDays = 30;

/** @returns the stage somebody's application is in, the entry that says so, and the days it names */
export function cardStatus(answers: StatusAnswers, today: Day, times: StatusTimes, notices?: NoticesSent): Arrival {
  const days = answers.appliedOn === undefined ? undefined : statusDays(answers.appliedOn, answers.channel, times);
  const later = days && [days.notice_to, addDays(today, dispatchDays)].sort().at(-1);
  return decide(statusTable, { ...answers, today, days, notices }, daySlots({ ...days, notices_ask: notices && addDays(notices.asOf, noticeDays), dispatched_ask: later }));
}
