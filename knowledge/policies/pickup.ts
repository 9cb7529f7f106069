import { addDays, type Day } from '../days.ts';
import { daySlots, decide, type Arrival, type DecisionTable } from './rule.ts';

export interface PickupAnswers {
  readonly notice?: 'have' | 'lost' | undefined;
  /** Whether the applicant moved after the Notice was sent. */
  readonly moved?: boolean | undefined;
  /** The one the card is for: 15 or over, under 15, or under guardianship. */
  readonly applicant?: 'adult' | 'child' | 'ward' | undefined;
  /** Whether the applicant comes, under 15 or under guardianship together with the legal representative. */
  readonly comes?: 'self' | 'other' | undefined;
  /** Why somebody else comes: on the list of F4-15, long away with proof, or busy. */
  readonly reason?: 'listed' | 'away' | 'busy' | undefined;
  /** Whether the applicant has an identity document with a photo. */
  readonly photoId?: boolean | undefined;
  readonly before?: 'first' | 'renewal' | 'renewal_lost' | 'reissue' | undefined;
  readonly pins?: 'ready' | 'none' | undefined;
  readonly noticeLimit?: Day | undefined;
  readonly stay?: 'japanese' | 'same' | 'changed' | undefined;
}

interface PickupCase extends PickupAnswers {
  readonly today: Day;
}

/** So close to the date on the Notice, the card should be held by telephone (choice). */
const soonDays = 7;

