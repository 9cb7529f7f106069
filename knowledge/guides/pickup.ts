import { pickup as decide, pickupSlots, pickupTable, type PickupAnswers } from '../policies/pickup.ts';
import { dayOf, notKnown, yesNo, yesOf, type Answers, type Guide } from './guide.ts';

const byProxy = ({ applicant, comes }: Answers): boolean => applicant === 'adult' && comes === 'other';
const going = ({ moved, reason }: Answers): boolean => moved === 'no' && reason !== 'busy';
const withNotice = (answers: Answers): boolean => going(answers) && answers.notice === 'have';

function read(answers: Answers): PickupAnswers {
  return {
    notice: answers.notice as PickupAnswers['notice'], moved: yesOf(answers.moved),
    applicant: answers.applicant as PickupAnswers['applicant'], comes: answers.comes as PickupAnswers['comes'], reason: answers.reason as PickupAnswers['reason'],
    photoId: yesOf(answers.photo_id), before: answers.before as PickupAnswers['before'], pins: answers.pins as PickupAnswers['pins'],
    noticeLimit: dayOf(answers.notice_limit), stay: answers.stay as PickupAnswers['stay'],
  };
}

/** "The postcard has come": who may collect the card, and with which papers (decision table PU). */
export const pickup: Guide = {
  id: 'pickup',
  version: 1,
  title: { ja: '受け取りに必要なものを確かめる', en: 'What to bring to collect the card' },
  steps: [
    {
      id: 'notice', // PU-09
      ask: { ja: 'カードができたことを知らせるはがき(交付通知書)は、手元にありますか。', en: 'Do you have the postcard that says your card is ready (Notice of Issuance, 交付通知書)?', 'ja-easy': 'はがき(交付通知書)は ありますか。' },
      options: [
        { value: 'have', say: { ja: 'ある', en: 'Yes' }, also: ['はい', 'あります', 'yes', 'have it', '届いた'], heard: ['はがきが届', 'ハガキが届', '通知書が届', 'はがきが来', 'ハガキが来', 'postcard came', 'got the postcard', 'got the notice'] },
        { value: 'lost', say: { ja: 'なくした', en: 'I lost it' }, also: ['ない', 'いいえ', '無くし', '捨て', '紛失', 'no', 'lost'], heard: ['はがきをなく', 'ハガキをなく', '通知書をなく', 'lost the postcard', 'lost the notice'] },
      ],
    },
    {
      id: 'moved', // PU-15
      ask: { ja: 'はがきが届いてから、引っ越しをしましたか。', en: 'Have you moved since the Notice came?', 'ja-easy': 'はがきが 来てから、引っ越しましたか。' },
      options: yesNo,
    },
    {
      id: 'applicant', // PU-02, PU-03, PU-07
      when: ({ moved }) => moved === 'no',
      ask: { ja: 'カードを作った方は、次のどれですか。', en: 'Who is the card for?', 'ja-easy': 'だれの カードですか。' },
      options: [
        { value: 'adult', say: { ja: '15歳以上', en: 'Someone of 15 or over' }, also: ['大人', '15歳以上の人', '本人', 'adult', 'me', 'myself'] },
        { value: 'child', say: { ja: '15歳未満の子ども', en: 'A child under 15' }, also: ['子ども', '子供', 'こども', '赤ちゃん', '小学生', '中学生', 'child', 'kid', 'baby'], heard: ['子どものカード', '子供のカード', '息子のカード', '娘のカード', 'my child', 'my son', 'my daughter'] },
        { value: 'ward', say: { ja: '成年被後見人など', en: 'An adult under guardianship' }, also: ['後見', '保佐', '補助', 'guardian', 'ward'] },
      ],
    },
    {
      id: 'comes', // PU-01 to PU-08
      when: ({ moved }) => moved === 'no',
      ask: {
        ja: 'だれが窓口へ行きますか。15歳未満の方や成年被後見人の方が行くときは、親などの法定代理人も一緒に行きます。',
        en: 'Who goes to the office? A child under 15 or a person under guardianship goes together with the legal representative.',
        'ja-easy': 'だれが 市役所へ 行きますか。15歳に なって いない 子どもは、親と いっしょに 行きます。',
      },
      options: [
        { value: 'self', say: { ja: '本人', en: 'The person themselves' }, also: ['自分', '私', 'わたし', '一緒', 'いっしょ', 'myself', 'me', 'i go', 'together'] },
        { value: 'other', say: { ja: '代わりの人だけ', en: 'Only somebody else' }, also: ['代理', '家族', '親', '母', '父', '妻', '夫', '後見人', 'proxy', 'representative', 'family', 'parent', 'wife', 'husband'], heard: ['代理で', '代わりに受け取', '代わりに取り', 'on behalf', 'instead of me'] },
      ],
    },
    {
      id: 'reason', // PU-04 to PU-06
      when: (answers) => answers.moved === 'no' && byProxy(answers),
      ask: { ja: '本人が行けない理由は、どれに近いですか。', en: 'Why can the person not come?', 'ja-easy': 'どうして 行けませんか。' },
      options: [
        { value: 'listed', say: { ja: '病気・障害・高齢・学生など', en: 'Illness, disability, 75+, pupil …' }, also: ['病気', '入院', '障害', '障がい', '高齢', '75歳以上', '施設', '妊娠', '介護', '引きこもり', '高校生', 'ill', 'sick', 'hospital', 'disability', 'elderly', 'pregnant'], heard: ['入院', '施設に', '寝たきり', '病気で', 'in hospital', 'care home'] },
        { value: 'away', say: { ja: '長期の出張・船員・留学', en: 'Long trip, ship’s crew, study abroad' }, also: ['出張', '留学', '船', '海外', 'business trip', 'abroad', 'ship'] },
        { value: 'busy', say: { ja: '仕事や学校が忙しい・旅行', en: 'Busy with work or school, travel' }, also: ['仕事', '忙し', '旅行', '休めない', '時間がない', 'busy', 'work', 'travel'], heard: ['仕事で行け', '仕事が忙し', '仕事が休め', 'busy at work'] },
      ],
    },
    {
      id: 'photo_id', // PU-01, PU-08
      when: (answers) => withNotice(answers) && answers.applicant === 'adult',
      ask: {
        ja: '本人の、顔写真のある身分証(運転免許証、パスポート、在留カードなど)はありますか。',
        en: 'Does the person have an identity document with a photo (driving licence, passport, residence card …)?',
        'ja-easy': '顔写真の ある 身分証(免許証・パスポート・在留カードなど)は ありますか。',
      },
      options: yesNo,
    },
    {
      id: 'before', // PU-13, PU-14
      when: withNotice,
      ask: { ja: '前にもマイナンバーカードを持っていましたか。', en: 'Did the person have a My Number Card before?', 'ja-easy': '前にも マイナンバーカードを もって いましたか。' },
      options: [
        { value: 'first', say: { ja: 'いいえ、初めて', en: 'No, it is the first' }, also: ['いいえ', '初めて', 'はじめて', 'no', 'first'], heard: ['初めて作', 'はじめて作', 'first card'] },
        { value: 'renewal', say: { ja: 'はい、前のカードがある', en: 'Yes, I have the old one' }, also: ['はい', '更新', 'ある', 'yes', 'renewal'] },
        { value: 'renewal_lost', say: { ja: '更新で、前のカードがない', en: 'Renewal, old card is gone' }, also: ['ない', '見つからない', 'gone'] },
        { value: 'reissue', say: { ja: 'なくした・壊した(再交付)', en: 'Lost or broken (re-issue)' }, also: ['再交付', '再発行', 'なくした', '壊した', '紛失', 'reissue', 'lost', 'broken'] },
      ],
    },
    {
      id: 'pins', // PU-12
      when: (answers) => withNotice(answers) && answers.applicant === 'adult' && answers.comes === 'self',
      ask: { ja: '暗証番号を使うカードにしますか。', en: 'Would you like a card with PINs?', 'ja-easy': '暗証番号を 使う カードに しますか。' },
      options: [
        { value: 'ready', say: { ja: '暗証番号を使う', en: 'With PINs' }, also: ['はい', '使う', 'yes'] },
        { value: 'none', say: { ja: '暗証番号のないカードにする', en: 'A card without PINs' }, also: ['いいえ', '使わない', '顔認証', 'なし', 'no', 'without'], heard: ['顔認証マイナンバーカード', '暗証番号なし'] },
      ],
    },
    {
      id: 'notice_limit', // PU-10, PU-11
      when: withNotice,
      day: 'any',
      ask: { ja: 'はがきに書かれた受け取りの期限は、いつですか。「12月10日」のように書いてください。', en: 'By which day does the Notice ask you to come? Write for example “10 December”.', 'ja-easy': 'はがきに 書いて ある 日は いつですか。「12月10日」と 書いてください。' },
      options: [{ value: notKnown, say: { ja: '書いていない・わからない', en: 'None, or I do not know' }, also: ['わからない', '分からない', '書いていない', '不明', 'なし', 'not sure'] }],
    },
    {
      id: 'stay', // PU-16
      when: withNotice,
      ask: { ja: '在留期間は、申請のあとに変わりましたか。', en: 'Has the period of stay changed since the application?', 'ja-easy': '申し込みの あとで、在留期間が 変わりましたか。' },
      options: [
        { value: 'japanese', say: { ja: '日本国籍なので関係ない', en: 'Not applicable (Japanese)' }, also: ['日本人', '日本国籍', '関係ない', 'japanese'] },
        { value: 'same', say: { ja: '変わっていない', en: 'No' }, also: ['いいえ', '同じ', 'no', 'same'] },
        { value: 'changed', say: { ja: '変わった', en: 'Yes' }, also: ['はい', '延長', '更新した', 'yes', 'changed'] },
      ],
    },
  ],
  table: pickupTable,
  slots: pickupSlots,
  arrive: (answers, { today }) => decide(read(answers), today),
};
