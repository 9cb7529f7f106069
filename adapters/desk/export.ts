import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { frontMatter, readEntry } from '../../knowledge/entry.ts';
import { readFiles } from '../../knowledge/files.ts';
import { phrasesBeside } from '../../knowledge/prepare.ts';
import { expectation } from '../../knowledge/yaml.ts';
import { readLanguage, readWords, sayIn, settings, UsageError, type Command } from './command.ts';
import { bodyOf } from './entry-text.ts';
import { confirmed } from './prompt.ts';
import { cellOf, columns, type Column } from './sheet/columns.ts';
import { csvOf, guarded } from './sheet/csv.ts';
import { xlsxOf } from './sheet/xlsx.ts';
import { textOf, writeWhole } from './write-all.ts';

/** Excel holds at most so many signs and line breaks in a cell; what is longer goes on in the next column. */
const longest = 32_000;
const mostLines = 250;

/** Lines in as many cells as they need. */
function split(text: string): string[] {
  const cells: string[] = [];
  let cell: string[] = [];
  for (const line of text.split('\n')) {
    if (cell.length >= mostLines || [...cell, line].join('\n').length > longest) {
      cells.push(cell.join('\n'));
      cell = [];
    }
    cell.push(line);
  }
  return [...cells, cell.join('\n')];
}

interface Grid {
  readonly head: readonly string[];
  readonly kinds: readonly (Column['kind'] | 'key')[];
  readonly widths: readonly number[];
  readonly rows: readonly (readonly string[])[];
  /** Files that cannot be read. */
  readonly unread: readonly string[];
}

const localeOrder = ['ja', 'en', 'ja-easy'];

/** Every entry in every language as rows of text. */
async function gridOf(folder: string): Promise<Grid> {
  const { texts, findings } = await readFiles(folder);
  const read = await Promise.all([...texts.keys()].filter((file) => file.endsWith('.md')).map(async (file) => {
    const text = (await textOf(join(folder, file)))!;
    const more = phrasesBeside(texts.get(file.replace(/\.md$/, '.phrases.txt')));
    const { entry } = readEntry(file, text);
    return { file, entry, cells: entry && columns.map(({ name, kind }) => { const cell = cellOf(name, entry, bodyOf(text), more); return kind === 'lines' ? split(cell) : [cell]; }) };
  }));
  const good = read.flatMap(({ entry, cells }) => (entry === undefined ? [] : [{ entry, cells: cells! }]))
    .sort((a, b) => (a.entry.id < b.entry.id ? -1 : a.entry.id > b.entry.id ? 1 : localeOrder.indexOf(a.entry.locale) - localeOrder.indexOf(b.entry.locale)));
  const parts = columns.map((_, at) => Math.max(1, ...good.map(({ cells }) => cells[at]!.length)));
  const wide = columns.flatMap((column, at) => Array.from({ length: parts[at]! }, (_, part) => ({ ...column, at, part })));
  return {
    head: ['id', 'lang', ...wide.map(({ name, part }) => (part === 0 ? name : `${name} ${part + 1}`))],
    kinds: ['key', 'key', ...wide.map(({ kind }) => kind)], widths: [34, 8, ...wide.map(({ width }) => width)],
    rows: good.map(({ entry, cells }) => [entry.id, entry.locale, ...wide.map(({ at, part }) => cells[at]![part] ?? '')]),
    unread: [...read.filter(({ entry }) => entry === undefined).map(({ file }) => file), ...findings.map(({ file }) => file)],
  };
}

/** A second sheet that says what belongs into each column. */
const help = (): string[][] => [
  ['column', 'label', 'what', 'in English'],
  ['id', '回答の名前', 'faq フォルダーの中の名前。新しい名前を書くと、新しい回答になります。', 'The name below the folder faq; a new one makes a new entry.'],
  ['lang', '言語', 'ja、en、ja-easy のどれか。', 'ja, en or ja-easy.'],
  ...columns.map(({ name, label }) => {
    const expects = name === 'body' ? { ja: '回答の文。段落、「1. 」「- 」、**太字**、[文字](https://…) だけを使います。', en: 'The answer, in the small Markdown.' }
      : name === 'phrases' ? { ja: '住民の方の聞き方。1行に1つ(セルの中の改行は Alt+Enter)。入りきらない分は「phrases 2」に続きます。', en: 'How residents ask, one a line; the rest stands in “phrases 2”.' }
        : expectation(frontMatter, [name])!;
    return [name, label, expects.ja, expects.en];
  }),
  ['#…', '', '見出しを「#」で始めた列は読み込みません。メモに使えます。', 'A column whose header begins with “#” is not read; use it for notes.'],
];

/** Writes all entries into a spreadsheet. */
export const exportEntries: Command = {
  usage: 'FILE.xlsx|FILE.csv [--yes] [--lang ja|en]',
  about: { ja: 'すべての回答を1つの表に書き出します。1行が1つの回答の1つの言語です。直したら import で読み込みます。', en: 'Writes all entries into one spreadsheet, a row an entry and language. Edit it and read it back with import.' },
  examples: [
    { words: 'answers.xlsx', about: { ja: 'Excelの表に書き出します', en: 'writes an Excel workbook' } },
    { words: 'answers.csv', about: { ja: 'CSV(UTF-8)に書き出します', en: 'writes CSV in UTF-8' } },
  ],
  exits: { ja: '0 書き出した、1 読み取れないファイルを除いて書き出したか、書かないと答えた、2 実行できなかった', en: '0 written, 1 written without files that cannot be read, or the answer was no; 2 could not run' },
  async run(words) {
    const { values, positionals: [file] } = readWords(words, { yes: { type: 'boolean', default: false }, lang: { type: 'string' } }, 1);
    const say = sayIn(readLanguage(values.lang));
    if (file === undefined || !/\.(xlsx|csv)$/i.test(file)) throw new UsageError({ ja: '書き出すファイルの名前を1つ、.xlsx か .csv で終わるように書いてください。', en: 'Name one file that ends in .xlsx or .csv.' });
    if (!values.yes && existsSync(file) && !await confirmed(say(`${file} はもうあります。書き換えますか?`, `${file} is there already. Write over it?`), say)) {
      console.log(say('何も書いていません。', 'Nothing was written.'));
      return 1;
    }
    const { head, kinds, widths, rows, unread } = await gridOf(settings().folder);
    await writeWhole(file, /\.csv$/i.test(file)
      ? csvOf([head, ...rows.map((row) => row.map((cell, at) => (kinds[at] === 'day' ? cell : guarded(cell))))])
      : await xlsxOf([{ name: '回答', rows: [head, ...rows], widths }, { name: '書き方', rows: help(), widths: [14, 16, 60, 60] }]));
    console.log(say(`${file} に${rows.length}行(回答${new Set(rows.map(([id]) => id)).size}件)を書き出しました。`, `${rows.length} rows (${new Set(rows.map(([id]) => id)).size} entries) are in ${file}.`));
    if (unread.length === 0) return 0;
    console.log(say(`読み取れないファイルは入っていません: ${unread.join('、')}。check で直し方が分かります。`, `Not in it, since they cannot be read: ${unread.join(', ')}. See check.`));
    return 1;
  },
};