/** "The postcard has come": may this person collect the card, and with what (decision table PU). */
export const pickupTable: DecisionTable<PickupCase> = {
  rules: [
    { id: 'PU-15', facts: ['F5-06', 'F5-07'], end: 'guide-pickup/moved',
      given: { ja: '通知書が届いたあとに引っ越した', en: 'Moved after the notice came' }, when: ({ moved }) => moved === true },
    { id: 'PU-05', facts: ['F4-14'], end: 'guide-pickup/not-by-proxy',
      given: { ja: '代理人が来る。理由が仕事・旅行など', en: 'A proxy comes. The reason is work, travel or the like' },
      when: ({ comes, reason }) => comes === 'other' && reason === 'busy' },
    { id: 'PU-09-proxy', facts: ['F4-10'], end: 'guide-pickup/notice-lost-proxy',
      given: { ja: '通知書をなくした。代理人が来る', en: 'The notice is lost. A proxy comes' }, when: ({ notice, comes }) => notice === 'lost' && comes === 'other' },
    { id: 'PU-09', facts: ['F4-10'], end: 'guide-pickup/notice-lost',
      given: { ja: '通知書をなくした。本人が来る', en: 'The notice is lost. The person comes' }, when: ({ notice }) => notice === 'lost' },
    { id: 'PU-02', facts: ['F4-09'], end: 'guide-pickup/together', due: 'notice_limit',
      given: { ja: '15歳未満または成年被後見人。本人と法定代理人が一緒に来る', en: 'Under 15, or an adult ward. The person and the legal representative come together' },
      when: ({ applicant, comes }) => applicant !== 'adult' && comes === 'self' },
    { id: 'PU-03', facts: ['F4-09', 'F4-15'], end: 'guide-pickup/child-stays-home', due: 'notice_limit',
      given: { ja: '15歳未満(未就学児から中学生)。法定代理人だけが来る', en: 'Under 15 (up to junior high school). Only the legal representative comes' },
      when: ({ applicant, comes }) => applicant === 'child' && comes === 'other' },
    { id: 'PU-07', facts: ['F4-15'], end: 'guide-pickup/guardian', due: 'notice_limit',
      given: { ja: '成年被後見人など。後見人などだけが来る', en: 'An adult ward or the like. Only the guardian comes' },
      when: ({ applicant, comes }) => applicant === 'ward' && comes === 'other' },
    { id: 'PU-08', facts: ['F4-18'], end: 'guide-pickup/proxy-without-photo', due: 'notice_limit',
      given: { ja: '代理人が来る。本人に顔写真付きの書類がない', en: 'A proxy comes. The person has no document with a photo' },
      when: ({ comes, photoId }) => comes === 'other' && photoId === false },
    { id: 'PU-06', facts: ['F4-15'], end: 'guide-pickup/proxy-away', due: 'notice_limit',
      given: { ja: '代理人が来る。理由が長期の出張・船員・留学', en: 'A proxy comes. The reason is a long business trip, work at sea or study abroad' },
      when: ({ comes, reason }) => comes === 'other' && reason === 'away' },
    { id: 'PU-04', facts: ['F4-14', 'F4-17'], end: 'guide-pickup/proxy', due: 'notice_limit',
      given: { ja: '代理人が来る。理由が国の一覧にある', en: 'A proxy comes. The reason is on the government’s list' }, when: ({ comes }) => comes === 'other' },
    { id: 'PU-01', facts: ['F4-01', 'F4-02', 'F4-03', 'F4-04', 'F4-05'], end: 'guide-pickup/in-person', due: 'notice_limit',
      given: { ja: '15歳以上の本人が来る。通知書がある', en: 'The person comes, aged 15 or over, with the notice' }, when: () => true },
  ],
  notes: [
    { id: 'PU-01-photo', facts: ['F4-03'], slot: 'if_photo_id',
      given: { ja: '顔写真付きの書類がある(A 1点)', en: 'There is a document with a photo (one of A)' }, when: ({ photoId }) => photoId === true },
    { id: 'PU-01-two', facts: ['F4-03'], slot: 'if_no_photo_id',
      given: { ja: '顔写真付きの書類がない(B 2点)', en: 'There is no document with a photo (two of B)' }, when: ({ photoId }) => photoId === false },
    { id: 'PU-01-old', facts: ['F4-02'], slot: 'if_old_card',
      given: { ja: '更新などで、前のカードが手元にある', en: 'The earlier card is at hand, as in a renewal' }, when: ({ before }) => before === 'renewal' },
    { id: 'PU-01-pins', facts: ['F4-05'], slot: 'if_pins', given: { ja: '暗証番号を決める', en: 'PINs are to be chosen' }, when: ({ pins }) => pins !== 'none' },
    { id: 'PU-10', facts: ['F4-12', 'F4-13'], slot: 'if_limit_over',
      given: { ja: '今日が通知書の期限より後', en: 'Today is after the notice’s deadline' }, when: ({ noticeLimit, today }) => noticeLimit !== undefined && today > noticeLimit },
    { id: 'PU-11', facts: ['F4-12'], slot: 'if_limit_soon', given: { ja: `通知書の期限まで${soonDays}日以内`, en: `The notice’s deadline is within ${soonDays} days` },
      when: ({ noticeLimit, today }) => noticeLimit !== undefined && today <= noticeLimit && noticeLimit <= addDays(today, soonDays) },
    { id: 'PU-12', facts: ['F4-08'], slot: 'if_no_pin', given: { ja: '暗証番号のないカードを希望する', en: 'A card without a PIN is wanted' }, when: ({ pins }) => pins === 'none' },
    { id: 'PU-13', facts: ['F1-05', 'F7-01'], slot: 'if_old_card_lost',
      given: { ja: '更新で、前のカードをなくした', en: 'A renewal, and the earlier card is lost' }, when: ({ before }) => before === 'renewal_lost' },
    { id: 'PU-14', facts: ['F1-05'], slot: 'if_fee',
      given: { ja: '紛失など、本人の理由による再交付', en: 'Issued again for a reason of the person’s own, such as loss' }, when: ({ before }) => before === 'reissue' },
    { id: 'PU-16', facts: ['F6-11'], slot: 'if_stay_changed',
      given: { ja: '申請のあとに在留期間が変わった', en: 'The period of stay changed after the application' }, when: ({ stay }) => stay === 'changed' },
  ],
};

export const pickupSlots = ['notice_limit', ...pickupTable.notes.map(({ slot }) => slot)];

/** @returns whether and how this person gets the card, with the papers to bring */
export const pickup = (answers: PickupAnswers, today: Day): Arrival => decide(pickupTable, { ...answers, today }, daySlots({ notice_limit: answers.noticeLimit }));
