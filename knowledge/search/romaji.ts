import { toHiragana, toRomaji } from 'wanakana';

/** Words that make a sentence in Latin letters Japanese; none of them is English. */
const telling = new Set(('desu masu masen mashita masenka masuka desuka deshita deshou shitai tai kudasai onegai shimasu shimasuka suru shita shite doko itsu nani nan ikura dou dousureba doushitara dare naze '
  + 'wa o ga wo no to kara made demo kedo node ni de mo ka ne yo dake nai arimasu arimasuka kaado watashi boku kore sore ano kono sono toka').split(' '));
/** English words that could be read as kana. */
const english = new Set(('a i o e u to no me so go he we be do are use one have here were more some same home time take made make name note site date done gone come came give move moved wife kids mine fine line life like '
  + 'nine five hi ok yes no on in an man men ten pen pin tax one son sun fun run ran can gun need keep see seen been mean near dear year hear ear area idea data media radio photo video menu japan age ago money many any uni '
  + 'none sure rude hope hate hire fire wire wide side hide ride rise nose rose use uses wake woke sake poke joke bike hike mode code zone tone bone phone tomato potato banana hotel visa minute machine engine online').split(' '));

const particles: Readonly<Record<string, string>> = { wa: 'は', o: 'を', e: 'へ' };
const macrons: Readonly<Record<string, string>> = { ā: 'aa', ī: 'ii', ū: 'uu', ē: 'ee', ō: 'ou' };

/** No word is longer; what is, is noise, and costs wanakana much time. */
const longestWord = 30;

const toKana = (word: string): string =>
  word.length > longestWord ? word : particles[word] ?? toHiragana(word.replace(/[āīūēō]/gu, (vowel) => macrons[vowel]!).replace(/aa/g, 'a-').replace(/ee/g, 'e-'));
const isKana = (text: string): boolean => !/[a-z]/.test(text);

/** Shortest word that alone may be taken for romaji, and shortest of those that are surely Japanese. */
const longEnough = 6;
const tellingEnough = 4;
const verbEnd = /(?:mas(?:u|en|hita)|desu|deshita|shita|shitai|kudasai|nakute|itai|reta|shimatta|shite|chatta)$/;

/**
 * Reads Japanese in Latin letters: “hikkoshi shita, doko de” → ひっこし した、どこ で.
 * @param text folded
 * @returns the text in kana, words that are none left alone; undefined when the text is not Japanese in Latin letters
 */
export function fromRomaji(text: string): string | undefined {
  if (/[\u3040-\u30ff\u3400-\u9fff]/u.test(text)) return undefined;
  const words = text.match(/[a-zāīūēō-]+/gu) ?? [];
  const readable = words.filter((word) => isKana(toKana(word)) && !english.has(word));
  const sentence = words.filter((word) => (telling.has(word) && !english.has(word)) || verbEnd.test(word)).length >= 2 && readable.length >= words.length * 0.4;
  const alone = words.every((word) => isKana(toKana(word))) && readable.some((word) => word.length >= (telling.has(word) ? tellingEnough : longEnough));
  return sentence || alone ? text.replace(/[a-zāīūēō-]+/gu, (word) => (isKana(toKana(word)) && (!english.has(word) || telling.has(word)) ? toKana(word) : word)) : undefined;
}

/** Kana in Latin letters, such as a file may be named by. */
export const inLatin = (kana: string): string => toRomaji(kana).toLowerCase();
