import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readFiles } from '../../knowledge/files.ts';
import type { Finding } from '../../knowledge/finding.ts';
import { readLanguage, readWords, sayIn, settings, UsageError, type Command, type Say } from './command.ts';
import { changeLines, phraseFile } from './entry-changes.ts';
import { findingLines, hang, styled, widest, wrap } from './layout.ts';
import { confirmed } from './prompt.ts';
import type { Sheet } from './sheet/cells.ts';
import { readCsv } from './sheet/csv.ts';
import { planImport, type EntryChange } from './sheet/plan.ts';
import { readRows } from './sheet/rows.ts';
import { readXlsx } from './sheet/xlsx.ts';
import { tryChanges } from './trial.ts';
import { textOf, writeAll } from './write-all.ts';

/** A spreadsheet larger than this, in bytes, is none of ours. */
const largest = 100 * 1024 * 1024;

async function readSheets(file: string): Promise<readonly Sheet[]> {
  const { size } = await stat(file).catch(() => { throw new UsageError({ ja: `ファイルを読めません: ${file}`, en: `This file cannot be read: ${file}` }); });
  if (size > largest) throw new UsageError({ ja: `${file} は大きすぎます。`, en: `${file} is too large.` });
  const bytes = await readFile(file);
  if (/\.xlsx$/i.test(file)) return readXlsx(bytes);
  if (/\.csv$/i.test(file)) return [readCsv(bytes)];
  throw new UsageError({ ja: '.xlsx か .csv のファイルを指定してください。', en: 'Name a file that ends in .xlsx or .csv.' });
}

/** What changes in an entry, field by field. */
function changeWords({ file, row, isNew, columns }: EntryChange, say: Say): string {
  const head = styled('bold', `${isNew ? say('新しい回答', 'new') : say('変わる回答', 'changed')} ${file}`) + say(`(表の${row.line}行目)`, ` (row ${row.line})`);
  return [head, ...columns.flatMap((change) => changeLines(change, say))].join('\n');
}

/** Reads entries from a spreadsheet into the files. */
export const importEntries: Command = {
  usage: 'FILE.xlsx|FILE.csv [--yes] [--lang ja|en]',
  about: {
    ja: '表から回答を読み込みます。何が変わるかを表示し、書く前に調べ、すべて書くか、何も書かないかのどちらかです。表にない回答はそのまま残ります。',
    en: 'Reads entries from a spreadsheet. It shows what changes, checks it before anything is written, and writes all or nothing. Entries that are not in it stay.',
  },
  examples: [
    { words: 'answers.xlsx', about: { ja: '変わるところを見てから、書くかどうかを決めます', en: 'shows what changes and asks' } },
    { words: 'answers.csv --yes', about: { ja: '聞かずに書きます', en: 'writes without asking' } },
  ],
  exits: { ja: '0 読み込んだ(または、変わるところがない)、1 直すところがあるか、書かないと答えた、2 実行できなかった', en: '0 read in, or nothing to change; 1 something to correct, or the answer was no; 2 could not run' },
  async run(words) {
    const { values, positionals: [file] } = readWords(words, { yes: { type: 'boolean', default: false }, lang: { type: 'string' } }, 1);
    const language = readLanguage(values.lang);
    const say = sayIn(language);
    if (file === undefined) throw new UsageError({ ja: '読み込むファイルを1つ指定してください。', en: 'Name one file.' });
    const { folder, today } = settings();
    const read = readRows(await readSheets(file));
    const names = [...(await readFiles(folder)).texts.keys()].filter((name) => name.startsWith('faq/'));
    const texts = new Map(await Promise.all(names.map(async (name) => [name, (await textOf(join(folder, name)))!] as const)));
    const { problems, changes, files, same, untouched } = planImport(read, texts);
    const nothing = say('何も書いていません。', 'Nothing was written.');
    if (problems.length > 0) {
      console.log([...problems.map(({ at, what }) => hang(`${at}  `, what(say))), say(`直していただきたいところが表に${problems.length}件あります。${nothing}`, `${problems.length} to correct in the spreadsheet. ${nothing}`)].join('\n'));
      return 1;
    }
    const unread = read.unread.length === 0 ? '' : say(`読まなかったシート: ${read.unread.join('、')}。`, ` Sheets not read: ${read.unread.join(', ')}.`);
    const sum = wrap(say(
      `変わる回答${changes.length}件、変わらない回答${same}件、表にない回答${untouched}件(そのまま残ります)。${unread}`,
      `${changes.length} change, ${same} stay the same, ${untouched} are not in the spreadsheet and stay.${unread}`,
    ), widest).join('\n');
    console.log([...changes.map((change) => changeWords(change, say)), sum].join('\n\n'));
    if (files.length === 0) {
      console.log(nothing);
      return 0;
    }
    const { errors, notices } = await tryChanges(folder, files, today);
    const rowOf = new Map(changes.flatMap(({ file: name, row }) => [name, phraseFile(name)].map((one) => [one, row.line] as const)));
    const told = (finding: Finding): string => findingLines(finding, language) + (rowOf.has(finding.file) ? `\n    ${say(`(表の${rowOf.get(finding.file)}行目)`, `(row ${rowOf.get(finding.file)} of the spreadsheet)`)}` : '');
    if (errors.length + notices.length > 0) console.log(`\n${[...errors, ...notices].map(told).join('\n\n')}`);
    if (errors.length > 0) {
      console.log(`\n${say(`直していただきたいところが${errors.length}件あります。${nothing}`, `${errors.length} to correct. ${nothing}`)}`);
      return 1;
    }
    if (!values.yes && !await confirmed(`\n${say(`${files.length}個のファイルに書きますか?`, `Write ${files.length} files?`)}`, say)) {
      console.log(nothing);
      return 1;
    }
    await writeAll(folder, files);
    console.log(say(`${files.length}個のファイルに書きました。`, `${files.length} files were written.`));
    return 0;
  },
};
