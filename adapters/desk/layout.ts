import { styleText } from 'node:util';
import stringWidth from 'string-width';
import { inWords, type Finding } from '../../knowledge/finding.ts';
import type { DeskLanguage } from './command.ts';

/** Columns everything printed fits into, half as many Japanese characters: 80, or what a narrower terminal has. */
export const widest = Math.max(40, Math.min(80, process.stdout.columns ?? 80));

const graphemes = new Intl.Segmenter('ja');
/** Signs that must not begin a line. */
const notFirst = /^[、。,.!?！？」』)）\]］・ー:;]/u;
/** Signs that must not end one. */
const notLast = /^[「『((\[［“]$/u;

/** Fills a text up with spaces to a width in columns, on its right or, for numbers, on its left. */
export function pad(text: string, width: number, side: 'left' | 'right' = 'right'): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return side === 'right' ? text + space : space + text;
}

/** Cuts a text to a width in columns; what was cut shows as “…”. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (stringWidth(kept + segment) > width - 2) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Words and spaces stay whole in Latin script; everything else may break after any character. */
const pieces = (text: string): string[] => text.match(/[\p{Script=Latin}\p{N}/:.@_'’“”\-#=&?%]+[,.;:!?]?|\s+|./gu) ?? [];

/** Breaks a text into lines of at most `width` columns; its own line breaks stay. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line: string[] = [];
    for (const piece of pieces(paragraph)) {
      if (line.length > 0 && stringWidth(line.join('') + piece.trimEnd()) > width) {
        // A sign that must not begin a line takes what is before it along, and one that must not end a line goes too.
        const taken: string[] = [];
        while (line.length > 1 && (notFirst.test(taken[0] ?? piece) || notLast.test(line.at(-1)!))) taken.unshift(line.pop()!);
        lines.push(line.join('').trimEnd());
        line = taken[0]?.trim() === '' ? taken.slice(1) : taken;
      }
      if (line.length > 0 || lines.length === 0 || piece.trim() !== '') line.push(piece);
    }
    return [...lines, line.join('').trimEnd()];
  });
}

/** A text after a label, its further lines below the text's beginning. */
export function hang(label: string, text: string, width = widest): string {
  const indent = stringWidth(label);
  return wrap(text, width - indent).map((line, index) => (index === 0 ? label : ' '.repeat(indent)) + line).join('\n');
}

export interface Column {
  readonly head: string;
  /** Numbers stand on the right. */
  readonly side?: 'left' | 'right';
}

/** A table that fits the width: every column as wide as it needs, and the last one cut. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], width = widest): string[] {
  const gap = 2;
  const widths = columns.map(({ head }, at) => Math.max(...[head, ...rows.map((row) => row[at]!)].map((text) => stringWidth(text))));
  const others = widths.slice(0, -1).reduce((sum, one) => sum + one + gap, 0);
  widths[widths.length - 1] = Math.max(8, Math.min(widths.at(-1)!, width - others));
  const line = (cells: readonly string[]): string =>
    cells.map((text, at) => pad(cut(text, widths[at]!), widths[at]!, columns[at]!.side === 'right' ? 'left' : 'right')).join(' '.repeat(gap)).trimEnd();
  return [styled('bold', line(columns.map(({ head }) => head))), ...rows.map(line)];
}

/** A title in the quotation marks of its language. */
export const quoted = (title: string, language: DeskLanguage): string => (language === 'ja' ? `「${title}」` : `“${title}”`);

/** A finding as the desk shows it: its place in the colour of how grave it is, what is wrong and what to do in lines that fit. */
export function findingLines(finding: Finding, language: DeskLanguage, width = widest): string {
  const [where = ''] = inWords(finding, language).split('\n', 1);
  return [styled(finding.level === 'error' ? 'red' : 'yellow', where), hang('  ', finding.what[language], width), hang('  → ', `${finding.remedy[language]}  [${finding.rule}]`, width)].join('\n');
}

/** Colour and weight, where the output is a terminal and NO_COLOR is not set. */
export const styled = (style: 'bold' | 'red' | 'green' | 'yellow' | 'dim', text: string): string => styleText(style, text, { stream: process.stdout });
