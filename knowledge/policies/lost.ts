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
    { id: 'LO-07', facts: ['F7-04'], end: 'guide-lost/phone', given: '電子証明書を入れたスマートフォンをなくした', when: ({ what }) => what === 'phone' },
    { id: 'LO-09', facts: ['F9-01'], end: 'guide-lost/number', given: 'マイナンバーを人に知られたおそれがある', when: ({ what }) => what === 'number' },
    { id: 'LO-06', facts: ['F7-02', 'F7-10'], end: 'guide-lost/hand-in', given: '見つかった。カードは廃止または再交付の後', when: ({ what, found }) => what === 'found' && found === 'cancelled' },
    { id: 'LO-04', facts: ['F7-02'], end: 'guide-lost/lift', given: '見つかった。一時停止しただけ', when: ({ what }) => what === 'found' },
    { id: 'PN-03', facts: ['F7-06'], end: 'guide-lost/pin-proxy', given: '暗証番号。代理人が手続きする', when: ({ what, who }) => what === 'pin' && who === 'proxy' },
    { id: 'PN-01', facts: ['F7-07'], end: 'guide-lost/pin-kiosk', given: '署名用か利用者証明用の片方だけ。15歳以上。スマートフォンでカードを読み取れる', when: ({ what, pins, app }) => what === 'pin' && pins === 'one' && app === true },
    { id: 'PN-02', facts: ['F7-06', 'F7-07'], end: 'guide-lost/pin-counter', given: '両方が分からない、ほかの暗証番号、またはスマートフォンを使えない', when: ({ what }) => what === 'pin' },
    { id: 'LO-01', facts: ['F7-01'], end: 'guide-lost/call-now', given: 'なくした・盗まれた。一時停止の電話をまだしていない', when: ({ reported }) => reported !== true },
    { id: 'LO-02', facts: ['F7-01'], end: 'guide-lost/police', given: '外でなくした・盗まれた。警察にまだ届けていない', when: (given) => outside(given) && given.police !== true },
    { id: 'LO-05', facts: ['F7-03', 'F3-08', 'F1-05'], end: 'guide-lost/reissue', given: '見つからない。新しいカードがほしい', when: ({ wants }) => wants === 'reissue' },
    { id: 'LO-03', facts: ['F7-01'], end: 'guide-lost/search', given: '一時停止した。まだ探している', when: () => true },
  ],
  notes: [
    { id: 'LO-02-also', facts: ['F7-01'], slot: 'if_outside', given: '自宅の外でなくした・盗まれた', when: (given) => given.what === 'card' && outside(given) },
    { id: 'LO-03-also', facts: ['F7-01'], slot: 'if_home', given: '自宅でなくした', when: (given) => given.what === 'card' && !outside(given) },
    { id: 'LO-08', facts: ['F8-04'], slot: 'if_insurance', given: 'カードが手元にない間の健康保険', when: ({ what }) => what === 'card' },
  ],
};

export const lostSlots = lostTable.notes.map(({ slot }) => slot);

/** @returns what to do next about a lost or found card, or a PIN */
export const lost = (answers: LostAnswers): Arrival => decide(lostTable, answers, {});
