import { runsIn, type Run } from './numerals.ts';

/** A message after the privacy guard. */
export interface Guarded {
  /** The text with everything that looks like a number of a person replaced. */
  readonly text: string;
  /** Whether it held what may be an Individual Number, or a piece of one; the resident is told then. */
  readonly found: boolean;
}

export const maskedNumber = '[番号]';
export const maskedContact = '[連絡先]';
/** Digits inside a question that it does not need: the question is answered all the same. */
export const maskedDigits = '[数字]';
const marks = /\[(?:番号|連絡先|数字)\]/g;
/** @returns a guarded text without the marks of what was masked in it, as the search reads it */
export const unmarked = (text: string): string => text.replace(marks, ' ');

/** Digits from which a run may be an Individual Number (12), a driving licence (12), a card (14–19) or an application ID (23). */
const whole = 12;
/** A number in kanji has at least so many signs that are digits and nothing else: 百万、千万、一億 is none. */
const leastSure = 3;
/** 千二百三十四、五百六十七、九百一: zeros before a number are not written in kanji, so that twelve digits may be as few as these, with so many digit signs. */
const wholeInKanji = { digits: 9, sure: 6 } as const;
/** Digits from which a piece inside a question is masked: an account, half an Individual Number. */
const piece = 5;
/** Digits from which a message of nothing but a piece is taken for one, and letters such a message may have around it: 「続きは9018です」. */
const smallest = 4;
const fewLetters = 9;

const [year, month, date] = ['(?:19|20)\\d\\d', '(?:1[0-2]|0?[1-9])', '(?:[12]\\d|3[01]|0?[1-9])'];
const fullDate = `(?:${year}[-/.]${month}[-/.]${date}|${date}[-/.]${date}[-/.]${year})`;
const time = '(?:[01]?\\d|2[0-4]):[0-5]\\d(?::[0-5]\\d)?';
const listOf = (...kinds: string[]): RegExp => new RegExp(`^(?:${kinds.join('|')})(?:(?:[ ,~]+(?:- ?)?|-)(?:${kinds.join('|')}))*$`);
/** Days and times of day, written so that nothing else is meant, and the ways that could also be four digits of a number. */
const daysAndTimes = new RegExp(`^(?:${fullDate}|${time})(?: ?[ ,~] ?(?:- )?(?:${fullDate}|${time}))*$`);
const looseDays = listOf(fullDate, time, year, `${year}[-/.]${month}`, `${year}${month}${date}`.replaceAll('0?', '0'), `${month}[-/.]${date}`, `${month}${date}`.replaceAll('0?', '0'), `\\d{1,2}[-/.]${month}[-/.]${date}`);
const telephone = /^0\d(?:[- ]{0,2}\d){8,9}$/;
const abroad = /^81(?:[- ]{0,2}\d){9,10}$/;
const postalCode = /^\d{3}-\d{4}$/;
const postalBefore = /(?:〒|郵便番号は?)\s?$/u;
const amount = /^(?:\d{1,3}(?:,\d{3})+|[1-9]\d?00|[1-9]\d{0,3}0{3,})$/;
/** What follows a number that counts something, if that has fewer digits than `mostCounted`. */
const mostCounted = 8;
const counted = /^\s?(?:[円年月日人件歳才時分秒枚回名種個週%％]|[かヶ]月|ページ|パーセント|yen|jpy|years?|months?|days?|people|[kmg]b)/iu;
const moneyBefore = /[¥￥$]\s?$/;
const secretBefore = /(?:暗証番号|パスワード|パスコード|口座(?:番号)?|記号|\bpin|passcode|password|account)[^\d\n]{0,6}$/iu;

