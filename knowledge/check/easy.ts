import { katakanaBeyond, withoutReading } from '../easy.ts';
import { lineOf, type Entry } from '../entry.ts';
import type { Said } from '../locales.ts';
import { sentences, splitSentences, type CheckInput, type Rule, type Spot } from './rule.ts';

const longest = 40;
const mostKanji = 13;
/** Slots, quotes and spaces do not make a sentence harder. */
const bareSentence = (text: string): string => text.replace(/\{\w+\}|[「」『』\s]/gu, '');
const politeEnd = /(です|ます|ください|ました|ません|でした|ましょう|ませんか|ますか|ですか|ましたか|こんにちは|ありがとう)[。!?！？)）」]*$/u;
const doubleNegative = /(ない|ません)(わけ|こと)(では|は|も)(ありません|ない)|なければ(なりません|いけません)|ないと(いけません|なりません)|ざるを得/u;
/** Honorific, humble and causative forms; 〜られます stays, which is mostly plain ability. */
const hardPoliteness = /いただ[きくけいかっ]|くださる|ございま|おりま[すせ]|いたしま|なさ[いっるれ](?!ませんか)|伺[いう]|拝[見受]|されま(す|せ|し)|させま|させて|お[\p{L}]{1,6}になり/u;

interface EasyRule {
  readonly name: string;
  readonly why: Said;
  readonly test: (sentence: string, input: CheckInput) => { what: Said; remedy: Said } | undefined;
}

const easySentenceRules: readonly EasyRule[] = [
  {
    name: 'easy-sentence-long',
    why: { ja: '短い文なら、日本語を習い始めた方にも分かります。', en: 'Short sentences are within reach of people who are learning Japanese.' },
    test(sentence) {
      const { length } = bareSentence(sentence);
      return length <= longest ? undefined : {
        what: { ja: `文が長すぎます(${length}文字): 「${sentence.slice(0, 20)}…」`, en: `The sentence is too long (${length} characters): “${sentence.slice(0, 20)}…”` },
        remedy: { ja: `${longest}文字までにしてください。2つの文に分けられます。`, en: `Keep it to ${longest} characters; make two of it.` } };
    },
  },
  {
    name: 'easy-kanji-many',
    why: { ja: '漢字が多い文は、ふりがながあっても読むのが大変です。', en: 'Many kanji are hard to read even with furigana.' },
    test(sentence) {
      const count = (sentence.match(/[\u3400-\u9fff]/gu) ?? []).length;
      return count <= mostKanji ? undefined : {
        what: { ja: `1つの文に漢字が${count}字あります: 「${sentence.slice(0, 20)}…」`, en: `The sentence has ${count} kanji: “${sentence.slice(0, 20)}…”` },
        remedy: { ja: `${mostKanji}字までにしてください。`, en: `Keep it to ${mostKanji}.` } };
    },
  },
  {
    name: 'easy-ending',
    why: { ja: '「です・ます」でそろえると、文の終わりが分かります。', en: 'です and ます show where a sentence ends.' },
    test: (sentence) => (!sentence.endsWith('。') || politeEnd.test(sentence) ? undefined : {
      what: { ja: `「です・ます・ください」で終わっていません: 「${sentence.slice(-15)}」`, en: `It does not end in です, ます or ください: “${sentence.slice(-15)}”` },
      remedy: { ja: '「です」「ます」「ください」で終えてください。', en: 'End it in です, ます or ください.' } }),
  },
  {
    name: 'easy-double-negative',
    why: { ja: '打ち消しが2つあると、するのかしないのか分かりません。', en: 'With two negatives nobody knows whether to do it.' },
    test: (sentence) => (doubleNegative.test(sentence) ? {
      what: { ja: `打ち消しが重なっています: 「${sentence.slice(0, 25)}」`, en: `It has a double negative: “${sentence.slice(0, 25)}”` },
      remedy: { ja: '「〜してください」「〜が必要です」のように言い換えてください。', en: 'Say 〜してください or 〜が必要です instead.' } } : undefined),
  },
  {
    name: 'easy-politeness',
    why: { ja: '敬語や受け身は、日本語の教科書の終わりのほうで習います。', en: 'Honorifics and passives come late in a textbook.' },
    test: (sentence) => (hardPoliteness.test(sentence) ? {
      what: { ja: `敬語・受け身・使役があります: 「${sentence.slice(0, 25)}」`, en: `It has an honorific, passive or causative: “${sentence.slice(0, 25)}”` },
      remedy: { ja: '「〜します」「〜してください」のように、短い形にしてください。', en: 'Use the plain 〜します or 〜してください.' } } : undefined),
  },
  {
    name: 'easy-katakana',
    why: { ja: 'カタカナ語は、外国の方にも通じないことがあります。', en: 'Loan words are often not understood by foreigners either.' },
    test(sentence, { easyWords }) {
      const beyond = katakanaBeyond(sentence, easyWords);
      return beyond.length === 0 ? undefined : {
        what: { ja: `表にないカタカナ語があります: ${beyond.join('、')}`, en: `Katakana words not on the list: ${beyond.join(', ')}` },
        remedy: { ja: '言い換えるか、words/easy-words.yaml の katakana に加えてください。', en: 'Say it otherwise, or add it to katakana in words/easy-words.yaml.' } };
    },
  },
  {
    name: 'easy-reading-missing',
    why: { ja: 'ふりがなは、確かめた読みだけを付けます。機械に推測させません。', en: 'Furigana come from reviewed readings only; nothing is guessed.' },
    test(sentence, { easyWords }) {
      const unread = withoutReading(sentence, easyWords);
      return unread.length === 0 ? undefined : {
        what: { ja: `読みが登録されていない漢字があります: ${[...new Set(unread)].join('')}(「${sentence.slice(0, 20)}」)`, en: `Kanji without a reviewed reading: ${[...new Set(unread)].join('')}` },
        remedy: { ja: 'words/easy-words.yaml の readings に、ことばと読みを加えてください。', en: 'Add the word and its reading to readings in words/easy-words.yaml.' } };
    },
  },
];

