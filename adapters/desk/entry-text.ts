import { frontMatter } from '../../knowledge/entry.ts';

/** The fields in the order in which they stand in a file. */
const order = Object.keys(frontMatter.shape);

/** The lines of a file, each with its own line end, where its fields end, and the line end a new line gets. */
function open(text: string): { lines: string[]; close: number; eol: string } {
  const lines = text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? [];
  return { lines, close: lines.findIndex((line, at) => at > 0 && line.trimEnd() === '---' && !/[ \t]/.test(line)), eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** Where a field stands: its line, and those after it that belong to it. */
function rangeOf(lines: readonly string[], close: number, name: string): { from: number; to: number } | undefined {
  const from = lines.findIndex((line, at) => at > 0 && at < close && line.startsWith(`${name}:`));
  return from < 0 ? undefined : { from, to: lines.findIndex((line, at) => at > from && (at >= close || /^[\w#]/.test(line))) };
}

/**
 * An entry file with one field written anew, added or, for undefined, removed; everything else stays as it is, byte for byte.
 * @param field the field as YAML, `title: …`, without a line end
 */
export function withField(text: string, name: string, field: string | undefined): string {
  const { lines, close, eol } = open(text);
  const written = field === undefined ? [] : field.split('\n').map((line) => line + eol);
  const range = rangeOf(lines, close, name);
  if (range !== undefined) return [...lines.slice(0, range.from), ...written, ...lines.slice(range.to)].join('');
  const at = Math.max(1, ...order.slice(0, order.indexOf(name)).map((other) => rangeOf(lines, close, other)?.to ?? 1));
  return [...lines.slice(0, at), ...written, ...lines.slice(at)].join('');
}

/** The answer of an entry file: everything below the fields. */
export function bodyOf(text: string): string {
  const { lines, close } = open(text);
  return lines.slice(close + 1).join('');
}

/** An entry file with another answer; the line ends after it stay. */
export function withBody(text: string, body: string): string {
  const { lines, close, eol } = open(text);
  const [end = ''] = /[\r\n]*$/.exec(bodyOf(text)) ?? [];
  return lines.slice(0, close + 1).join('') + body.replaceAll('\n', eol) + (end === '' ? eol : end);
}

/** A list of phrases, one a line, less some and with others added at its end; undefined when none is left. */
export function withPhrases(text: string | undefined, isKept: (phrase: string) => boolean, added: readonly string[]): string | undefined {
  const { lines, eol } = open(text ?? '');
  const kept = lines.filter((line) => line.trim() === '' || isKept(line.replace(/^\uFEFF/, '').trim()));
  if (kept.length === lines.length && added.length === 0) return text;
  if (kept.every((line) => line.trim() === '') && added.length === 0) return undefined;
  const rest = kept.join('');
  return rest + (rest === '' || /[\r\n]$/.test(rest) ? '' : eol) + added.map((phrase) => phrase + eol).join('');
}