const mail = /[\wＡ-Ｚａ-ｚ０-９.．+-]{1,64}[@＠][\wＡ-Ｚａ-ｚ０-９-]{1,63}(?:[.．][\wＡ-Ｚａ-ｚ０-９-]{1,63}){1,5}/gu;
/** Digits in words, one after the other. */
const spelled = new RegExp([
  '(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)[\\s,.、-]{1,4}){11}(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)',
  '(?:(?:ゼロ|ぜろ|れい|まる|いち|に|さん|よん|し|ご|ろく|しち|なな|はち|きゅう|く|イチ|ニ|サン|ヨン|シ|ゴ|ロク|シチ|ナナ|ハチ|キュウ|ク|レイ|マル)[\\s、,・ー-]{0,4}){12,}',
].join('|'), 'giu');

type Kind = 'number' | 'contact' | 'piece' | 'loose' | 'plain';

/** What a run of digits is, seen with the text around it. A number of 12 digits or more is never let through for what stands around it, except for full dates and times. */
function kindOf({ plain, digits, inKanji, sure, from, to }: Run, text: string): Kind {
  if (abroad.test(plain) && /[+＋]\s?$/u.test(text.slice(Math.max(0, from - 2), from))) return 'contact';
  if (digits >= whole && sure >= leastSure) return daysAndTimes.test(plain) ? 'plain' : 'number';
  if (inKanji && digits >= wholeInKanji.digits && sure >= wholeInKanji.sure) return 'number';
  if (telephone.test(plain)) return 'contact';
  if (sure < leastSure) return 'plain';
  const before = text.slice(Math.max(0, from - 20), from);
  if (secretBefore.test(before) && sure >= smallest && !counted.test(text.slice(to, to + 8))) return 'piece';
  if (looseDays.test(plain) || amount.test(plain) || moneyBefore.test(before) || (postalCode.test(plain) && postalBefore.test(before))) return 'plain';
  if (sure < mostCounted && counted.test(text.slice(to, to + 8))) return 'plain';
  return sure >= piece && /\d{3}/.test(plain) && !postalCode.test(plain) ? 'piece' : 'loose';
}

/**
 * Masks what must not be kept. Linear in the length of the text; whether a check digit fits plays no part.
 *
 * - **A whole number**: 12 digits or more in any script, width, spacing or line break, in kanji, in circles or in words; also in pieces with words between them.
 * - **A number split over several messages**: no digit is kept to wait for the rest of it, not even in memory. Instead each piece is masked by itself: a message of
 *   little more than 4 to 11 digits, and 5 to 11 digits inside a question, unless they are plainly a date, a time, an amount, a count or a postal code. Of twelve digits
 *   in two or three messages one message has four at least, so that the number is not kept whole; and since nothing is remembered, this holds on every channel, in every
 *   process, and before LINE's inbox is written. What is left: three messages each of which reads like a year or a day, as 2067, 0317 and 0710; one number in ten thousand is such.
 * - **Telephone numbers and e-mail addresses**, without a word about it. An office's number is masked like any other: a question is as well understood without it.
 */
export function guard(text: string): Guarded {
  const readable = text.replace(spelled, maskedNumber).replace(mail, maskedContact);
  const runs = runsIn(readable).map((run) => ({ ...run, kind: kindOf(run, readable) }));
  const open = runs.filter(({ kind }) => kind === 'piece' || kind === 'loose');
  const digits = open.reduce((sum, { sure }) => sum + sure, 0);
  const around = [0, ...runs.map(({ to }) => to)].map((from, index) => readable.slice(from, runs[index]?.from)).join('');
  const isPiece = digits >= smallest && (unmarked(around).match(/\p{L}/gu)?.length ?? 0) <= fewLetters;
  const isTold = digits >= whole || isPiece;
  let masked = '';
  let at = 0;
  for (const { kind, from, to } of runs) {
    const mark = kind === 'number' || (isTold && (kind === 'piece' || kind === 'loose')) ? maskedNumber
      : kind === 'contact' ? maskedContact : kind === 'piece' ? maskedDigits : undefined;
    if (mark === undefined) continue;
    masked += readable.slice(at, from) + mark;
    at = to;
  }
  masked += readable.slice(at);
  return { text: masked, found: masked.includes(maskedNumber) };
}
