import { addDays, addMonths, daysBetween, openFrom, type Day } from '../days.ts';
import { daySlots, decide, type Arrival, type DecisionTable, type Slots } from './rule.ts';

export interface RelocationAnswers {
  /** a: not applied, b: applied, no Notice yet, c: Notice here, card not collected, d: card in hand */
  readonly stage?: 'not_applied' | 'applied' | 'notice' | 'card' | undefined;
  readonly move?: 'same' | 'other_ward' | 'other_municipality' | 'abroad' | 'from_abroad' | undefined;
  readonly nationality?: 'japanese' | 'other' | undefined;
  /** First day at the new address, or of departure; may lie ahead. */
  readonly movedOn?: Day | undefined;
  /** Whether the move-in notification (転入届, 転居届) is filed. */
  readonly filed?: boolean | undefined;
  readonly filedOn?: Day | undefined;
  /** Whether the continued-use procedure (継続利用手続) is done. */
  readonly continued?: boolean | undefined;
}

/** Legal limits that follow from the day of the move (F5-08, F5-11, F5-14, F5-17, F5-19, F3-08). */
export function relocationDays({ movedOn, filedOn }: RelocationAnswers) {
  const fileBy = movedOn && addDays(movedOn, 14);
  const continueBy = filedOn && addDays(filedOn, 90);
  return {
    moved_on: movedOn,
    file_by: fileBy,
    /** A limit on a closed day moves to the next open one; both are shown. */
    file_by_open: fileBy && openFrom(fileBy),
    online_from: movedOn && addDays(movedOn, -30),
    online_to: movedOn && addDays(movedOn, 10),
    continue_by: continueBy,
    /** One city counts the day of filing as day 1. */
    continue_safe: continueBy && addDays(continueBy, -1),
    departure_by: movedOn && addDays(movedOn, -1),
    abroad_free_until: movedOn && addDays(movedOn, 90),
    express_until: filedOn ? addDays(filedOn, 30) : movedOn && addDays(movedOn, 30),
  };
}

/** Names of what a relocation can fill in: its days, and the days left. */
export const relocationSlots = [...Object.keys(relocationDays({})), 'days_left'];

export interface RelocationCase extends RelocationAnswers {
  readonly today: Day;
  readonly days: ReturnType<typeof relocationDays>;
}

const over = (limit: Day | undefined, { today }: RelocationCase): boolean => limit !== undefined && today > limit;
const ahead = ({ movedOn, today }: RelocationCase): boolean => movedOn !== undefined && movedOn > today;
const outside = ({ move }: RelocationCase): boolean => move === 'other_municipality' || move === 'other_ward';

