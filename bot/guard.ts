/** A message after the privacy guard. */
export interface Guarded {
  /** The text with everything that looks like a number of a person replaced. */
  readonly text: string;
  /** Whether it held 12 digits or more, as the Individual Number does; the resident is told then. */
  readonly found: boolean;
}

/** Digits in a row from which a run may be an Individual Number (12), a card (14–16) or an application ID (23). */
const tooMany = 12;
/** Separators allowed between two digits of one run: spaces, line breaks, hyphens, dots. */
const mostSeparators = 4;
export const maskedNumber = '[番号]';
export const maskedContact = '[連絡先]';

const kanjiDigits = new Set('〇零一二三四五六七八九壱弐参');
const separator = /[\s\p{Pd}\p{Zs}ー−‐.,、。・:：/／_|()()「」\u200b-\u200f\u2060\ufeff\u00ad*＊~〜]/u;
const isDigit = (sign: string): boolean => /^[\p{Nd}]$/u.test(sign) || kanjiDigits.has(sign) || /^\d$/.test(sign.normalize('NFKC'));

/** @returns where runs of 12 digits or more begin and end, in code points; one pass over the text */
function longRuns(signs: readonly string[]): [number, number][] {
  const runs: [number, number][] = [];
  let begin = -1;
  let end = -1;
  let count = 0;
  const close = (): void => {
    if (count >= tooMany) runs.push([begin, end]);
    count = 0;
  };
  signs.forEach((sign, at) => {
    if (isDigit(sign)) {
      if (count > 0 && at - end > mostSeparators + 1) close();
      if (count === 0) begin = at;
      end = at;
      count += 1;
    } else if (!separator.test(sign)) close();
  });
  close();
  return runs;
}

const telephone = /(?<![\d０-９])[0０][\d０-９]{1,4}[-ー−‐‑–—(() )）]?[\d０-９]{1,4}[-ー−‐‑–—() )）]?[\d０-９]{3,4}(?![\d０-９])/gu;
const mail = /[\w.+-]{1,64}[@＠][\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/gu;

/**
 * Masks what must not be kept: runs of 12 or more digits in any width, spacing or kanji numerals, telephone numbers, e-mail addresses.
 * Whether a check digit fits plays no part. Linear in the length of the text.
 */
export function guard(text: string): Guarded {
  const signs = [...text];
  const runs = longRuns(signs);
  let masked = '';
  let at = 0;
  for (const [begin, end] of runs) {
    masked += signs.slice(at, begin).join('') + maskedNumber;
    at = end + 1;
  }
  masked += signs.slice(at).join('');
  return { text: masked.replace(telephone, maskedContact).replace(mail, maskedContact), found: runs.length > 0 };
}
