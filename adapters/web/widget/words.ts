/** Languages the widget speaks. */
export type Lang = 'ja' | 'en' | 'ja-easy';
/** The widget's own words, one set a language; the server puts them in front of the script. */
export type Words = Readonly<Record<
  'title' | 'open' | 'close' | 'input' | 'send' | 'log' | 'you' | 'assistant' | 'typing' | 'offline' | 'too_long' | 'choices' | 'vote' | 'faq' | 'again', string>>;

declare const madoguchiWords: Readonly<Record<Lang, Words>>;
export const wordsIn = (lang: Lang): Words => madoguchiWords[lang];