/** "I have moved" or "I will move" (decision table RL). */
export const relocationTable: DecisionTable<RelocationCase> = {
  rules: [
    { id: 'RL-22', facts: ['F5-23', 'F3-08'], end: 'guide-relocation/from-abroad', due: 'file_by_open',
      given: { ja: '海外から日本へ', en: 'From abroad to Japan' }, when: ({ move }) => move === 'from_abroad' },
    { id: 'RL-21', facts: ['F5-22'], end: 'guide-relocation/abroad-other-nationality', given: { ja: '海外へ。日本国籍ではない', en: 'Abroad. Not of Japanese nationality' },
      when: ({ move, nationality }) => move === 'abroad' && nationality === 'other' },
    { id: 'RL-19', facts: ['F5-19', 'F5-20'], end: 'guide-relocation/abroad-too-late',
      given: { ja: 'カードあり。海外へ。出発の前日を過ぎた', en: 'Has the card. Abroad. The day before departure is past' },
      when: (given) => given.move === 'abroad' && given.stage === 'card' && over(given.days.departure_by, given) },
    { id: 'RL-18', facts: ['F5-17', 'F5-18'], end: 'guide-relocation/abroad-keep', due: 'departure_by',
      given: { ja: 'カードあり。海外へ。出発の前日まで', en: 'Has the card. Abroad. Until the day before departure' },
      when: ({ move, stage }) => move === 'abroad' && stage === 'card' },
    { id: 'RL-20', facts: ['F5-20'], end: 'guide-relocation/abroad-no-card',
      given: { ja: 'カードなし(申請中を含む)。海外へ', en: 'Has no card, or has applied. Abroad' }, when: ({ move }) => move === 'abroad' },
    { id: 'RL-14', facts: ['F5-08', 'F1-05'], end: 'guide-relocation/card-lapsed',
      given: { ja: 'カードあり。別の市区町村へ。継続利用の期限または届け出の期限を過ぎた', en: 'Has the card. To another municipality. The limit to continue its use, or to report the move, is past' },
      when: (given) => given.stage === 'card' && given.move === 'other_municipality' && given.continued !== true
        && (given.filed === true ? over(given.days.continue_by, given) : over(given.days.file_by, given)) },
    { id: 'RL-23', facts: ['F5-13'], end: 'guide-relocation/late',
      given: { ja: '届け出をしていない。届け出の期限(14日)を過ぎた', en: 'Has not reported the move. The limit (14 days) is past' },
      when: (given) => given.filed === false && over(given.days.file_by, given) },
    { id: 'RL-02', facts: ['F5-03', 'F3-02'], end: 'guide-relocation/apply-after-moving',
      given: { ja: '申請前。別の市区町村または区へ、2か月以内に引っ越す予定', en: 'Has not applied. Will move to another municipality or ward within two months' },
      when: (given) => given.stage === 'not_applied' && outside(given) && ahead(given)
        && given.movedOn !== undefined && given.movedOn <= addMonths(given.today, 2) },
    { id: 'RL-01', facts: ['F5-01', 'F5-02'], end: 'guide-relocation/new-form', due: 'file_by_open',
      given: { ja: '申請前。国内の引っ越し', en: 'Has not applied. A move within Japan' }, when: ({ stage }) => stage === 'not_applied' },
    { id: 'RL-03', facts: ['F5-03', 'S-17'], end: 'guide-relocation/apply-again', due: 'file_by_open',
      given: { ja: '申請中。別の市区町村へ', en: 'Has applied. To another municipality' },
      when: ({ stage, move }) => stage === 'applied' && move === 'other_municipality' },
    { id: 'RL-04', facts: ['F5-05', 'S-18'], end: 'guide-relocation/apply-again-ward', due: 'file_by_open',
      given: { ja: '申請中。同じ市(政令指定都市)の別の区へ', en: 'Has applied. To another ward of the same (designated) city' },
      when: ({ stage, move }) => stage === 'applied' && move === 'other_ward' },
    { id: 'RL-05', facts: ['F5-04'], end: 'guide-relocation/keep-waiting', due: 'file_by_open',
      given: { ja: '申請中。同じ市区町村の中', en: 'Has applied. Within the same municipality' }, when: ({ stage }) => stage === 'applied' },
    { id: 'RL-07', facts: ['F5-06', 'F5-08'], end: 'guide-relocation/collect-first', due: 'departure_by',
      given: { ja: '通知書あり、未受取。別の市区町村へ引っ越す予定', en: 'Has the notice, not the card. Will move to another municipality' },
      when: (given) => given.stage === 'notice' && given.move === 'other_municipality' && ahead(given) },
    { id: 'RL-06', facts: ['F5-06'], end: 'guide-relocation/old-office-cannot', due: 'file_by_open',
      given: { ja: '通知書あり、未受取。別の市区町村へ引っ越した', en: 'Has the notice, not the card. Has moved to another municipality' },
      when: ({ stage, move }) => stage === 'notice' && move === 'other_municipality' },
    { id: 'RL-08', facts: ['F5-05'], end: 'guide-relocation/ask-old-ward', due: 'file_by_open',
      given: { ja: '通知書あり、未受取。同じ市の別の区へ', en: 'Has the notice, not the card. To another ward of the same city' },
      when: ({ stage, move }) => stage === 'notice' && move === 'other_ward' },
    { id: 'RL-09', facts: ['F5-07'], end: 'guide-relocation/collect-as-usual', due: 'file_by_open',
      given: { ja: '通知書あり、未受取。同じ市区町村の中', en: 'Has the notice, not the card. Within the same municipality' }, when: ({ stage }) => stage === 'notice' },
    { id: 'RL-13', facts: ['F5-08'], end: 'guide-relocation/continue-now', due: 'continue_safe',
      given: { ja: 'カードあり。転入届は済み、継続利用はまだ。90日以内', en: 'Has the card. The move is reported, its use not yet continued. Within 90 days' },
      when: ({ move, filed, continued }) => move === 'other_municipality' && filed === true && continued === false },
    { id: 'RL-10', facts: ['F5-08', 'F5-09', 'F5-10'], end: 'guide-relocation/move-in-with-card', due: 'file_by_open',
      given: { ja: 'カードあり。別の市区町村へ。転入届はまだ', en: 'Has the card. To another municipality. The move is not yet reported' },
      when: ({ move, filed }) => move === 'other_municipality' && filed !== true },
    { id: 'RL-10-done', facts: ['F5-08', 'F5-10'], end: 'guide-relocation/all-done',
      given: { ja: 'カードあり。別の市区町村へ。転入届も継続利用も済み', en: 'Has the card. To another municipality. The move is reported and its use continued' },
      when: ({ move }) => move === 'other_municipality' },
    { id: 'RL-12', facts: ['F5-12'], end: 'guide-relocation/new-ward', due: 'file_by_open',
      given: { ja: 'カードあり。同じ市の別の区へ', en: 'Has the card. To another ward of the same city' }, when: ({ move }) => move === 'other_ward' },
    { id: 'RL-11', facts: ['F5-11'], end: 'guide-relocation/within', due: 'file_by_open',
      given: { ja: 'カードあり。同じ市区町村の中', en: 'Has the card. Within the same municipality' }, when: () => true },
  ],
  notes: [],
};

/** @returns what to do about the card when moving, and by when */
export function relocation(answers: RelocationAnswers, today: Day): Arrival {
  const days = relocationDays(answers);
  const left: Slots = days.continue_by === undefined ? {} : { days_left: { count: daysBetween(today, days.continue_by) } };
  return decide(relocationTable, { ...answers, today, days }, { ...daySlots(days), ...left });
}
