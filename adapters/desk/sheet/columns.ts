import { isDay } from '../../../knowledge/days.ts';
import type { Entry, frontMatter } from '../../../knowledge/entry.ts';
import type { Say } from '../command.ts';
import { clean, type Cell } from './cells.ts';

/** How a column's cells are read and written. */
type Kind = 'text' | 'day' | 'list' | 'flag' | 'lines' | 'body';

export interface Column {
  readonly name: Field | 'body';
  /** What it is called in Japanese; a header may be either. */
  readonly label: string;
  readonly kind: Kind;
  readonly width: number;
}
export type Field = keyof typeof frontMatter.shape;

const fields = {
  title: { label: '題名', kind: 'text', width: 30 }, phrases: { label: '聞き方', kind: 'lines', width: 50 }, department: { label: '担当', kind: 'text', width: 12 },
  source: { label: 'もとのページ', kind: 'text', width: 30 }, facts: { label: '事実番号', kind: 'list', width: 16 }, checked: { label: '確かめた日', kind: 'day', width: 12 },
  review: { label: '見直す日', kind: 'day', width: 12 }, from: { label: '公開を始める日', kind: 'day', width: 12 }, until: { label: '公開を終える日', kind: 'day', width: 12 },
  confirm: { label: '窓口で確認', kind: 'flag', width: 10 }, related: { label: '関連', kind: 'list', width: 24 }, guide: { label: '案内', kind: 'text', width: 10 }, draft: { label: '下書き', kind: 'flag', width: 10 },
} as const satisfies Record<Field, Omit<Column, 'name'>>;

/** The columns of an entry, in their order in a file: its fields, and the answer. */
export const columns: readonly Column[] = [...Object.entries(fields).map(([name, column]) => ({ name: name as Field, ...column })), { name: 'body', label: '回答', kind: 'body', width: 80 }];

/** Lines without spaces around them, and without empty ones. */
const asLines = (text: string): string => clean(text).split('\n').map((line) => line.trim()).filter((line) => line !== '').join('\n');

/** What an entry has in a column, as the text of a cell. `more` are the phrases kept beside it. */
export function cellOf(name: Column['name'], entry: Entry, body: string, more: readonly string[]): string {
  if (name === 'body') return clean(body).replace(/\n+$/, '');
  if (name === 'phrases') return asLines([...entry.phrases, ...more].join('\n'));
  const value = entry[name];
  return clean(Array.isArray(value) ? value.join(', ') : value === undefined || value === false ? '' : String(value));
}

const yes = ['true', '1', 'yes', 'はい', '○', '〇', '◯'];
const no = ['', 'false', '0', 'no', 'いいえ', '×'];
/** The day Excel counts from. */
const dayZero = Date.UTC(1899, 11, 30);
const millisecondsADay = 86_400_000;

function dayOf(cell: Cell): string | undefined {
  const date = cell instanceof Date ? cell : typeof cell === 'number' && Number.isInteger(cell) ? new Date(dayZero + cell * millisecondsADay) : undefined;
  if (date !== undefined) return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 10);
  const text = String(cell ?? '').normalize('NFKC').trim();
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? [];
  const read = year === undefined ? text : `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  return read === '' || isDay(read) ? read : undefined;
}

type Understood = { readonly text: string } | { readonly wrong: (say: Say) => string };
const wrong = (ja: string, en: string): Understood => ({ wrong: (say) => say(ja, en) });

/** A cell as the text it stands for, in the form `cellOf` gives it. */
export function understand(kind: Kind, cell: Cell): Understood {
  if (kind === 'day') {
    const day = dayOf(cell);
    return day === undefined ? wrong(`日付として読み取れません: 「${String(cell)}」。2027-03-31 のように書いてください。`, `“${String(cell)}” is no date. Write it like 2027-03-31.`) : { text: day };
  }
  if (cell instanceof Date) return wrong('日付に変わっています。セルの書式を「文字列」にして、文を書き直してください。', 'It has become a date. Set the cell’s format to Text and write the text again.');
  const text = clean(String(cell ?? ''));
  if (kind === 'flag') {
    const folded = text.normalize('NFKC').trim().toLowerCase();
    return yes.includes(folded) ? { text: 'true' } : no.includes(folded) ? { text: '' } : wrong(`「${text}」は読み取れません。true と書くか、空にしてください。`, `“${text}” cannot be read. Write true, or leave it empty.`);
  }
  if (kind === 'body') return { text: text.replace(/\n+$/, '') };
  if (kind === 'lines') return { text: asLines(text) };
  if (kind === 'list') return { text: text.split(/[,、，\s]+/).filter((one) => one !== '').join(', ') };
  return text.trim().includes('\n') ? wrong('改行があります。1行で書いてください。', 'It has a line break. Write it on one line.') : { text: text.trim() };
}
