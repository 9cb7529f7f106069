import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { UsageError } from '../command.ts';
import type { Sheet } from './cells.ts';

/** What Excel makes a formula, a number or a date of when it opens a CSV file; an apostrophe before it keeps it a text. */
const spoilt = /^'*(?:[=+\-@\t＝＋－＠]|[\d０-９][\d０-９./:\-年月日時分,%eE+ ]*$)/;
export const guarded = (text: string): string => (spoilt.test(text) ? `'${text}` : text);
export const unguarded = (text: string): string => (text.startsWith("'") && spoilt.test(text) ? text.slice(1) : text);

/** Rows as Excel opens them: UTF-8 with its mark, line ends of Windows. */
export const csvOf = (rows: readonly (readonly string[])[]): string => stringify(rows.map((row) => [...row]), { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ });

function decode(bytes: Buffer): { text: string; isShiftJis: boolean } {
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), isShiftJis: encoding === 'shift_jis' };
    } catch {
      // The other one, then.
    }
  }
  throw new UsageError({ ja: '文字コードがUTF-8でもShift_JISでもありません。「CSV UTF-8」で保存し直してください。', en: 'This is neither UTF-8 nor Shift_JIS. Save it again as “CSV UTF-8”.' });
}

/** @throws UsageError when it cannot be read, naming the line */
export function readCsv(bytes: Buffer): Sheet {
  const { text, isShiftJis } = decode(bytes);
  try {
    const rows = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: false });
    return { name: 'CSV', rows: rows.map((row) => row.map(unguarded)), isShiftJis };
  } catch (error) {
    const line = (error as { lines?: number }).lines;
    throw new UsageError({ ja: `CSVの${line ?? '?'}行目が読み取れません。「"」が閉じているかを確かめてください。`, en: `Line ${line ?? '?'} of the CSV file cannot be read. See whether its quotes are closed.` });
  }
}
