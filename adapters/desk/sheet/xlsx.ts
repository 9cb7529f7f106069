import readExcelFile from 'read-excel-file/node';
import writeExcelFile from 'write-excel-file/node';
import { UsageError } from '../command.ts';
import type { Sheet } from './cells.ts';

const asCode = (sign: string): string => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
/** In the format, `_x0041_` stands for a sign; where a text itself says so, it has to be written out. So is a text the library would take for a member of its own tables, such as `valueOf`. */
const escaped = (text: string): string => (text in {} ? asCode(text) + text.slice(1) : text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_'));

/** The bytes of a workbook. Every cell is text, so that nothing becomes a date, a number or a formula. */
export function xlsxOf(sheets: readonly (Sheet & { widths: readonly number[] })[]): Promise<Buffer> {
  return writeExcelFile(sheets.map(({ name, rows, widths }) => ({
    sheet: name,
    data: rows.map((row, at) => row.map((cell) => ({
      value: escaped(String(cell ?? '')), type: String, format: '@', wrap: true, alignVertical: 'top' as const, ...(at === 0 ? { fontWeight: 'bold' as const, backgroundColor: '#e8eef7' } : { height: 60 }),
    }))),
    columns: widths.map((width) => ({ width })), stickyRowsCount: 1,
  }))).toBuffer();
}

/** @throws UsageError when it is no workbook */
export async function readXlsx(bytes: Buffer): Promise<Sheet[]> {
  const sheets = await readExcelFile(bytes, { trim: false }).catch((error: unknown) => {
    throw new UsageError({
      ja: `Excelのファイル(.xlsx)として読めません。Excelで開き、「Excel ブック(*.xlsx)」で保存し直してください(${error instanceof Error ? error.message : String(error)})。`,
      en: `This cannot be read as an Excel workbook. Open it in Excel and save it as .xlsx (${error instanceof Error ? error.message : String(error)}).`,
    });
  });
  return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data as unknown as Sheet['rows'] }));
}
