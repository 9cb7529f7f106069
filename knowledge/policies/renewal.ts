import { addDays, addMonths, type Day } from '../days.ts';
import { daySlots, decide, type Arrival, type DecisionTable } from './rule.ts';

export interface RenewalAnswers {
  /** `limited`: a foreign resident whose period of stay ends; permanent residents are like Japanese here (F6-10). */
  readonly holder?: 'unlimited' | 'limited' | undefined;
  /** What became of the application for a longer stay. */
  readonly stay?: 'none' | 'pending' | 'granted' | undefined;
  /** Whether card and residence card are one (特定在留カード). */
  readonly integrated?: boolean | undefined;
  /** Whether the card ends with the period of stay, or already with the 10th (5th) birthday. */
  readonly endsWith?: 'stay' | 'birthday' | undefined;
  /** The day printed on the card. */
  readonly cardEnd?: Day | undefined;
  readonly certificateEnd?: Day | undefined;
  /** Whether the card was issued at 18 or over, so that it lasts 10 years and the first certificate half of that. */
  readonly issuedAsAdult?: boolean | undefined;
  readonly letter?: boolean | undefined;
  readonly pinKnown?: boolean | undefined;
}

/** First day a renewal is possible: the day after the date three months before the end (F6-05). */
const opens = (end: Day | undefined): Day | undefined => end && addDays(addMonths(end, -3), 1);

/** Days that follow from the two ends (F6-02 to F6-05, F6-09, F6-12). */
export function renewalDays({ cardEnd, certificateEnd, issuedAsAdult, holder }: RenewalAnswers, today: Day) {
  // The first certificate ends five years before the card, unless it was renewed since (F6-03).
  const first = cardEnd && issuedAsAdult === true && holder !== 'limited' ? addMonths(cardEnd, -60) : undefined;
  const known = certificateEnd ?? (first !== undefined && first >= today ? first : undefined);
  const certificate = known !== undefined && cardEnd !== undefined && known > cardEnd ? cardEnd : known;
  return {
    card_end: cardEnd,
    card_open: opens(cardEnd),
    certificate_end: certificate,
    certificate_open: opens(certificate),
    letter_from: cardEnd && addMonths(cardEnd, -3),
    letter_to: cardEnd && addMonths(cardEnd, -2),
    /** Last day of the third month after the month of the certificate's end. */
    insurance_end: certificate && addDays(addMonths(`${certificate.slice(0, 7)}-01`, 4), -1),
    special_end: cardEnd && addMonths(cardEnd, 2),
  };
}

interface RenewalCase extends RenewalAnswers {
  readonly today: Day;
  readonly days: ReturnType<typeof renewalDays>;
}

const limited = ({ holder }: RenewalCase): boolean => holder === 'limited';
const over = (end: Day | undefined, { today }: RenewalCase): boolean => end !== undefined && today > end;
const openNow = (from: Day | undefined, to: Day | undefined, { today }: RenewalCase): boolean => from !== undefined && to !== undefined && from <= today && today <= to;
const newCard = (given: RenewalCase): boolean => over(given.cardEnd, given) || openNow(given.days.card_open, given.cardEnd, given);