/** A text in easy Japanese and where it stands. */
interface EasyText {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  /** Titles and labels need no ending. */
  readonly isLabel: boolean;
}

const inEntry = (entry: Entry): EasyText[] =>
  [{ text: entry.title, line: lineOf(entry, 'title'), isLabel: true }, ...sentences(entry).map((sentence) => ({ ...sentence, isLabel: false }))]
    .map((text) => ({ file: entry.file, ...text }));

const phraseFile = 'words/phrases.ja-easy.yaml';
/** What the assistant itself says, line by line: what stands before the first colon is the name of the sentence, and not shown. */
const inPhrases = ({ texts }: CheckInput): EasyText[] => (texts.get(phraseFile) ?? '').split(/\r\n|\n|\r/).flatMap((line, index) =>
  splitSentences(line.replace(/^(#.*|\w+:\s*(\|-)?)/, '').replace(/^\s*"(.*)"\s*$/, '$1').trim(), 'ja-easy').map((text) => ({ file: phraseFile, line: index + 1, text, isLabel: false })));

const easyTexts = (input: CheckInput): EasyText[] => [...input.entries.filter(({ locale }) => locale === 'ja-easy').flatMap(inEntry), ...inPhrases(input)];
const looksAt = ({ texts, easyWords }: CheckInput): string => JSON.stringify([easyWords, [...texts].filter(([file]) => file.includes('.ja-easy.'))]);

/** Rules for やさしい日本語 (guideline of 2020 for written information; LANG-02). */
export const easyRules: readonly Rule[] = easySentenceRules.map(({ name, why, test }): Rule => ({
  name, why, level: name === 'easy-reading-missing' ? 'error' : 'notice', looksAt,
  find: (input) => easyTexts(input).flatMap(({ file, line, text, isLabel }): Spot[] => {
    const found = name === 'easy-ending' && isLabel ? undefined : test(text, input);
    return found === undefined ? [] : [{ file, line, ...found }];
  }),
}));
