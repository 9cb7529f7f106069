import { relocation as decide, relocationSlots, relocationTable, type RelocationAnswers } from '../policies/relocation.ts';
import { moveBetweenWards } from './wards.ts';
import { dayOf, notKnown, yesNo, yesOf, type Answers, type Guide, type GuideContext } from './guide.ts';

const moved = ({ moved_on }: Answers, { today }: GuideContext): boolean =>
  moved_on !== undefined && moved_on !== notKnown && moved_on <= today;
const insideJapan = ({ move }: Answers): boolean => move === 'same' || move === 'other_ward' || move === 'other_municipality';
const cardToContinue = ({ stage, move, filed }: Answers): boolean => stage === 'card' && move === 'other_municipality' && filed === 'yes';

function read(answers: Answers): RelocationAnswers {
  return {
    stage: answers.stage as RelocationAnswers['stage'],
    move: answers.move as RelocationAnswers['move'],
    nationality: answers.nationality as RelocationAnswers['nationality'],
    movedOn: dayOf(answers.moved_on),
    filed: yesOf(answers.filed),
    filedOn: dayOf(answers.filed_on),
    continued: yesOf(answers.continued),
  };
}

/** "I have moved" or "I will move" (decision table RL). */
export const relocation: Guide = {
  id: 'relocation',
  version: 1,
  title: { ja: '引っ越しとカードの手続きを確かめる', en: 'Moving house: what to do with my card' },
  steps: [
    {
      id: 'stage',
      ask: { ja: 'カードは今、どの段階ですか。', en: 'Where are you with the card now?', 'ja-easy': '今、カードは どうなって いますか。' },
      options: [
        { value: 'card', say: { ja: 'カードを持っている', en: 'I have the card' }, also: ['持っている', '持ってる', 'ある', 'have it', 'in hand'], heard: ['カードを持って', 'カードがあ', 'カードはあ', 'カードの住所', 'have my card', 'have the card', 'address on my card'] },
        { value: 'notice', say: { ja: '通知のはがきが届いたが、未受取', en: 'Notice came, card not collected' }, also: ['はがき', '通知書', '未受取', 'notice'], heard: ['はがきが届', 'はがきは届', 'ハガキが届', '通知書が届', '受け取りに行ってな', '受け取っていな', 'got the notice', 'postcard came'] },
        { value: 'applied', say: { ja: '申請したが、はがきはまだ', en: 'Applied, no Notice yet' }, also: ['申請中', '申請した', 'applied'], heard: ['申請中', '申請したけど', '申請しました', '申し込み中', '申し込んだ', 'applied for', 'i applied'] },
        { value: 'not_applied', say: { ja: 'まだ申請していない', en: 'Not applied yet' }, also: ['申請していない', '未申請', '持っていない', 'no card'], heard: ['まだ作って', 'まだ申請', '作っていな', 'カードを持ってな', 'カードを持っていな', 'カードがない', 'not applied', 'no card yet'] },
      ],
    },
    {
      id: 'move',
      hear: moveBetweenWards,
      ask: { ja: 'どこへ(どこから)の引っ越しですか。', en: 'What kind of move is it?', 'ja-easy': 'どこへ 引っ越しますか。' },
      options: [
        { value: 'other_municipality', say: { ja: '別の市区町村へ', en: 'To another city' }, also: ['別の市', 'ほかの市', '市外', '他県', '県外', 'another city'], heard: ['別の市', '他の市', 'ほかの市', '違う市', '隣の市', 'となりの市', '市外', '他県', '県外', '別の町', 'ほかの町', 'another city', 'different city', 'another town', 'another prefecture'] },
        { value: 'same', say: { ja: '同じ市区町村の中', en: 'Within the same city' }, also: ['市内', '同じ市', 'same city'], heard: ['市内で', '市内の', '同じ市内', '同じ町', '同じ市の中', '同じ市で', 'within the same city', 'same city'] },
        { value: 'other_ward', say: { ja: '同じ市の別の区へ', en: 'To another ward of the city' }, also: ['別の区', 'ほかの区', 'another ward'], heard: ['別の区', '他の区', 'ほかの区', '違う区', '同じ市の別の区', 'another ward', 'different ward'] },
        { value: 'abroad', say: { ja: '海外へ', en: 'From Japan to abroad' }, also: ['海外', '国外', 'abroad'], heard: ['海外へ', '海外に', '外国へ', '外国に', '国外へ', 'overseas', 'moving abroad', 'leaving japan'] },
        { value: 'from_abroad', say: { ja: '海外から日本へ', en: 'From abroad to Japan' }, also: ['海外から', '帰国', 'from abroad'], heard: ['海外から', '外国から', '帰国', 'from abroad', 'from overseas', 'back to japan'] },
      ],
    },
    {
      id: 'nationality', // RL-18 to RL-21
      when: ({ move }) => move === 'abroad',
      ask: { ja: '国籍はどちらですか。(手続きが違います)', en: 'What is your nationality? (The procedure differs.)' },
      options: [
        { value: 'japanese', say: { ja: '日本', en: 'Japanese' }, also: ['日本国籍', '日本人'] },
        { value: 'other', say: { ja: '日本以外', en: 'Other' }, also: ['外国', '外国籍', 'foreign'] },
      ],
    },
    {
      id: 'moved_on',
      dayOf: /引っ?越|引越|ひっこ|転居|転入|転出|住み始|住む|mov(?:e|ed|ing)/u,
      when: ({ move, nationality }) => nationality !== 'other' && move !== undefined,
      day: 'any',
      ask: {
        ja: '引っ越しの日(新しい住所に住み始める日、海外へは出発の日)はいつですか。「11月15日」のように書いてください。予定でもかまいません。',
        en: 'On which day do you start living at the new address (or leave Japan)? Write for example “15 November”. A planned day is fine.',
        'ja-easy': '引っ越しの 日は いつですか。「11月15日」と 書いてください。これからの 日でも いいです。',
      },
      options: [{ value: notKnown, say: { ja: 'まだ決まっていない・わからない', en: 'Not decided, or I do not know' }, also: ['わからない', '未定', '決まっていない', 'not sure'] }],
    },
    {
      id: 'filed', // RL-10, RL-13, RL-14, RL-23
      when: (answers, context) => insideJapan(answers) && moved(answers, context),
      ask: {
        ja: '新しい住所の届け出(転入届・転居届)は、もう出しましたか。',
        en: 'Have you filed the notification of your new address (転入届 or 転居届)?',
        'ja-easy': '新しい 住所の 紙(転入届・転居届)を 市役所に 出しましたか。',
      },
      options: [{ ...yesNo[0]!, heard: ['転入届を出し', '転入届は出し', '転居届を出し', '転居届は出し', '転入届は済', '届け出は済'] }, { ...yesNo[1]!, heard: ['転入届を出していな', '転入届はまだ', '転居届はまだ', '届け出はまだ'] }],
    },
    {
      id: 'filed_on',
      when: cardToContinue,
      day: 'past',
      ask: { ja: '届け出を出した日はいつですか。', en: 'On which day did you file it?', 'ja-easy': 'いつ 出しましたか。' },
      options: [{ value: notKnown, say: { ja: 'わからない', en: 'I do not know' }, also: ['覚えていない', 'not sure'] }],
    },
    {
      id: 'continued', // RL-13, RL-14
      when: cardToContinue,
      ask: {
        ja: 'カードの住所変更(継続利用の手続き)は済みましたか。',
        en: 'Has the card itself been updated (continued-use procedure, 継続利用)?',
        'ja-easy': 'カードの 住所も 変えましたか。',
      },
      options: yesNo,
    },
  ],
  table: relocationTable,
  slots: relocationSlots,
  arrive: (answers, { today }) => decide(read(answers), today),
};
