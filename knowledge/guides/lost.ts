import { lost as decide, lostSlots, lostTable, type LostAnswers } from '../policies/lost.ts';
import { yesNo, yesOf, type Answers, type Guide } from './guide.ts';

const lostCard = ({ what }: Answers): boolean => what === 'card';
const outside = ({ place }: Answers): boolean => place === 'outside' || place === 'stolen';
const pinOfHolder = ({ what, who }: Answers): boolean => what === 'pin' && who === 'self';

function read(answers: Answers): LostAnswers {
  return {
    what: answers.what as LostAnswers['what'], place: answers.place as LostAnswers['place'], reported: yesOf(answers.reported), police: yesOf(answers.police),
    wants: answers.wants as LostAnswers['wants'], found: answers.found as LostAnswers['found'], who: answers.who as LostAnswers['who'],
    pins: answers.pins as LostAnswers['pins'], app: yesOf(answers.app),
  };
}

/** "I have lost my card", and what belongs to it: found again, phone, number, PIN (decision tables LO and PN). */
export const lost: Guide = {
  id: 'lost',
  version: 1,
  title: { ja: '紛失・盗難・暗証番号の手続きを確かめる', en: 'Lost or stolen card, or a PIN problem' },
  // F7-01: the number stands before the first question.
  first: {
    ja: '**カードをなくした・盗まれたときは、まず電話でカードを止めてください。** 0120-95-0178(案内で2番。24時間。外国語は 0120-0178-27)',
    en: '**If the card is lost or stolen, first have it suspended by phone:** 0120-95-0178, then 2 (24 hours; foreign languages 0120-0178-27).',
    'ja-easy': '**カードを なくした 人は、先に 電話を してください。** カードを 止めます。0120-95-0178(2番。24時間。外国語は 0120-0178-27)',
  },
  steps: [
    {
      id: 'what',
      ask: { ja: 'どうしましたか。', en: 'What has happened?', 'ja-easy': 'どうしましたか。' },
      options: [
        { value: 'card', say: { ja: 'カードをなくした・盗まれた', en: 'Card lost or stolen' }, also: ['なくし', '無くし', '失くし', '落とし', '盗ま', '紛失', '盗難', '見つからない', 'lost', 'stolen'], heard: ['カードをなくし', 'カードを無くし', 'カードを落と', 'カードを紛失', 'カードが盗ま', 'カードが見つからな', 'lost my card', 'card was stolen'] },
        { value: 'found', say: { ja: 'カードが見つかった', en: 'I found the card again' }, also: ['見つかった', '出てきた', 'あった', 'found'], heard: ['カードが見つかった', 'カードが出てき', 'found my card', 'found the card'] },
        { value: 'phone', say: { ja: 'スマホをなくした', en: 'I lost my phone' }, also: ['スマホ', 'スマートフォン', '携帯', 'phone'], heard: ['スマホをなくし', 'スマホを落と', 'lost my phone'] },
        { value: 'number', say: { ja: '番号を人に知られた', en: 'Somebody knows my number' }, also: ['番号', '知られ', '漏れ', '流出', 'number', 'leaked'] },
        { value: 'pin', say: { ja: '暗証番号がわからない', en: 'A PIN is forgotten or blocked' }, also: ['暗証番号', '忘れ', 'ロック', 'パスワード', 'pin', 'password', 'blocked', 'locked'], heard: ['暗証番号を忘れ', '暗証番号がわから', 'ロックされ', 'forgot my pin', 'pin is blocked', 'pin is locked'] },
      ],
    },
    {
      id: 'place', // LO-02, LO-03
      when: lostCard,
      ask: { ja: 'どこでなくしましたか。', en: 'Where did it happen?', 'ja-easy': 'どこで なくしましたか。' },
      options: [
        { value: 'outside', say: { ja: '外、またはわからない', en: 'Outside, or not sure' }, also: ['外', '電車', 'わからない', '不明', 'outside', 'train', 'not sure'], heard: ['電車で', '外で', '旅行先で', 'on the train'] },
        { value: 'stolen', say: { ja: '盗まれた', en: 'It was stolen' }, also: ['盗難', 'すり', '空き巣', 'stolen', 'theft'], heard: ['盗まれ', '財布ごと盗', 'stolen'] },
        { value: 'home', say: { ja: '家の中', en: 'At home' }, also: ['家', '自宅', '部屋', 'home'], heard: ['家の中で', '自宅で', 'at home'] },
      ],
    },
    {
      id: 'reported', // LO-01
      when: lostCard,
      ask: { ja: '電話で、カードの一時停止をしましたか。', en: 'Has the card been suspended by phone?', 'ja-easy': '電話で カードを 止めましたか。' },
      options: yesNo,
    },
    {
      id: 'police', // LO-02
      when: (answers) => lostCard(answers) && answers.reported === 'yes' && outside(answers),
      ask: { ja: '警察に届けましたか。', en: 'Have you reported it to the police?', 'ja-easy': '警察に 言いましたか。' },
      options: yesNo,
    },
    {
      id: 'wants', // LO-03, LO-05
      when: (answers) => lostCard(answers) && answers.reported === 'yes' && (!outside(answers) || answers.police === 'yes'),
      ask: { ja: 'これからどうしますか。', en: 'What would you like to do now?', 'ja-easy': 'これから どうしますか。' },
      options: [
        { value: 'search', say: { ja: 'もう少し探す', en: 'Search a little longer' }, also: ['探す', 'さがす', '待つ', 'search', 'look'] },
        { value: 'reissue', say: { ja: '新しいカードを作る', en: 'Get a new card' }, also: ['新しい', '再交付', '再発行', '作り直', 'new', 'reissue'], heard: ['再発行', '再交付', 'new card'] },
      ],
    },
    {
      id: 'found', // LO-04, LO-06
      when: ({ what }) => what === 'found',
      ask: { ja: 'なくしたあと、何をしましたか。', en: 'What was done after it was lost?', 'ja-easy': 'なくした あと、何を しましたか。' },
      options: [
        { value: 'suspended', say: { ja: '電話で止めただけ', en: 'Only suspended by phone' }, also: ['電話', '一時停止', '止めた', 'phone', 'suspended'] },
        { value: 'cancelled', say: { ja: '紛失届や再交付の申請をした', en: 'Reported lost, or re-issued' }, also: ['紛失届', '廃止', '再交付', '再発行', '新しいカード', 'cancelled', 'reissued', 'new card'] },
      ],
    },
    {
      id: 'who', // PN-03
      when: ({ what }) => what === 'pin',
      ask: { ja: 'だれが手続きをしますか。', en: 'Who will do it?', 'ja-easy': 'だれが 手続きを しますか。' },
      options: [
        { value: 'self', say: { ja: '本人', en: 'The holder' }, also: ['自分', '私', 'わたし', 'myself', 'me'] },
        { value: 'proxy', say: { ja: '代わりの人', en: 'Somebody else' }, also: ['代理', '家族', '親', 'proxy', 'family', 'parent'] },
      ],
    },
    {
      id: 'pins', // PN-01, PN-02
      when: pinOfHolder,
      ask: {
        ja: 'わからない暗証番号はどれですか。署名用は6〜16文字、利用者証明用は4桁です。',
        en: 'Which PIN is the problem? The signature PIN has 6–16 characters, the user PIN 4 digits.',
        'ja-easy': 'どの 暗証番号が わかりませんか。',
      },
      options: [
        { value: 'one', say: { ja: '署名用か利用者証明用の片方だけ', en: 'Only the signature or the user PIN' }, also: ['片方', '署名用', '利用者証明用', '一つ', 'one', 'signature', 'only one'] },
        { value: 'more', say: { ja: '両方、またはほかの暗証番号', en: 'Both, or another PIN' }, also: ['両方', '全部', 'ほか', 'わからない', 'both', 'all', 'other', 'not sure'] },
      ],
    },
    {
      id: 'app', // PN-01
      when: (answers) => pinOfHolder(answers) && answers.pins === 'one',
      ask: { ja: '15歳以上で、カードを読み取れるスマートフォンがありますか。', en: 'Are you 15 or over, with a phone that can read the card?', 'ja-easy': '15歳より 上ですか。カードを 読むことが できる スマホが ありますか。' },
      options: yesNo,
    },
  ],
  table: lostTable,
  slots: lostSlots,
  arrive: (answers) => decide(read(answers)),
};
