import { cardStatus, statusDays, statusSlots, statusTable, type Channel, type StatusAnswers } from '../policies/status.ts';
import { dayOf, notKnown, yesNo, yesOf, type Answers, type Guide, type GuideContext } from './guide.ts';

const waiting = ({ notice, changed }: Answers): boolean => notice === 'not_received' && changed === 'no';
const running = (answers: Answers): boolean => waiting(answers) && answers.error === 'no';
const onInquiryPage = ({ channel }: Answers): boolean => !['counter_mail', 'express', 'embassy'].includes(channel ?? '');

/** Whether the Notice should be arriving about now, so that forwarded post matters (ST-20). */
function noticeDue({ applied_on, channel }: Answers, { today, times }: GuideContext): boolean {
  if (applied_on === undefined || applied_on === notKnown) return false;
  const days = statusDays(applied_on, channel as Channel, times);
  return days.notice_from <= today && today <= days.notice_to;
}

function read(answers: Answers): StatusAnswers {
  return {
    notice: answers.notice as StatusAnswers['notice'],
    changed: answers.changed as StatusAnswers['changed'],
    errorContact: yesOf(answers.error),
    channel: answers.channel as Channel | undefined,
    appliedOn: dayOf(answers.applied_on),
    inquiry: answers.inquiry as StatusAnswers['inquiry'],
    forwarding: yesOf(answers.forwarding),
  };
}

