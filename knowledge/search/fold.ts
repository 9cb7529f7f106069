/** Long-vowel marks as people type them: every dash between or after kana becomes ー. */
const dashAfterKana = /(?<=[ぁ-ゖァ-ヺー])[-‐‑‒–—―−─━ｰ~〜]/gu;
const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]/gu;
const quotes = /[‘’ʼ′]/gu;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * One spelling for what is the same to a reader: half and full width, upper and lower case, dashes for ー, apostrophes, white space.
 * Stored text and questions are folded alike.
 */
export function fold(text: string): string {
  return text.replace(loneSurrogate, ' ').normalize('NFKC').replace(unseen, '').replace(quotes, "'").toLowerCase().replace(dashAfterKana, 'ー').replace(/\s+/gu, ' ').trim();
}

/** Katakana for hiragana, so that kana compare by sound. */
export const toKatakana = (text: string): string =>
  text.replace(/[ぁ-ゖ]/gu, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));

const sentenceEnds = /[\s。、．，.,!?！？「」『』()（）[\]…・'"“”]+/gu;
/** Text without punctuation and spaces, for comparing short answers and command words. */
export const bare = (text: string): string => fold(text).replace(sentenceEnds, '');
