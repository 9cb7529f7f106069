import { decide, type Arrival, type DecisionTable } from './rule.ts';

export interface LostAnswers {
  readonly what?: 'card' | 'found' | 'phone' | 'number' | 'pin' | undefined;
  readonly place?: 'outside' | 'stolen' | 'home' | undefined;
  /** Whether the card has been suspended by telephone. */
  readonly reported?: boolean | undefined;
  /** Whether the police know. */
  readonly police?: boolean | undefined;
  readonly wants?: 'search' | 'reissue' | undefined;
  /** What happened to the card that was found: only suspended, or cancelled or issued anew. */
  readonly found?: 'suspended' | 'cancelled' | undefined;
  readonly who?: 'self' | 'proxy' | undefined;
  /** Whether only one of the two PINs is blocked that a kiosk can reset. */
  readonly pins?: 'one' | 'more' | undefined;
  /** Whether a phone reads the card, and the holder is 15 or over. */
  readonly app?: boolean | undefined;
}

const outside = ({ place }: LostAnswers): boolean => place !== 'home';

/** "I have lost my card", "I have found it", "I do not know my PIN" (decision tables LO and PN). */
export const lostTable: DecisionTable<LostAnswers> = {
  rules: [
    { id: 'LO-07', facts: ['F7-04'], end: 'guide-lost/phone',
      given: { ja: '電子証明書を入れたスマートフォンをなくした', en: 'The smartphone with the electronic certificates is lost' }, when: ({ what }) => what === 'phone' },
    { id: 'LO-09', facts: ['F9-01'], end: 'guide-lost/number',
      given: { ja: 'マイナンバーを人に知られたおそれがある', en: 'Somebody else may know the Individual Number' }, when: ({ what }) => what === 'number' },
    { id: 'LO-06', facts: ['F7-02', 'F7-10'], end: 'guide-lost/hand-in',
      given: { ja: '見つかった。カードは廃止または再交付の後', en: 'It is found, after the card was cancelled or issued again' },
      when: ({ what, found }) => what === 'found' && found === 'cancelled' },
    { id: 'LO-04', facts: ['F7-02'], end: 'guide-lost/lift',
      given: { ja: '見つかった。一時停止しただけ', en: 'It is found, and was only suspended' }, when: ({ what }) => what === 'found' },
    { id: 'PN-03', facts: ['F7-06'], end: 'guide-lost/pin-proxy',
      given: { ja: '暗証番号。代理人が手続きする', en: 'PIN. A proxy comes' }, when: ({ what, who }) => what === 'pin' && who === 'proxy' },
    { id: 'PN-01', facts: ['F7-07'], end: 'guide-lost/pin-kiosk',
      given: { ja: '署名用か利用者証明用の片方だけ。15歳以上。スマートフォンでカードを読み取れる', en: 'Only one of the two PINs, for signing or for identification. Aged 15 or over. A smartphone can read the card' },
      when: ({ what, pins, app }) => what === 'pin' && pins === 'one' && app === true },
    { id: 'PN-02', facts: ['F7-06', 'F7-07'], end: 'guide-lost/pin-counter',
      given: { ja: '両方が分からない、ほかの暗証番号、またはスマートフォンを使えない', en: 'Both PINs are unknown, it is another PIN, or no smartphone can be used' },
      when: ({ what }) => what === 'pin' },
    { id: 'LO-01', facts: ['F7-01'], end: 'guide-lost/call-now',
      given: { ja: 'なくした・盗まれた。一時停止の電話をまだしていない', en: 'Lost or stolen. Not yet suspended by telephone' }, when: ({ reported }) => reported !== true },
    { id: 'LO-02', facts: ['F7-01'], end: 'guide-lost/police',
      given: { ja: '外でなくした・盗まれた。警察にまだ届けていない', en: 'Lost or stolen outside. Not yet reported to the police' }, when: (given) => outside(given) && given.police !== true },
    { id: 'LO-05', facts: ['F7-03', 'F3-08', 'F1-05'], end: 'guide-lost/reissue',
      given: { ja: '見つからない。新しいカードがほしい', en: 'It is not found. A new card is wanted' }, when: ({ wants }) => wants === 'reissue' },
    { id: 'LO-03', facts: ['F7-01'], end: 'guide-lost/search', given: { ja: '一時停止した。まだ探している', en: 'It is suspended, and still searched for' }, when: () => true },
  ],
  notes: [
    { id: 'LO-02-also', facts: ['F7-01'], slot: 'if_outside',
      given: { ja: '自宅の外でなくした・盗まれた', en: 'Lost outside the home, or stolen' }, when: (given) => given.what === 'card' && outside(given) },
    { id: 'LO-03-also', facts: ['F7-01'], slot: 'if_home', given: { ja: '自宅でなくした', en: 'Lost at home' }, when: (given) => given.what === 'card' && !outside(given) },
    { id: 'LO-08', facts: ['F8-04'], slot: 'if_insurance',
      given: { ja: 'カードが手元にない間の健康保険', en: 'Health insurance while the card is away' }, when: ({ what }) => what === 'card' },
  ],
};

export const lostSlots = lostTable.notes.map(({ slot }) => slot);

/** @returns what to do next about a lost or found card, or a PIN */
export const lost = (answers: LostAnswers): Arrival => decide(lostTable, answers, {});
