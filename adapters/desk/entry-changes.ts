import { readEntry } from '../../knowledge/entry.ts';
import { phrasesBeside } from '../../knowledge/prepare.ts';
import type { Say } from './command.ts';
import { bodyOf } from './entry-text.ts';
import { cut, hang, styled, widest } from './layout.ts';
import { cellOf, columns, type Column } from './sheet/columns.ts';

/** What an entry is made of in one language: its file, and the phrases beside it. */
export interface EntryFiles {
  readonly text: string | undefined;
  readonly beside: string | undefined;
}

/** A field, the phrases or the answer, before and after. */
export interface ColumnChange {
  readonly name: Column['name'];
  readonly before: string;
  readonly after: string;
}

/** Where an entry's file has more phrases. */
export const phraseFile = (file: string): string => file.replace(/\.md$/, '.phrases.txt');

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** Reordered phrases are the same phrases. */
export const isSame = (name: Column['name'], before: string, after: string): boolean =>
  before === after || (name === 'phrases' && [...new Set(linesOf(before))].sort().join('\n') === [...new Set(linesOf(after))].sort().join('\n'));

/** What an entry has in every column; nothing where it is not there, undefined where its file cannot be read. */
function cellsOf(file: string, { text, beside }: EntryFiles): ReadonlyMap<Column['name'], string> | undefined {
  if (text === undefined) return new Map();
  const { entry } = readEntry(file, text);
  return entry && new Map(columns.map(({ name }) => [name, cellOf(name, entry, bodyOf(text), phrasesBeside(beside))]));
}

/** What differs between two states of an entry; undefined where one of them cannot be read. */
export function changesBetween(file: string, before: EntryFiles, after: EntryFiles): ColumnChange[] | undefined {
  const [then, now] = [cellsOf(file, before), cellsOf(file, after)];
  if (then === undefined || now === undefined) return undefined;
  return columns.map(({ name }) => ({ name, before: then.get(name) ?? '', after: now.get(name) ?? '' })).filter((change) => !isSame(change.name, change.before, change.after));
}

/** Lines that went and lines that came. */
export function lineChanges(before: string, after: string): { removed: string[]; added: string[] } {
  const without = (text: string, other: string): string[] => {
    const left = other.split('\n');
    return text.split('\n').filter((line) => { const at = left.indexOf(line); if (at >= 0) left.splice(at, 1); return at < 0 && line.trim() !== ''; });
  };
  return { removed: without(before, after), added: without(after, before) };
}

/** Lines shown of what changes in a field. */
const mostLines = 12;

/** A change in words: both values on a line, or the lines that went and came. */
export function changeLines({ name, before, after }: ColumnChange, say: Say): string[] {
  const none = say('(なし)', '(none)');
  if (!`${before}${after}`.includes('\n') && name !== 'body') return [hang(`  ${name}: `, `${before || none} → ${after || none}`)];
  const { removed, added } = lineChanges(before, after);
  const lines = [...removed.map((line) => styled('red', `    - ${cut(line, widest - 6)}`)), ...added.map((line) => styled('green', `    + ${cut(line, widest - 6)}`))];
  const rest = lines.length - mostLines;
  return [`  ${name}:`, ...lines.slice(0, mostLines), ...(rest > 0 ? [say(`    ほかに${rest}行`, `    ${rest} lines more`)] : [])];
}
