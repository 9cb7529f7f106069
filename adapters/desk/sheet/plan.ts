import { readEntry, type Entry } from '../../../knowledge/entry.ts';
import { phrasesBeside } from '../../../knowledge/prepare.ts';
import { fieldText } from '../../../knowledge/yaml.ts';
import { isSame, phraseFile, type ColumnChange } from '../entry-changes.ts';
import { bodyOf, withBody, withField, withPhrases } from '../entry-text.ts';
import type { FileChange } from '../write-all.ts';
import { address, clean, type Problem } from './cells.ts';
import { cellOf, columns, type Column } from './columns.ts';
import type { ReadRows, Row } from './rows.ts';

/** What a spreadsheet changes in an entry. */
export interface EntryChange {
  readonly file: string;
  readonly row: Row;
  readonly isNew: boolean;
  readonly columns: readonly ColumnChange[];
}

export interface Plan {
  readonly changes: readonly EntryChange[];
  readonly files: readonly FileChange[];
  readonly problems: readonly Problem[];
  /** Rows that say what the files say. */
  readonly same: number;
  /** Entry files that no row is about. */
  readonly untouched: number;
}

/** Files of a knowledge folder by name, as they are on the disk. */
type Texts = ReadonlyMap<string, string>;

/** With more phrases than these, an entry keeps them in a file beside it. */
const mostInside = 40;

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** Signs that Unicode has twice and Shift_JIS once: which of them a text had is lost on the way. */
const twins: Readonly<Record<string, string>> = { '〜': '～', '−': '－', '‖': '∥', '—': '―', '¢': '￠', '£': '￡', '¬': '￢' };
const from = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, at) => first + at);
let held: ReadonlySet<string> | undefined;
/** Every sign Shift_JIS has: what its bytes stand for. */
const inShiftJis = (): ReadonlySet<string> => (held ??= new Set(new TextDecoder('shift_jis').decode(Uint8Array.from(
  [...from(0x09, 0x7e), ...from(0xa1, 0xdf), ...[...from(0x81, 0x9f), ...from(0xe0, 0xfc)].flatMap((lead) => [...from(0x40, 0x7e), ...from(0x80, 0xfc)].flatMap((trail) => [lead, trail]))]))));
/** A text as Excel writes it in Shift_JIS: a sign that is not there becomes “?”. */
const likeShiftJis = (text: string): string => text.replace(/[〜−‖—¢£¬]/g, (sign) => twins[sign]!).replace(/[^\t-~]/g, (sign) => (inShiftJis().has(sign) ? sign : '?'));
const withoutAccents = (text: string): string => text.normalize('NFD').replace(/(?<=\p{Script=Latin})\p{M}/gu, '').normalize('NFC');

/** A text from Shift_JIS, with those lines as they were that only lost signs on the way, or their accents. */
function asWritten(text: string, before: string): string {
  const known = new Map(before.split('\n').flatMap((line) => [[likeShiftJis(withoutAccents(line)), line], [likeShiftJis(line), line]] as const));
  return text.split('\n').map((line) => known.get(likeShiftJis(line)) ?? line).join('\n');
}

/** A field as its file writes it; undefined for one that is left out. */
function fieldOf({ name, kind }: Column, cell: string): string | undefined {
  if (cell === '') return undefined;
  if (kind === 'lines') return fieldText(name, linesOf(cell), 'lines');
  return fieldText(name, kind === 'list' ? cell.split(', ') : kind === 'flag' ? true : cell);
}

/** Where the phrases go: those that are there stay where they are, new ones stand with the many or, where there are few, with the fields. */
function placePhrases(after: string, inside: readonly string[], beside: string | undefined): { fields: string; file: string | undefined } {
  const wanted = linesOf(after);
  const besideLines = new Set(linesOf(clean(beside ?? '')).map((line) => line.trim()));
  const kept = inside.filter((phrase) => wanted.includes(phrase));
  const added = [...new Set(wanted)].filter((phrase) => !kept.includes(phrase) && !besideLines.has(phrase));
  const goesBeside = beside !== undefined || kept.length + added.length > mostInside;
  return { fields: [...kept, ...(goesBeside ? [] : added)].join('\n'), file: withPhrases(beside, (phrase) => wanted.includes(phrase), goesBeside ? added : []) };
}

const emptyEntry = '---\n---\n';

/** The files of one row, and what it changes in them. */
function planRow(row: Row, entry: Entry | undefined, texts: Texts, isShiftJis: boolean): { change: EntryChange; files: FileChange[] } {
  const file = `faq/${row.id}.${row.locale}.md`;
  const old = texts.get(file);
  const beside = texts.get(phraseFile(file));
  const more = phrasesBeside(beside);
  const changed = columns.flatMap((column) => {
    const { name } = column;
    const cell = row.cells.get(name);
    const before = entry === undefined ? '' : cellOf(name, entry, bodyOf(old!), more);
    const after = cell === undefined ? before : isShiftJis ? asWritten(cell, before) : cell;
    return isSame(name, before, after) ? [] : [{ column, name, before, after }];
  });
  let text = old ?? emptyEntry;
  let besideAfter = beside;
  for (const { column, after } of changed) {
    if (column.kind === 'body') text = withBody(text, after);
    else if (column.kind === 'lines') {
      const placed = placePhrases(after, entry?.phrases ?? [], beside);
      besideAfter = placed.file;
      if (placed.fields !== (entry?.phrases ?? []).join('\n')) text = withField(text, column.name, fieldOf(column, placed.fields));
    } else text = withField(text, column.name, fieldOf(column, after));
  }
  const files = [{ file, before: old, after: text }, { file: phraseFile(file), before: beside, after: besideAfter }].filter(({ before, after }) => before !== after);
  return { files: changed.length === 0 ? [] : files, change: { file, row, isNew: entry === undefined, columns: changed } };
}

/** What a spreadsheet would change in the files of a knowledge folder; nothing where it cannot be understood. */
export function planImport({ rows, problems, isShiftJis }: ReadRows, texts: Texts): Plan {
  const read = new Map([...texts].filter(([file]) => file.endsWith('.md')).map(([file, text]) => [file, readEntry(file, text).entry]));
  const broken = rows.filter(({ id, locale }) => { const file = `faq/${id}.${locale}.md`; return read.has(file) && read.get(file) === undefined; });
  const planned = rows.filter((row) => !broken.includes(row)).map((row) => planRow(row, read.get(`faq/${row.id}.${row.locale}.md`), texts, isShiftJis));
  const changed = planned.filter(({ change }) => change.columns.length > 0);
  return {
    problems: [...problems, ...broken.map(({ id, locale, line }): Problem => ({ at: address(line - 1, 0), what: (say) => say(`faq/${id}.${locale}.md は、いまのファイルが読み取れません。check で直してから読み込んでください。`, `faq/${id}.${locale}.md cannot be read as it is now. Mend it with check first.`) }))],
    changes: changed.map(({ change }) => change), files: changed.flatMap(({ files }) => files),
    same: planned.length - changed.length, untouched: read.size - rows.filter(({ id, locale }) => read.has(`faq/${id}.${locale}.md`)).length,
  };
}
