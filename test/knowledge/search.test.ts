import { beforeAll, describe, expect, test } from '@jest/globals';
import { bare, fold, toKatakana } from '../../knowledge/search/fold.ts';
import { makeCut, type Cut } from '../../knowledge/search/terms.ts';
import type { Library } from '../../knowledge/library.ts';
import { smallLibrary, theDictionary, today } from '../helpers.ts';

describe('fold', () => {
  test.each([
    ['ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ', 'マイナンバーカード'], ['１２３ＡＢＣ', '123abc'], ['カ－ド カ―ド カ‐ド', 'カード カード カード'], ['  あ\u200bい\n う ', 'あい う'], ['\ud800x', 'x'],
  ])('%s becomes %s', (before, after) => {
    expect(fold(before)).toBe(after);
  });
  test('kana compare by sound and short answers without punctuation', () => {
    expect(toKatakana('ひらがなカード')).toBe('ヒラガナカード');
    expect(bare('　はい。 ')).toBe('はい');
  });
});

describe('cutting text into terms', () => {
  let cut: Cut;
  beforeAll(async () => {
    cut = makeCut(theDictionary(), { マイナンバーカード: 'マイナンバーカード', 交付通知書: 'コウフツウチショ', 電子証明書: 'デンシショウメイショ' }, {});
  });
  test.each(['カードなくした', '申請書なくした', '財布なくしちゃった', 'カードをなくした'])('%s says that it was lost, also without を', (text) => {
    expect(cut(text, 'ja').words).toContain('なくす');
    expect(cut(text, 'ja').words).not.toContain('ない');
  });
  test('spellings of one word become one term', () => {
    const spellings = ['引っ越しました', '引越しました', '引越', '引っ越す', '引っこし'].map((text) => cut(text, 'ja').words[0]);
    expect(new Set(spellings.slice(0, 4)).size).toBe(1);
    expect(new Set(['受け取り', '受取', '受取り', '受け取る'].map((text) => cut(text, 'ja').words[0])).size).toBe(1);
    expect(new Set(['申し込み', '申込', '申込み', '申し込む'].map((text) => cut(text, 'ja').words[0])).size).toBe(1);
  });
  test('a long word is found by its parts too', () => {
    expect(cut('電子証明書', 'ja').words).toEqual(expect.arrayContaining(['電子証明書', '電子', '証明']));
    expect(cut('電子証明', 'ja').words).toEqual(['電子', '証明']);
  });
  test('half and full width give the same terms', () => {
    expect(cut('ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞの交付通知書', 'ja')).toEqual(cut('マイナンバーカードの交付通知書', 'ja'));
  });
  test('kana and kanji sound alike', () => {
    expect(cut('交付通知書', 'ja').sound).toBe('コウフツウチショ');
    expect(cut('こうふつうちしょ', 'ja').sound).toBe('コウフツウチショ');
  });
  test('what is read aloud has no marks: with and without them a question sounds the same', () => {
    expect(cut('えっと、カードを、なくしました。…再発行は?', 'ja').sound).toBe(cut('えっとカードをなくしました 再発行は', 'ja').sound);
    expect(cut('カード(写し)', 'ja').sound).toMatch(/^カード\p{L}+$/u);
  });
  test('English words are stemmed', () => {
    expect(cut("I've moved; applications, applying", 'en').words).toEqual(expect.arrayContaining(['move', 'applic', 'appli']));
  });
});

describe('verdicts of a small library', () => {
  let library: Library;
  beforeAll(async () => {
    library = await smallLibrary();
  });
  test.each([
    ['カードはいつ頃できますか？', 'ja', 'status/how-long'], ['申請してからどのくらい', 'ja', 'status/how-long'], ['カード無くした', 'ja', 'lost/what-to-do-first'],
    ['しゃしんの さいず', 'ja', 'apply/photo-rules'], ['When is my card ready?', 'en', 'status/how-long'], ['lost my card yesterday', 'en', 'lost/what-to-do-first'], ['photo size', 'en', 'apply/photo-rules'],
  ] as const)('%s finds %s %s', (question, language, entry) => {
    expect(library.answer(question, language, today).hits[0]?.entry).toBe(entry);
  });
  test.each([['', 'ja'], ['🐶🐱', 'ja'], ['今夜の天気は晴れるかな', 'ja'], ['\u0000\u0001', 'en'], ['xyzzy plugh', 'en']] as const)('%j is declined', (question, language) => {
    expect(library.answer(question, language, today).kind).toBe('none');
  });
});
