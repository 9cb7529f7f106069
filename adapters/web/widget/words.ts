/** Languages the widget speaks. */
export type Lang = 'ja' | 'en' | 'ja-easy';
export const langs: readonly Lang[] = ['ja', 'en', 'ja-easy'];
/** The language of a text for screen readers; easy Japanese is Japanese. */
export const tagOf = (locale: string | undefined): string => (locale === 'en' ? 'en' : 'ja');
/** The widget's own words, one set a language; the server puts them in front of the script. */
export type Words = Readonly<Record<
  'title' | 'open' | 'close' | 'input' | 'send' | 'log' | 'you' | 'assistant' | 'typing' | 'offline' | 'too_long' | 'choices' | 'vote' | 'faq' | 'again'
  | 'busy' | 'settings' | 'languages' | 'size' | 'size_normal' | 'size_large' | 'size_huge' | 'furigana' | 'tools' | 'copy' | 'copied' | 'print' | 'share', string>>;

declare const madoguchiWords: Readonly<Record<Lang, Words>>;
export const wordsIn = (lang: Lang): Words => madoguchiWords[lang];
