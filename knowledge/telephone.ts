// Runs in browsers too: nothing newer than six years here.

const number = /\b(0\d{1,4}-\d{1,4}-\d{2,4})\b/;

/** Splits a text at the telephone numbers of Japan in it: every second piece is a number. */
export const splitAtNumbers = (text: string): string[] => text.split(number);

/** The address that calls a number where it is tapped. */
export const callAddress = (tel: string): string => `tel:${tel.replace(/-/g, '')}`;
