import { isLocale, type Locale } from '../../../knowledge/locales.ts';
import { address, type Cell, type Problem, type Sheet } from './cells.ts';
import { columns, understand, type Column } from './columns.ts';

/** An entry as a spreadsheet has it. */
export interface Row {
  readonly id: string;
  readonly locale: Locale;
  /** Counted from 1, as the spreadsheet shows it. */
  readonly line: number;
  /** The text of each column the spreadsheet has. */
  readonly cells: ReadonlyMap<Column['name'], string>;
}

export interface ReadRows {
  readonly rows: readonly Row[];
  readonly problems: readonly Problem[];
  /** Sheets nothing was read from. */
  readonly unread: readonly string[];
  readonly isShiftJis: boolean;
}

/** Columns that say whose row it is. */
const keys = [{ name: 'id', label: '回答の名前' }, { name: 'lang', label: '言語' }] as const;
export const keyNames: readonly string[] = keys.map(({ name }) => name);
type Header = { readonly name: (typeof keys)[number]['name'] | Column['name']; readonly at: number; readonly part: number };

const fold = (cell: Cell): string => String(cell ?? '').normalize('NFKC').trim().toLowerCase();
const named = [...keys, ...columns];

/** The column a header names, in English or Japanese; `phrases 2` is what did not fit into `phrases`. */
function headerOf(cell: Cell, at: number): Header | undefined {
  const [, name, part] = /^(.*?)\s*(\d*)$/.exec(fold(cell).replace(/\(.*\)$/, '')) ?? [];
  const column = named.find((one) => one.name === name || one.label === name);
  return column && { name: column.name, at, part: Number(part ?? 0) };
}

/** Columns that are only looked at begin with “#”. */
const isNote = (cell: Cell): boolean => fold(cell).startsWith('#');
const problem = (at: string, ja: string, en: string): Problem => ({ at, what: (say) => say(ja, en) });

/** The row of a sheet that names its columns. */
const headRowOf = ({ rows }: Sheet): number => rows.findIndex((row) => {
  const names = row.map((cell, at) => headerOf(cell, at)?.name);
  return keyNames.every((key) => names.some((name) => name === key));
});

function readHeaders(head: readonly Cell[], rows: Sheet['rows'], line: number): { headers: Header[]; problems: Problem[] } {
  const headers = head.flatMap((cell, at) => headerOf(cell, at) ?? []);
  const known = named.map(({ name }) => name).join(', ');
  const width = Math.max(...rows.slice(line).map((row) => row.length));
  const problems = Array.from({ length: width }, (_, at) => at).flatMap((at): Problem[] => {
    const cell = head[at] ?? null;
    if (headers.some((header) => header.at === at) || isNote(cell)) return [];
    if (fold(cell) !== '') {
      return [problem(address(line, at), `「${String(cell)}」という列は分かりません。使える見出しは ${known} です。読み込まない列は、見出しを「#」で始めてください。`,
        `There is no column “${String(cell)}”. The columns are ${known}; begin the header of a column that is not to be read with “#”.`)];
    }
    const filled = rows.findIndex((row, index) => index > line && fold(row[at] ?? null) !== '');
    return filled < 0 ? [] : [problem(address(filled, at), '見出しのない列に文字があります。見出しを書くか、消してください。', 'There is text in a column without a header. Write a header, or remove it.')];
  });
  const seen = new Map<string, number>();
  for (const { name, part, at } of headers) {
    const first = seen.get(`${name} ${part}`);
    if (first !== undefined) problems.push(problem(address(line, at), `「${name}」の列が2つあります(${address(line, first)} にも)。`, `There are two columns “${name}”, the other at ${address(line, first)}.`));
    seen.set(`${name} ${part}`, at);
  }
  return { headers, problems };
}

/** Reads the one sheet whose header names `id` and `lang`, wherever it and its columns stand. */
export function readRows(sheets: readonly Sheet[]): ReadRows {
  const found = sheets.filter((sheet) => headRowOf(sheet) >= 0);
  const sheet = found[0];
  const unread = sheets.filter((one) => one !== sheet).map(({ name }) => name);
  const nothing = { rows: [], unread, isShiftJis: false };
  if (sheet === undefined) return { ...nothing, problems: [problem('A1', '見出し(id と lang)のある行が見つかりません。export で書き出した表を使ってください。', 'No row names the columns id and lang. Begin with a file made by export.')] };
  if (found.length > 1) return { ...nothing, problems: [problem('A1', `回答の表が${found.length}枚あります(${found.map(({ name }) => name).join('、')})。1枚にしてください。`, `${found.length} sheets hold entries (${found.map(({ name }) => name).join(', ')}). Keep one.`)] };
  const line = headRowOf(sheet);
  const { headers, problems } = readHeaders(sheet.rows[line]!, sheet.rows, line);
  const lines = new Map<string, number>();
  const rows = sheet.rows.flatMap((cells, at): Row[] => {
    if (at <= line || cells.every((cell) => fold(cell) === '')) return [];
    const of = (name: string): Header => headers.find((header) => header.name === name)!;
    const [id, lang] = [fold(cells[of('id').at] ?? null), fold(cells[of('lang').at] ?? null)];
    const wrong = (name: string, ja: string, en: string): [] => {
      problems.push(problem(address(at, of(name).at), ja, en));
      return [];
    };
    if (!/^[a-z0-9-]+\/[a-z0-9-]+$/.test(id)) return wrong('id', `回答の名前が読み取れません: 「${id}」。moving/other-ward のように書いてください。`, `“${id}” is no name of an entry. Write it like moving/other-ward.`);
    if (!isLocale(lang)) return wrong('lang', `言語が読み取れません: 「${lang}」。ja、en、ja-easy のどれかを書いてください。`, `“${lang}” is no language. Write ja, en or ja-easy.`);
    const first = lines.get(`${id} ${lang}`);
    if (first !== undefined) return wrong('id', `${id} の ${lang} が2行あります(${first + 1}行目にも)。`, `${id} in ${lang} is there twice, also in row ${first + 1}.`);
    lines.set(`${id} ${lang}`, at);
    const texts = new Map<Column['name'], string>();
    for (const { name, kind } of columns) {
      const parts = headers.filter((header) => header.name === name).sort((a, b) => a.part - b.part);
      const read = parts.map((part) => ({ part, understood: understand(kind, cells[part.at] ?? null) }));
      for (const { part, understood } of read) if ('wrong' in understood) problems.push({ at: address(at, part.at), what: understood.wrong });
      if (parts.length > 0) texts.set(name, read.map(({ understood }) => ('text' in understood ? understood.text : '')).filter((text) => text !== '').join('\n'));
    }
    return [{ id, locale: lang, line: at + 1, cells: texts }];
  });
  return { rows, problems, unread, isShiftJis: sheet.isShiftJis === true };
}
