/** The languages an answer can be given in. `ja-easy` is やさしい日本語 and falls back to `ja`. */
export const locales = ['ja', 'en', 'ja-easy'] as const;
export type Locale = (typeof locales)[number];

/** A short text in every language; the compiler asks for Japanese and English. */
export interface Said {
  readonly ja: string;
  readonly en: string;
  readonly 'ja-easy'?: string | undefined;
}

export const isLocale = (value: unknown): value is Locale => locales.includes(value as Locale);

/** @returns the text in `locale`, Japanese where there is no easier one. */
export const inLocale = (said: Said, locale: Locale): string => said[locale] ?? said.ja;
