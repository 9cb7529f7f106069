import { z } from 'zod';
import { furigana } from './furigana.ts';
import { field, readYaml, type Read } from './yaml.ts';

const reading = field(z.string().regex(/^([ぁ-ゖー、]+|-)$/u), { ja: '読みをひらがなで書いてください。ふりがなが要らないことばは「-」と書きます。', en: 'Write the reading in hiragana, or “-” for none.' });
const file = z.strictObject({
  readings: field(z.record(z.string().regex(/[\u3400-\u9fff々]/u), reading), { ja: '「漢字のことば: よみ」の形で書いてください。', en: 'Write word: reading.' }),
  katakana: field(z.array(z.string().regex(/^[ァ-ヶー]+$/u)), { ja: '使ってよいカタカナ語を並べてください。', en: 'List the katakana words that may be used.' }),
});
/** Reviewed readings for furigana, and the katakana words that easy Japanese may use. */
export type EasyWords = Readonly<z.infer<typeof file>>;

export const easyWordsFile = 'words/easy-words.yaml';
export const noEasyWords: EasyWords = { readings: {}, katakana: [] };
export const readEasyWords = (text: string): Read<EasyWords> => readYaml(text, file, { file: easyWordsFile, linesBefore: 0 });

/** Kanji of a text the table has no reading for. */
export const withoutReading = (text: string, words: EasyWords): string[] =>
  furigana(text, words.readings).filter(({ reading: kana }) => kana === '').map(({ text: sign }) => sign);

/** Katakana words of a text that are not on the list. */
export function katakanaBeyond(text: string, { katakana }: EasyWords): string[] {
  return [...new Set(text.match(/[ァ-ヶー]{2,}/gu) ?? [])].filter((word) => !katakana.includes(word));
}