/** "Where is my card?" (decision table ST). */
export const status: Guide = {
  id: 'status',
  version: 1,
  title: { ja: 'カードが今どこまで進んでいるか調べる', en: 'Find out where my card is' },
  steps: [
    {
      id: 'notice', // ST-05, ST-06
      ask: {
        ja: '市区町村から、カードの準備ができたことを知らせるはがき(交付通知書)は届きましたか。',
        en: 'Has the postcard come that says your card is ready (Notice of Issuance, 交付通知書)?',
        'ja-easy': '市役所から はがき(交付通知書)が 来ましたか。カードが できたことを 知らせる はがきです。',
      },
      options: [
        { value: 'not_received', say: { ja: 'まだ届いていない', en: 'Not yet' }, also: ['いいえ', 'no', 'まだ', '来ていない', '来てない', '来ていません', '来ない', '届いてない', '届いていません', '届かない', 'not received', 'not come', 'nothing yet'], heard: ['届かな', '届いてな', '届いていな', '届きませ', 'とどかな', '来な', '来ませ', '来てな', '来ていな', 'こない', 'not arrived', 'not come', 'not received', 'has not come', 'hasn’t come', 'hasn\'t come', 'hasn\'t arrived', 'still waiting', 'still have not', 'no postcard', 'nothing has come', 'nothing came'] },
        { value: 'received', say: { ja: '届いた', en: 'Yes, it has come' }, also: ['はい', 'yes', '来た', '届きました', '来ました', 'received', 'got it'], heard: ['はがきが届いた', 'はがきが届きま', 'ハガキが届いた', '通知書が届いた', '通知書が届きま', 'はがきが来た', 'はがきが来ま', 'got the postcard', 'postcard came', 'got the notice'] },
        { value: 'lost', say: { ja: '届いたが、なくした', en: 'It came, but I lost it' }, also: ['なくし', '無くし', '捨て', '紛失', 'lost', 'threw it away'], heard: ['はがきをなくし', 'はがきを無くし', 'ハガキをなくし', 'はがきを捨て', '通知書をなくし', 'lost the postcard', 'lost the notice'] },
      ],
    },
    {
      id: 'changed', // ST-01 to ST-04
      ask: {
        ja: '申請したあとに、引っ越しや名前の変更がありましたか。',
        en: 'Have you moved or changed your name since you applied?',
        'ja-easy': '申し込みの あとで、引っ越しを しましたか。名前が 変わりましたか。',
      },
      options: [
        { value: 'no', say: { ja: 'ない', en: 'No' }, also: ['いいえ', 'なし', 'ありません', '変わっていない'] },
        { value: 'same_municipality', say: { ja: '同じ市区町村の中で引っ越した', en: 'Moved within the same city' }, also: ['市内', '同じ市', 'same city'] },
        { value: 'other_ward', say: { ja: '同じ市の別の区へ引っ越した', en: 'Moved to another ward' }, also: ['別の区', 'ほかの区', 'another ward'] },
        { value: 'other_municipality', say: { ja: '別の市区町村へ引っ越した', en: 'Moved to another city' }, also: ['別の市', 'ほかの市', '市外', 'another city'] },
        { value: 'abroad', say: { ja: '海外へ引っ越した', en: 'Moved abroad' }, also: ['海外', '国外', 'abroad'] },
        { value: 'name', say: { ja: '名前が変わった', en: 'Changed my name' }, also: ['氏名', '名字', '結婚', 'name'] },
      ],
    },
    {
      id: 'error', // ST-07
      when: waiting,
      ask: {
        ja: '写真や書類に不備がある、という連絡がありましたか。',
        en: 'Were you told that something is wrong with the photo or the form?',
        'ja-easy': '写真や 紙が よくない、という 連絡が ありましたか。',
      },
      options: [{ ...yesNo[0]!, heard: ['不備の連絡', '不備があると', '写真がだめ', '写真が不備', 'photo was rejected', 'something wrong with'] }, yesNo[1]!],
    },
    {
      id: 'channel',
      when: running,
      ask: { ja: 'どの方法で申請しましたか。', en: 'How did you apply?', 'ja-easy': 'どうやって 申し込みましたか。' },
      options: [
        { value: 'smartphone', say: { ja: 'スマートフォン', en: 'Smartphone' }, also: ['スマホ', '携帯', 'phone', 'ネット', 'オンライン', 'online'], heard: ['スマホで', 'スマホから', 'スマートフォンで', 'スマートフォンから', 'すまほで', '携帯で', 'ネットで', 'オンラインで', 'with my phone', 'on my phone', 'by phone app', 'with my smartphone', 'by smartphone', 'online'] },
        { value: 'pc', say: { ja: 'パソコン', en: 'Computer' }, also: ['pc', 'コンピューター', 'laptop'], heard: ['パソコンで', 'パソコンから', 'ぱそこんで', 'on my computer', 'on a computer', 'with my laptop'] },
        { value: 'photo_booth', say: { ja: '証明用写真機', en: 'Photo booth' }, also: ['写真機', '証明写真', 'booth'], heard: ['写真機で', '証明写真機', 'photo booth'] },
        { value: 'post', say: { ja: '郵便', en: 'Post' }, also: ['郵送', '封筒', 'ポスト', 'mail', 'by post', 'by mail'], heard: ['郵送で', '郵便で', 'ポストに', '封筒で', 'by post', 'by mail', 'mailed the form', 'posted the form'] },
        { value: 'counter_pickup', say: { ja: '窓口(後日受け取りに行く)', en: 'Counter (I collect the card later)' }, also: ['窓口', '市役所', 'counter', 'city hall'] },
        { value: 'counter_mail', say: { ja: '窓口(カードが郵便で届く)', en: 'Counter (card comes by post)' }, also: ['申請時来庁', '書留で届く'] },
        { value: 'express', say: { ja: '特急発行', en: 'Express issuance' }, also: ['特急', 'express'], heard: ['特急発行', '特急で', 'express'] },
        { value: 'embassy', say: { ja: '大使館・領事館', en: 'Embassy or consulate' }, also: ['大使館', '領事館', 'embassy'], heard: ['大使館で', '領事館で', 'embassy', 'consulate'] },
        { value: notKnown, say: { ja: 'わからない', en: 'I do not know' }, also: ['不明', '覚えていない', 'not sure'] },
      ],
    },
    {
      id: 'applied_on',
      dayOf: /申請|申し込|申しこ|申込|もうしこ|しんせい|作|appl(?:y|ied)|sent|posted|mailed/u,
      when: running,
      day: 'past',
      ask: {
        ja: 'いつ申請しましたか。「10月3日」「3週間前」のように書いてください。だいたいの日でかまいません。',
        en: 'When did you apply? Write for example “3 October” or “3 weeks ago”. About is fine.',
        'ja-easy': 'いつ 申し込みましたか。「10月3日」や「3週間前」と 書いてください。だいたいで いいです。',
      },
      options: [{ value: notKnown, say: { ja: 'わからない', en: 'I do not know' }, also: ['不明', '覚えていない', '忘れた', 'not sure', 'forgot'] }],
    },
    {
      id: 'inquiry', // ST-13 to ST-16
      when: (answers) => running(answers) && onInquiryPage(answers),
      ask: {
        ja: 'インターネットの「申請状況照会」では、どう表示されましたか。',
        en: 'What does the online application status page say?',
        'ja-easy': 'インターネットの「申請状況照会」を 見ましたか。何と 書いて ありましたか。',
      },
      options: [
        { value: 'not_checked', say: { ja: '見ていない', en: 'I have not looked' }, also: ['まだ', 'いいえ', '見てない', 'no'] },
        { value: 'not_found', say: { ja: '該当なし', en: 'Nothing found' }, also: ['見つからない', 'なし', 'not found'] },
        { value: 'received', say: { ja: '受付・処理中', en: 'Received or in progress' }, also: ['受付', '処理中', '作成中', 'received'] },
        { value: 'dispatched', say: { ja: '発送', en: 'Dispatched' }, also: ['発送済', '発送済み', 'sent', 'shipped'] },
      ],
    },
    {
      id: 'forwarding', // ST-20
      when: (answers, context) => running(answers) && onInquiryPage(answers) && answers.inquiry !== 'dispatched' && noticeDue(answers, context),
      ask: {
        ja: '郵便局に転居届を出して、郵便物を別の住所へ転送していますか。',
        en: 'Is your post being forwarded to another address?',
        'ja-easy': '郵便局に お願いして、手紙を ほかの 住所に 送って もらって いますか。',
      },
      options: [...yesNo, { value: notKnown, say: { ja: 'わからない', en: 'I do not know' } }],
    },
  ],
  stages: [
    { ja: '申請', en: 'Applied', 'ja-easy': '申し込み' },
    { ja: '受付', en: 'Application received', 'ja-easy': '受付' },
    { ja: 'カードの作成', en: 'Card being made', 'ja-easy': 'カードを作る' },
    { ja: '市区町村で準備', en: 'Preparation at the municipality', 'ja-easy': '市役所で準備' },
    { ja: '通知書のはがき', en: 'Notice of Issuance by post', 'ja-easy': 'はがきが来る' },
    { ja: '受け取り', en: 'Collection at the counter', 'ja-easy': '受け取り' },
  ],
  table: statusTable,
  slots: statusSlots,
  arrive: (answers, { today, times, notices }) => cardStatus(read(answers), today, times, notices),
};
