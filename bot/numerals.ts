/** A stretch of a text that may be one number: digits of any script, with few signs between them that are no letters. */
export interface Run {
  /** Where it stands in the text, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  /** The number in ASCII digits, with the signs between them in half width: `2026-10-10`. */
  readonly plain: string;
  /** Digits of the number when kanji numerals such as 千二百 are written out. */
  readonly digits: number;
  /** Whether it has such numerals: zeros before a number are not written in them. */
  readonly inKanji: boolean;
  /** Signs that are digits: 百 counts in `digits` only, and 〇 or O only beside others, since 〇〇市 is a place. */
  readonly sure: number;
}

const kanji: Readonly<Record<string, string>> = Object.fromEntries(Object.entries({
  0: '〇零○◯', 1: '一壱壹弌', 2: '二弐貳貮弍', 3: '三参參叁弎', 4: '四肆', 5: '五伍', 6: '六陸', 7: '七漆柒', 8: '八捌', 9: '九玖',
}).flatMap(([digit, signs]) => [...signs].map((sign) => [sign, digit])));
const units: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1e3, 仟: 1e3, 阡: 1e3, 万: 1e4, 萬: 1e4, 億: 1e8, 兆: 1e12 };
const unsure = /^[〇○◯OolI]$/u;

/** A letter stands for a digit only beside one. */
const digit = `(?:\\p{N}|[${Object.keys(kanji).join('')}]|(?<=\\p{N})[OolI](?!\\p{L})|(?<!\\p{L})[OolI](?=\\p{N}))`;
const unit = `[${Object.keys(units).join('')}]`;
/** What may stand between two digits, in any number up to this many: all that is no letter, the long vowel mark, and の as telephone numbers are read out. */
const most = 16;
const gap = `(?:[^\\p{L}\\p{N}]|[ーｰの])`;
const run = new RegExp(`(?:${digit}|${unit})(?:${gap}{0,${most}}(?:${digit}|${unit}))*\\p{M}*`, 'gu');

/** What a sign stands for in ASCII digits; `9` for digits whose value plays no part. */
function valueOf(sign: string): string {
  if (kanji[sign] !== undefined) return kanji[sign];
  if (/^[OolI]$/.test(sign)) return /[Oo]/.test(sign) ? '0' : '1';
  return [...sign.normalize('NFKC')].map((part) => kanji[part] ?? part).join('').replace(/\D/g, '') || '9';
}

/** 千二百三十四 → 1234, 1万2千 → 12000, 二十五百 → 20 500; digits alone stay as they are. */
function writtenOut(signs: readonly string[]): string {
  if (!signs.some((sign) => sign in units)) return signs.map(valueOf).join('');
  const numbers: number[] = [];
  let [whole, part, digits, last] = [0, 0, '', Infinity];
  const close = (): void => {
    numbers.push(whole + part + Number(digits.slice(0, 15)));
    [whole, part, digits, last] = [0, 0, '', Infinity];
  };
  for (const sign of signs) {
    const size = units[sign];
    if (size === undefined) {
      digits += valueOf(sign);
      continue;
    }
    // Units grow smaller within a number; one that does not, begins another with the digit before it.
    if (size < 1e4 && size >= last) {
      const begun = digits.slice(-1);
      digits = digits.slice(0, -1);
      close();
      digits = begun;
    }
    last = size < 1e4 ? size : Infinity;
    if (size < 1e4) [part, digits] = [part + (digits === '' ? 1 : Number(digits.slice(0, 15))) * size, ''];
    else [whole, part, digits] = [whole + (part + Number(digits.slice(0, 15)) || 1) * size, 0, ''];
  }
  close();
  return numbers.map((value) => BigInt(Math.round(value)).toString()).join('');
}

const narrow = (sign: string): string => {
  const plain = sign.normalize('NFKC');
  if (/^[\p{Pd}−ーｰ]$/u.test(plain)) return '-';
  if (/^[~〜、,]$/u.test(plain)) return plain === ',' ? ',' : plain === '、' ? ' ' : '~';
  return /^[./:]$/.test(plain) ? plain : /^[\p{Cf}\p{M}]$/u.test(plain) ? '' : ' ';
};

/** @returns the runs of digits in a text, in order; linear in its length */
export function runsIn(text: string): Run[] {
  return [...text.matchAll(run)].map(({ 0: found, index }) => {
    let plain = '';
    let sure = 0;
    let circles = 0;
    let together: string[] = [];
    const close = (): void => {
      plain += writtenOut(together);
      together = [];
    };
    for (const sign of found) {
      if (/^\p{N}$/u.test(sign) || sign in kanji || sign in units || unsure.test(sign)) {
        together.push(sign);
        if (unsure.test(sign)) circles += 1;
        else if (!(sign in units)) sure += 1;
      } else {
        close();
        plain += narrow(sign);
      }
    }
    close();
    return { from: index, to: index + found.length, plain: plain.replace(/ +/g, ' '), digits: plain.replace(/\D/g, '').length, inKanji: [...found].some((sign) => sign in units), sure: sure === 0 ? 0 : sure + circles };
  });
}
