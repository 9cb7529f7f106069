import { addDays, addMonths } from '../days.ts';
import { renewal as decide, renewalSlots, renewalTable, type RenewalAnswers } from '../policies/renewal.ts';
import { dayOf, notKnown, yesNo, yesOf, type Answers, type Guide, type GuideContext } from './guide.ts';

const limited = ({ holder }: Answers): boolean => holder === 'limited';
const cardKnown = ({ card_end }: Answers): boolean => card_end !== undefined && card_end !== notKnown;
/** The card's own window is open, or it has ended: then its certificates follow it. */
const cardFirst = ({ card_end }: Answers, { today }: GuideContext): boolean => card_end !== undefined && addDays(addMonths(card_end, -3), 1) <= today;
const expired = ({ card_end }: Answers, { today }: GuideContext): boolean => card_end !== undefined && card_end < today;
const asksCertificate = (answers: Answers, context: GuideContext): boolean =>
  cardKnown(answers) && !cardFirst(answers, context) && (answers.stay === undefined || answers.stay === 'none');

function read(answers: Answers): RenewalAnswers {
  return {
    holder: answers.holder as RenewalAnswers['holder'], stay: answers.stay as RenewalAnswers['stay'], integrated: yesOf(answers.integrated),
    endsWith: answers.ends_with as RenewalAnswers['endsWith'], cardEnd: dayOf(answers.card_end), certificateEnd: dayOf(answers.certificate_end),
    issuedAsAdult: yesOf(answers.adult), letter: yesOf(answers.letter), pinKnown: yesOf(answers.pin),
  };
}

