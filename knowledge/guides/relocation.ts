import { relocation as decide, relocationRules, relocationSlots, type RelocationAnswers } from '../policies/relocation.ts';
import { notKnown, yesNo, type Answers, type Guide, type GuideContext } from './guide.ts';

const moved = ({ moved_on }: Answers, { today }: GuideContext): boolean =>
  moved_on !== undefined && moved_on !== notKnown && moved_on <= today;
const insideJapan = ({ move }: Answers): boolean => move === 'same' || move === 'other_ward' || move === 'other_municipality';
const cardToContinue = ({ stage, move, filed }: Answers): boolean => stage === 'card' && move === 'other_municipality' && filed === 'yes';

function read(answers: Answers): RelocationAnswers {
  const known = (day: string | undefined): string | undefined => (day === notKnown ? undefined : day);
  return {
    stage: answers.stage as RelocationAnswers['stage'],
    move: answers.move as RelocationAnswers['move'],
    nationality: answers.nationality as RelocationAnswers['nationality'],
    movedOn: known(answers.moved_on),
    filed: answers.filed === undefined ? undefined : answers.filed === 'yes',
    filedOn: known(answers.filed_on),
    continued: answers.continued === undefined ? undefined : answers.continued === 'yes',
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
        { value: 'card', say: { ja: 'カードを持っている', en: 'I have the card' }, also: ['持っている', '持ってる', 'ある', 'have it', 'in hand'] },
        { value: 'notice', say: { ja: '通知のはがきが届いたが、未受取', en: 'Notice came, card not collected' }, also: ['はがき', '通知書', '未受取', 'notice'] },
        { value: 'applied', say: { ja: '申請したが、はがきはまだ', en: 'Applied, no Notice yet' }, also: ['申請中', '申請した', 'applied'] },
        { value: 'not_applied', say: { ja: 'まだ申請していない', en: 'Not applied yet' }, also: ['申請していない', '未申請', '持っていない', 'no card'] },
      ],
    },
    {
      id: 'move',
      ask: { ja: 'どこへ(どこから)の引っ越しですか。', en: 'What kind of move is it?', 'ja-easy': 'どこへ 引っ越しますか。' },
      options: [
        { value: 'other_municipality', say: { ja: '別の市区町村へ', en: 'To another city' }, also: ['別の市', 'ほかの市', '市外', '他県', '県外', 'another city'] },
        { value: 'same', say: { ja: '同じ市区町村の中', en: 'Within the same city' }, also: ['市内', '同じ市', 'same city'] },
        { value: 'other_ward', say: { ja: '同じ市の別の区へ', en: 'To another ward of the city' }, also: ['別の区', 'ほかの区', 'another ward'] },
        { value: 'abroad', say: { ja: '海外へ', en: 'From Japan to abroad' }, also: ['海外', '国外', 'abroad'] },
        { value: 'from_abroad', say: { ja: '海外から日本へ', en: 'From abroad to Japan' }, also: ['海外から', '帰国', 'from abroad'] },
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
      options: yesNo,
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
  ends: relocationRules.map(({ end }) => end),
  slots: relocationSlots,
  arrive: (answers, { today }) => decide(read(answers), today),
};
