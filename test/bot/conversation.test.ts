import { afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createBot } from '../../bot/bot.ts';
import type { Store } from '../../bot/store/store.ts';
import { sqliteStore } from '../../bot/store/sqlite.ts';
import { runTurn } from '../../adapters/run-turn.ts';
import type { Library } from '../../knowledge/library.ts';
import { entryText, smallLibrary, talkWith, today, type Talk } from '../helpers.ts';

let library: Library;
let talk: Talk;
beforeAll(async () => {
  library = await smallLibrary();
});
beforeEach(async () => {
  talk = await talkWith({ library });
});

describe('a question', () => {
  test('is answered with office, source and date, and what may be asked next', async () => {
    await talk.say('申請してから何週間で届きますか');
    expect(talk.heard).toContain('**交付通知書が届くまでの期間**');
    expect(talk.heard).toContain('約1か月');
    expect(talk.heard).toContain('000-000-1101');
    expect(talk.heard).toContain('(https://www.kojinbango-card.go.jp/)');
    expect(talk.heard).toContain('2026年11月22日(日)');
    expect(talk.choices.map(({ value }) => value)).toEqual(['guide:status', 'entry:lost/what-to-do-first', 'do:menu', 'vote:status/how-long=useful', 'vote:status/how-long=useless']);
    expect(talk.reports).toMatchObject([{ outcome: 'answered', entry: 'status/how-long' }]);
  });

  test('in English is answered in English, and the next in Japanese in Japanese', async () => {
    await talk.say('When will my card be ready?');
    expect(talk.heard).toContain('About **1 month**');
    await talk.say('カードを紛失した');
    expect(talk.heard).toContain('すぐに電話');
  });

  test('nobody can answer gets an apology and ways on', async () => {
    await talk.say('ほげほげふがふがぴよぴよ');
    expect(talk.heard).toContain('申し訳ありません');
    expect(talk.heard).toContain('000-000-1101');
    expect(talk.choices.map(({ value }) => value)).toContain('guide:status');
    expect(talk.reports).toMatchObject([{ outcome: 'none' }]);
  });

  test('that belongs to another office is pointed there', async () => {
    await talk.say('粗大ごみを捨てたい');
    expect(talk.heard).toContain('「ごみ・リサイクル」のことだと思いますが');
    expect(talk.heard).toContain('ごみ減量課(電話 000-000-1201)');
    await talk.say('今夜の天気は晴れるかな');
    expect(talk.heard).toContain('「天気」');
    expect(talk.reports.map(({ outcome }) => outcome)).toEqual(['none', 'none']);
  });

  test.each([
    ['隣の家が火事です', '119'], ['もう死にたい', '0120-279-338'], ['I want to die', 'Yorisoi'], ['There’s a fire in the kitchen', 'call 119'], ['誰かに襲われています', '110'], ['母が倒れて意識がない', '119'],
  ])('of somebody in need gets help before anything else: %s', async (text, words) => {
    await talk.say('カードはいつ届きますか');
    await talk.tap('guide:status');
    await talk.say(text);
    expect(talk.heard).toContain(words);
    await talk.say('まだ');
    expect(talk.heard).toContain('引っ越し');
  });
  test.each(['火事でカードが燃えてしまいました', '階段でけがをして入院しているので代わりに行けますか', '母が死にました', 'my card was burned in a fire last year'])('that only mentions such a thing is an ordinary one: %s', async (text) => {
    await talk.say(text);
    expect(talk.heard).not.toMatch(/119|110番|0120-279-338/);
  });

  test.each([
    ['如何申请个人编号卡', '日语'], ['마이넘버카드를 잃어버렸어요', '일본어'], ['Tôi muốn làm thẻ My Number', 'tiếng Nhật'], ['Como faço para pegar o cartão?', 'japonês'], ['Paano po kumuha ng card?', 'wikang Hapon'], ['कार्ड कसरी बनाउने', 'जापानी'],
  ])('in a language we do not speak gets a sentence in it, and the languages we do: %s', async (text, words) => {
    await talk.say(text);
    expect(talk.heard).toContain(words);
    expect(talk.heard).toContain('0120-0178-27');
    expect(talk.choices.map(({ value }) => value)).toEqual(expect.arrayContaining(['language:ja', 'language:en', 'language:ja-easy']));
  });

  test.each([['', '文字で'], ['   ', '文字で'], ['あ'.repeat(1001), '長すぎて']])('%# that cannot be read is declined kindly', async (text, words) => {
    await talk.say(text);
    expect(talk.heard).toContain(words);
  });
});