/** "Is my card still valid?" (decision table RN). */
export const renewalTable: DecisionTable<RenewalCase> = {
  rules: [
    { id: 'RN-00', facts: ['F6-03'], end: 'guide-renewal/date-unknown',
      given: { ja: 'カードの有効期限が分からない', en: 'The card’s expiry date is unknown' }, when: ({ cardEnd }) => cardEnd === undefined },
    { id: 'RN-09', facts: ['F6-11', 'F6-12'], end: 'guide-renewal/stay-lapsed',
      given: { ja: '在留期間がある方。今日がカードの有効期限より後', en: 'With a period of stay. Today is after the card’s expiry date' },
      when: (given) => limited(given) && over(given.cardEnd, given) },
    { id: 'RN-11', facts: ['F6-13'], end: 'guide-renewal/integrated-granted',
      given: { ja: '特定在留カード。在留期間の更新が許可された', en: 'Specified Residence Card. The extension of stay is granted' },
      when: (given) => limited(given) && given.integrated === true && given.stay === 'granted' },
    { id: 'RN-12', facts: ['F6-13'], end: 'guide-renewal/integrated-pending',
      given: { ja: '特定在留カード。在留期間の更新を申請中', en: 'Specified Residence Card. The extension of stay is applied for' },
      when: (given) => limited(given) && given.integrated === true && given.stay === 'pending' },
    { id: 'RN-13', facts: ['F6-11'], end: 'guide-renewal/beyond-birthday',
      given: { ja: '在留期間の更新が許可されたが、カードは10回目(5回目)の誕生日で終わる', en: 'The extension of stay is granted, but the card ends with the 10th (5th) birthday' },
      when: (given) => limited(given) && given.stay === 'granted' && given.endsWith === 'birthday' },
    { id: 'RN-07', facts: ['F6-11'], end: 'guide-renewal/extend', due: 'card_end',
      given: { ja: '在留期間の更新が許可された。カードの有効期限内', en: 'The extension of stay is granted. The card is still valid' },
      when: (given) => limited(given) && given.stay === 'granted' },
    { id: 'RN-08', facts: ['F6-12'], end: 'guide-renewal/special-extension', due: 'card_end',
      given: { ja: '在留期間の更新を申請中。カードの有効期限内', en: 'The extension of stay is applied for. The card is still valid' },
      when: (given) => limited(given) && given.stay === 'pending' },
    { id: 'RN-10', facts: ['F6-11'], end: 'guide-renewal/stay-first', due: 'card_end',
      given: { ja: '在留期間がある方。更新を申請していない。カードの有効期限まで3か月以内', en: 'With a period of stay. No extension is applied for. The card expires within three months' },
      when: (given) => limited(given) && openNow(given.days.card_open, given.cardEnd, given) },
    { id: 'RN-05', facts: ['F6-08'], end: 'guide-renewal/card-expired',
      given: { ja: '今日がカードの有効期限より後', en: 'Today is after the card’s expiry date' }, when: (given) => over(given.cardEnd, given) },
    { id: 'RN-04', facts: ['F6-06'], end: 'guide-renewal/renew-card', due: 'card_end',
      given: { ja: 'カードの有効期限まで3か月以内', en: 'The card expires within three months' }, when: (given) => openNow(given.days.card_open, given.cardEnd, given) },
    { id: 'RN-03', facts: ['F6-08', 'F6-09'], end: 'guide-renewal/certificate-expired',
      given: { ja: '今日が電子証明書の有効期限より後。カードは有効', en: 'Today is after the electronic certificates’ expiry date. The card is valid' },
      when: (given) => over(given.days.certificate_end, given) },
    { id: 'RN-02', facts: ['F6-07'], end: 'guide-renewal/renew-certificate', due: 'certificate_end',
      given: { ja: '電子証明書の有効期限まで3か月以内。カードの更新時期ではない', en: 'The electronic certificates expire within three months. The card cannot be renewed yet' },
      when: (given) => openNow(given.days.certificate_open, given.days.certificate_end, given) },
    { id: 'RN-01-stay', facts: ['F6-11'], end: 'guide-renewal/stay-nothing-yet',
      given: { ja: '在留期間がある方。カードの有効期限まで3か月より長い', en: 'With a period of stay. The card is valid for more than three months' }, when: limited },
    { id: 'RN-01', facts: ['F6-05'], end: 'guide-renewal/nothing-yet', given: { ja: 'どの更新時期にもなっていない', en: 'Nothing can be renewed yet' }, when: () => true },
  ],
  notes: [
    { id: 'RN-06', facts: ['F6-04'], slot: 'if_no_letter',
      given: { ja: '有効期限のお知らせが届いていない', en: 'The notice of expiry has not come' }, when: ({ letter }) => letter === false },
    { id: 'RN-14', facts: ['F8-11'], slot: 'if_new_card',
      given: { ja: '新しいカードになる(免許証の情報を記録している方へ)', en: 'There will be a new card (for those who have their driver’s licence on it)' }, when: newCard },
    { id: 'RN-15', facts: ['F6-08'], slot: 'if_phone',
      given: { ja: '電子証明書が新しくなる(スマホ用電子証明書を使う方へ)', en: 'There will be new electronic certificates (for those who have them on a smartphone)' },
      when: (given) => newCard(given) || over(given.days.certificate_open, given) },
    { id: 'RN-16', facts: ['F6-07'], slot: 'if_pin_forgotten', given: { ja: '暗証番号を忘れた', en: 'The PIN is forgotten' }, when: ({ pinKnown }) => pinKnown === false },
    { id: 'RN-01-unknown', facts: ['F6-03'], slot: 'if_certificate_unknown',
      given: { ja: '電子証明書の有効期限が分からない', en: 'The electronic certificates’ expiry date is unknown' }, when: ({ days }) => days.certificate_end === undefined },
  ],
};

export const renewalSlots = [...Object.keys(renewalDays({}, '2026-01-01')), ...renewalTable.notes.map(({ slot }) => slot)];

/** @returns what to renew now or later, and between which days */
export function renewal(answers: RenewalAnswers, today: Day): Arrival {
  const days = renewalDays(answers, today);
  return decide(renewalTable, { ...answers, today, days }, daySlots(days));
}
