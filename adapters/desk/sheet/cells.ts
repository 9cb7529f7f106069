import type { Say } from '../command.ts';

/** What a cell of a spreadsheet may hold; null where it is empty. */
export type Cell = string | number | boolean | Date | null;

export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
  /** Read from Shift_JIS, in which some signs have another twin. */
  readonly isShiftJis?: boolean;
}

/** The address of a cell, counted from 0: `C14`. */
export function address(row: number, column: number): string {
  let letters = '';
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1) letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return `${letters}${row + 1}`;
}

/** Something a spreadsheet says that cannot be understood, and where. */
export interface Problem {
  readonly at: string;
  readonly what: (say: Say) => string;
}

/** A text as a spreadsheet can hold it: one form of line ends, and no signs that XML does not know. */
export const clean = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').toWellFormed();