describe('a case told in the first message', () => {
  test.each([
    ['3週間前にスマホで申請したけど、カードはいつできますか', ['スマートフォン', '2026年11月1日'], 'はがき'], ['I applied on my phone three weeks ago, when will my card be ready?', ['Smartphone', '1 November 2026'], undefined],
  ])('is not asked again: %s', async (text, understood, next) => {
    await talk.say(text);
    for (const words of understood) expect(talk.heard).toContain(words);
    if (next !== undefined) expect(talk.heard).toContain(next);
    expect(talk.reports.at(-1)).toMatchObject({ outcome: 'guiding' });
  });
});

describe('thanks', () => {
  test.each(['ありがとうございました!', 'わかった〜ありがと', '了解です', 'ok thx bye', 'Thank you so much.', '👍', '助かります、ありがとうございます🙏✨'])('are taken as such and not as a question: %s', async (text) => {
    await talk.say('申請してから何週間で届きますか');
    const [reply] = await talk.say(text);
    expect(reply!.text).toMatch(/うれしいです|I am glad/);
    expect(talk.choices.map(({ value }) => value)).toContain('guide:status');
    expect(talk.reports.at(-1)).toMatchObject({ outcome: 'guiding' });
  });
  test('with a question are a question', async () => {
    await talk.say('ありがとう、申請してから何週間で届きますか');
    expect(talk.reports.at(-1)).toMatchObject({ outcome: 'answered', entry: 'status/how-long' });
  });
  test('do not leave a guide that asks something', async () => {
    await talk.tap('guide:status');
    await talk.say('わかりました');
    expect(talk.heard).toContain('交付通知書');
    expect(talk.reports.at(-1)).toMatchObject({ outcome: 'guiding' });
  });
});