/** "Is my card still valid?" (decision table RN). */
export const renewal: Guide = {
  id: 'renewal',
  version: 1,
  title: { ja: '有効期限と更新の時期を確かめる', en: 'Is my card still valid?' },
  steps: [
    {
      id: 'holder', // RN-07 to RN-13
      ask: { ja: 'カードを持っている方は、次のどちらですか。', en: 'Who holds the card?', 'ja-easy': 'カードを もって いる 人は、どちらですか。' },
      options: [
        { value: 'unlimited', say: { ja: '日本国籍・永住者など', en: 'Japanese, or permanent resident' }, also: ['日本人', '日本国籍', '日本', '永住', '特別永住', '高度専門職2号', 'japanese', 'permanent'], heard: ['永住者', 'permanent resident'] },
        { value: 'limited', say: { ja: '在留期間のある外国籍の方', en: 'Foreign resident, limited stay' }, also: ['外国', '在留', 'ビザ', '留学', '技能実習', 'foreign', 'visa', 'limited'], heard: ['在留期間', '在留カード', 'ビザ', 'visa', 'period of stay'] },
      ],
    },
    {
      id: 'card_end',
      day: 'printed',
      ask: {
        ja: 'カードの表に印刷されている有効期限はいつですか。「2031年11月14日」のように、年から書いてください。',
        en: 'Which expiry date is printed on the card? Write it with the year, for example “14 November 2031”.',
        'ja-easy': 'カードの 表に 書いて ある 有効期限は いつですか。「2031年11月14日」と 書いてください。',
      },
      options: [{ value: notKnown, say: { ja: '手元にない・わからない', en: 'I cannot see it' }, also: ['わからない', '分からない', '不明', 'ない', 'not sure', 'do not know'] }],
    },
    {
      id: 'stay', // RN-07 to RN-12
      when: (answers, context) => limited(answers) && cardKnown(answers) && !expired(answers, context),
      ask: { ja: '在留期間の更新(または変更)は、どうなっていますか。', en: 'What about your application for a longer stay?', 'ja-easy': '入管に、在留期間を 長くする 申し込みを しましたか。' },
      options: [
        { value: 'none', say: { ja: 'まだ申請していない', en: 'Not applied yet' }, also: ['まだ', 'いいえ', 'していない', 'no', 'not yet'] },
        { value: 'pending', say: { ja: '申請中', en: 'Applied, no decision yet' }, also: ['申請した', '待って', '審査中', 'pending', 'waiting'], heard: ['ビザ申請中', '更新申請中', '在留期間の更新を申請中'] },
        { value: 'granted', say: { ja: '許可された', en: 'Granted' }, also: ['許可', 'もらった', '新しい在留カード', 'granted', 'approved', 'new residence card'], heard: ['新しい在留カード', 'visa was renewed', 'new residence card'] },
      ],
    },
    {
      id: 'integrated', // RN-11, RN-12
      when: ({ stay }) => stay === 'pending' || stay === 'granted',
      ask: { ja: 'お持ちのカードは、在留カードと一つになった「特定在留カード」ですか。', en: 'Is it a Specified Residence Card (特定在留カード), both cards in one?', 'ja-easy': '在留カードと マイナンバーカードが 1枚の「特定在留カード」ですか。' },
      options: yesNo,
    },
    {
      id: 'ends_with', // RN-13
      when: ({ stay, integrated }) => stay === 'granted' && integrated === 'no',
      ask: { ja: 'カードの有効期限は、前の在留期間の満了日と同じ日ですか。', en: 'Is the expiry date of the card the last day of your earlier period of stay?', 'ja-easy': 'カードの 有効期限は、前の 在留期間の 終わりの 日と 同じですか。' },
      options: [
        { value: 'stay', say: { ja: '同じ', en: 'Yes, the same day' }, also: ['はい', 'yes', 'same'] },
        { value: 'birthday', say: { ja: '違う(誕生日になっている)', en: 'No, it is a birthday' }, also: ['いいえ', '違う', 'ちがう', '誕生日', 'no', 'birthday'] },
        { value: notKnown, say: { ja: 'わからない', en: 'I do not know' }, also: ['分からない', '不明', 'not sure'] },
      ],
    },
    {
      id: 'certificate_end', // RN-01 to RN-03
      when: asksCertificate,
      day: 'printed',
      ask: {
        ja: '電子証明書の有効期限はいつですか。カードの表に手書きされていることがあります。',
        en: 'When do the electronic certificates expire? The date may be written on the card by hand.',
        'ja-easy': '電子証明書の 有効期限は いつですか。カードに 手で 書いて あることが あります。',
      },
      options: [{ value: notKnown, say: { ja: '書いていない・わからない', en: 'Not written, or I do not know' }, also: ['わからない', '分からない', '書いていない', '空欄', '不明', 'not sure', 'blank'] }],
    },
    {
      id: 'adult', // F6-03
      when: (answers, context) => asksCertificate(answers, context) && !limited(answers) && answers.certificate_end === notKnown,
      ask: { ja: 'カードを作ったとき、18歳以上でしたか。', en: 'Were you 18 or over when the card was issued?', 'ja-easy': 'カードを 作った とき、18歳より 上でしたか。' },
      options: yesNo,
    },
    {
      id: 'letter', // RN-06
      when: (answers, context) => !limited(answers) && cardKnown(answers) && cardFirst(answers, context) && !expired(answers, context),
      ask: { ja: '「有効期限のお知らせ」の封筒は届きましたか。', en: 'Has the letter about the expiry (有効期限通知書) come?', 'ja-easy': '「有効期限通知書」の 手紙が 来ましたか。' },
      options: yesNo,
    },
    {
      id: 'pin', // RN-16
      when: (answers, context) => cardKnown(answers) && (limited(answers) ? answers.stay === 'granted' && answers.integrated === 'no' : asksCertificate(answers, context)),
      ask: { ja: 'カードの暗証番号を覚えていますか。', en: 'Do you remember the PINs of the card?', 'ja-easy': '暗証番号を 覚えて いますか。' },
      options: yesNo,
    },
  ],
  table: renewalTable,
  slots: renewalSlots,
  arrive: (answers, { today }) => decide(read(answers), today),
};