describe('a short question after an answer', () => {
  beforeEach(async () => {
    const fees = (title: string, amount: string): string => entryText({ title, phrases: [`${title}はいくらですか`, `${title}の料金`], body: `${amount}です。` });
    talk = await talkWith({ library: await smallLibrary({
      'faq/express/what-it-is.ja.md': entryText({ title: '特急発行とは', phrases: ['特急発行って何ですか', '急ぎでカードがほしい'], body: '1週間で届きます。', more: 'related: [express/fee]' }),
      'faq/express/fee.ja.md': fees('特急発行の手数料', '2,000円'), 'faq/lost/reissue.ja.md': fees('再発行の手数料', '1,000円'),
    }) });
    await talk.say('特急発行って何ですか');
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  test('is read in its light', async () => {
    await talk.say('いくら?');
    expect(talk.heard).toContain('2,000円');
  });
  test('is not, a day later', async () => {
    const tomorrow = Date.now() + 25 * 3_600_000;
    jest.spyOn(Date, 'now').mockReturnValue(tomorrow);
    await talk.say('いくら?');
    expect(talk.heard).not.toContain('2,000円です');
  });
});

describe('a language', () => {
  test('once chosen lasts, whatever is written', async () => {
    await talk.say('English');
    expect(talk.heard).toContain('I will answer in English');
    await talk.say('カードを紛失した');
    expect(talk.heard).toContain('Telephone 0120-95-0178');
    await talk.say('日本語');
    await talk.say('I lost my card');
    expect(talk.heard).toContain('すぐに電話');
  });

  test('may be easy Japanese, which falls back to Japanese', async () => {
    await talk.say('やさしい日本語');
    expect(talk.heard).toContain('これから やさしい日本語で 答えます。');
    await talk.say('カードを紛失した');
    expect(talk.heard).toContain('すぐに電話');
  });
});

describe('a guide', () => {
  test('asks again when a bare day or number is written where it fits nothing', async () => {
    await talk.say('カードが今どこまで進んでいるか調べる');
    await talk.say('2026-10-10');
    expect(talk.reports.at(-1)).toMatchObject({ outcome: 'guiding' });
    expect(talk.reports.at(-1)!.entry).toBeUndefined();
  });
  test.each([['カードが今どこまで進んでいるか調べる', 'ja'], ['Find out where my card is', 'en']])('begins when its title is written: %s', async (title, locale) => {
    const [reply] = await talk.say(title);
    expect(talk.reports.at(-1)).toMatchObject({ outcome: 'guiding' });
    expect(reply!.locale).toBe(locale);
  });

  test('asks until it can say where the card is', async () => {
    await talk.tap('guide:status');
    expect(talk.heard).toContain('交付通知書');
    await talk.say('まだです');
    await talk.say('引っ越していません いいえ');
    await talk.say('いいえ');
    await talk.say('スマホ');
    await talk.say('11月1日');
    await talk.say('見ていない');
    expect(talk.heard).toContain('at-municipality');
    expect(talk.heard).toContain('2026年12月1日(火)');
    expect(talk.heard).not.toContain('{');
  });

  test('answers a question in between and comes back to its own', async () => {
    await talk.tap('guide:status');
    await talk.say('1');
    const question = talk.heard;
    await talk.say('眼鏡をかけた写真でもよいですか');
    expect(talk.heard).toContain('縦4.5cm');
    expect(talk.heard).toContain('先ほどの質問に戻ります。');
    expect(talk.heard).toContain(question);
    await talk.say('1');
    expect(talk.heard).toContain('不備');
  });

  test('goes back, begins anew, and can be left', async () => {
    await talk.tap('guide:relocation');
    const first = talk.heard.split('\n').at(-1)!;
    await talk.say('戻る');
    expect(talk.heard).toContain('これが最初の質問です。');
    await talk.say('1');
    const second = talk.heard;
    await talk.say('1');
    await talk.say('戻る');
    expect(talk.heard).toBe(second);
    await talk.say('最初から');
    expect(talk.heard).toContain(first);
    await talk.say('やめる');
    expect(talk.heard).toContain('案内を終わりました。');
    await talk.say('1');
    expect(talk.heard).toContain('いくつかお聞きします');
  });

  test('says what is wrong with an answer, with an example, and asks again', async () => {
    await talk.tap('guide:status');
    for (const text of ['まだ', 'いいえ', 'いいえ', '郵便']) await talk.say(text);
    await talk.say('2月30日');
    expect(talk.heard).toContain('暦にありません');
    expect(talk.heard).toContain('いつ申請しましたか');
    await talk.say('来月の3日');
    expect(talk.heard).toContain('まだ来ていない日付');
    await talk.say('ふふふ');
    expect(talk.heard).toContain('日付を読み取れませんでした');
  });

  test('goes on in another language', async () => {
    await talk.tap('guide:status');
    await talk.say('English');
    expect(talk.heard).toContain('Has the postcard come');
    await talk.say('not yet');
    expect(talk.heard).toContain('Have you moved');
  });

  test('a button of an earlier question changes that answer', async () => {
    await talk.tap('guide:status');
    await talk.say('まだ');
    await talk.say('いいえ');
    await talk.tap('guide:status.1/notice=received');
    expect(talk.heard).toContain('引っ越しや名前の変更');
  });

  test('a button of a renewed guide or a vanished entry is said to be old', async () => {
    await talk.tap('guide:status.99/notice=received');
    expect(talk.heard).toContain('もう一度選んでください');
    await talk.tap('entry:points/campaign');
    expect(talk.heard).toContain('もう一度選んでください');
    await talk.tap('button-of-2019');
    expect(talk.heard).toContain('もう一度選んでください');
  });

  test('a button tapped when its guide is closed begins the guide', async () => {
    await talk.tap('guide:status.1/notice=not_received');
    expect(talk.heard).toContain('引っ越しや名前の変更');
  });

  test('that is withdrawn while somebody is in it lets the conversation go on', async () => {
    await talk.tap('guide:status');
    const without = await smallLibrary({ 'faq/guide-status/ready.ja.md': undefined });
    const later = await talkWith({ library: without, store: talk.store });
    await later.say('カードを紛失した', { id: 'later' });
    expect(later.heard).toContain('すぐに電話');
  });
});

describe('a number that must not be written here', () => {
  test('is answered kindly and nowhere kept', async () => {
    await talk.say('私の番号は 1234 5678 9018 です。いつできますか');
    expect(talk.heard).toContain('こちらには残っていません');
    const { activities } = await talk.store.transcript('c1', 0);
    expect(JSON.stringify(activities)).not.toMatch(/5678/);
    await talk.say('x', { value: '123456789018' });
    expect(JSON.stringify((await talk.store.transcript('c1', 0)).activities)).not.toMatch(/5678/);
  });

  test('in the middle of a guide leaves the guide open', async () => {
    await talk.tap('guide:status');
    await talk.say('123456789018');
    expect(talk.heard).toContain('交付通知書');
    await talk.say('まだ');
    expect(talk.heard).toContain('引っ越しや名前の変更');
  });
});

describe('turns', () => {
  test('a message repeated is answered once', async () => {
    await talk.say('カードを紛失した', { id: 'same' });
    await talk.say('カードを紛失した', { id: 'same' });
    expect(talk.heard).toBe('');
    expect(talk.reports.map(({ outcome }) => outcome)).toEqual(['answered', 'repeated']);
  });

  test('three at once in one conversation happen one after the other', async () => {
    await talk.tap('guide:status');
    await Promise.all(['まだ', 'いいえ', 'いいえ'].map((text) => talk.say(text)));
    await talk.say('スマホ');
    expect(talk.heard).toContain('いつ申請しましたか');
  });

  test('a fault in a turn is an apology with a telephone number, and changes no state', async () => {
    await talk.tap('guide:status');
    const broken: Library = { ...library, answer: () => { throw new Error('secret'); } };
    const other = await talkWith({ library: broken, store: talk.store });
    await other.say('眼鏡をかけた写真でもよいですか', { id: 'broken' });
    expect(other.heard).toContain('うまくお答えできませんでした');
    expect(other.heard).toContain('000-000-1101');
    expect(other.heard).not.toContain('secret');
    expect(other.reports).toMatchObject([{ outcome: 'failed', error: new Error('secret') }]);
    await talk.say('まだ', { id: 'after' });
    expect(talk.heard).toContain('引っ越しや名前の変更');
  });

  test('a message whose conversation cannot be read is not answered, and may be sent again', async () => {
    const torn = Object.assign(Object.create(talk.store) as Store, { read: () => Promise.reject(new Error('the database is away')) });
    const other = await talkWith({ library, store: torn });
    await expect(other.say('カードを紛失した', { id: 'again' })).rejects.toThrow('could not be read');
    expect(await talk.store.heard('c1', 'again')).toBe(false);
    await talk.say('カードを紛失した', { id: 'again' });
    expect(talk.heard).toContain('0120-95-0178');
  });

  test('greeting says who answers, what not to write, and what there is', async () => {
    const store = await sqliteStore(':memory:');
    const bot = createBot({ store, library: () => library, today: () => today, idleHours: 24, report: () => undefined });
    const [greeting] = await runTurn(bot, { type: 'conversationUpdate', id: 'begin', channelId: 'test', locale: 'en', conversation: { id: 'g', isGroup: false, conversationType: '', name: '' }, from: { id: 'u', name: '' }, recipient: { id: 'b', name: '' } });
    expect(greeting!.text).toContain('I answer automatically');
    expect(greeting!.text).toContain('do not write your 12-digit number');
    expect(greeting!.suggestedActions!.actions.map(({ title }) => title)).toContain('日本語');
  });
});
