import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AskedQuestion } from '../../bot/store/store.ts';
import { addDays } from '../../knowledge/days.ts';
import { readFiles } from '../../knowledge/files.ts';
import { FindingsError } from '../../knowledge/finding.ts';
import { assemble } from '../../knowledge/library.ts';
import { openMaker } from '../../knowledge/make.ts';
import { questionsFile } from '../../knowledge/questions.ts';
import { openDictionary } from '../../knowledge/search/kuromoji.ts';
import { makeCut, type Terms } from '../../knowledge/search/terms.ts';
import { languageOf, readAll } from '../../knowledge/prepare.ts';
import { readLanguage, readWholeNumber, readWords, sayIn, settings, UsageError, type Command, type DeskLanguage, type Say } from './command.ts';
import { whatIsDue } from './due.ts';
import { loggedQuestions } from './known.ts';
import { widest, wrap } from './layout.ts';
import { whileSaying } from './progress.ts';
import { readQuestions } from './questions.ts';
import { draftsOf, type Draft } from './report/draft.ts';
import { reportPage, type Report } from './report/page.ts';
import { qualityOf } from './report/quality.ts';
import { summary } from './report/summary.ts';
import { tally, within, type Period } from './report/tally.ts';
import { sortUnanswered } from './report/unanswered.ts';
import { writeWhole } from './write-all.ts';

/** How often a word is used is told by so many of the phrases: one in so many. */
const onePhraseIn = 4;

/** Counts, groups, drafts and judges everything the page says. @throws FindingsError when the knowledge cannot be used */
export async function makeReport(log: readonly AskedQuestion[], period: Period, folder: string, language: DeskLanguage): Promise<Report> {
  const today = period.until;
  const dictionary = openDictionary();
  const { prepared, learned, tables } = await openMaker(() => dictionary)(folder);
  const library = assemble(prepared, learned, dictionary, tables);
  const cut = makeCut(dictionary, prepared.terms, prepared.concepts, tables);
  const background = library.entries.flatMap(({ title, phrases, locale }): Terms[] => [title, ...phrases.filter((_, at) => at % onePhraseIn === 0)].map((text) => cut(text, languageOf(locale))));
  const unanswered = sortUnanswered(log, library, today, background);
  const questions = join(folder, questionsFile);
  return {
    language, library, today, tally: tally(log, period), unanswered,
    drafts: draftsOf(unanswered.groups, { library, today, cut, say: sayIn(language) }),
    due: whatIsDue(prepared.entries, [], prepared.municipality, today),
    quality: qualityOf(library, existsSync(questions) ? await readQuestions(questions) : [], today),
  };
}

/** The titles of entries by id; none while the files cannot be read. */
async function titlesIn(folder: string, language: DeskLanguage): Promise<ReadonlyMap<string, string>> {
  try {
    return new Map(readAll(await readFiles(folder)).prepared.entries.filter(({ locale }) => locale === language).map(({ id, title }) => [id, title]));
  } catch (error) {
    if (error instanceof FindingsError) return new Map();
    throw error;
  }
}

/** Writes drafts into a folder, a file that is there already stays as it is. @returns a line for each */
async function writeDrafts(drafts: readonly Draft[], folder: string, say: Say): Promise<string[]> {
  const lines: string[] = [];
  for (const { file, text } of drafts) {
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    lines.push(await writeFile(path, text, { flag: 'wx' }).then(() => say(`作りました: ${path}`, `made: ${path}`), (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return say(`もうあるので、そのままにしました: ${path}`, `is there already and stays: ${path}`);
      throw error;
    }));
  }
  return lines.length === 0 ? [say('下書きにするほど多くの人が聞いた質問は、ありませんでした。', 'Nothing that was not found was asked by enough people for a draft.')] : lines;
}

/** The address of a database, as it is or as a file's name. @throws UsageError when the file is not there */
function databaseOf(from: string): string {
  if (/^postgres(ql)?:\/\//.test(from)) return from;
  const file = from.replace(/^file:/, '');
  if (!existsSync(file)) throw new UsageError({ ja: `記録のファイルがありません: ${file}`, en: `There is no such file: ${file}` });
  return `file:${file}`;
}

/** Shows staff what residents asked. */
export const report: Command = {
  usage: '[--days 30] [--out report.html] [--drafts FOLDER] [--from DB] [--lang ja|en]',
  about: {
    ja: '住民の方が聞いたことと、答えられなかったことをまとめます。--out は、図と表のある1つのページを書きます。--drafts は、答えられなかった質問のまとまりごとに、新しい回答の下書きを書きます(もうあるファイルには触れません)。--from は、別の記録(SQLiteのファイルか postgres://…)を読みます。聞いたのが3人未満なら、ことばを出しません。',
    en: 'Sums up what residents asked, and what could not be answered. --out writes one page with plots and tables. --drafts writes a draft of a new entry for each group of questions without an answer, and never touches a file that is there. --from reads another log, a SQLite file or postgres://…. What fewer than three people asked is not shown.',
  },
  examples: [
    { words: '', about: { ja: 'この30日間を、画面に', en: 'the last 30 days, on the screen' } },
    { words: '--out report.html --days 90', about: { ja: 'この90日間を、1つのページに', en: 'the last 90 days, as a page' } },
    { words: '--drafts knowledge', about: { ja: '下書きを knowledge フォルダーに(公開されません)', en: 'drafts into the knowledge folder, where they are not served' } },
  ],
  async run(words) {
    const { values } = readWords(words, { days: { type: 'string', default: '30' }, out: { type: 'string' }, drafts: { type: 'string' }, from: { type: 'string' }, lang: { type: 'string' } });
    const language = readLanguage(values.lang);
    const say = sayIn(language);
    const days = readWholeNumber('--days', values.days);
    const { folder, database, today, timeZone } = settings();
    const period: Period = { from: addDays(today, 1 - days), until: today, timeZone };
    // A day begins up to 14 hours before it does in UTC.
    const logged = await loggedQuestions(values.from === undefined ? database : databaseOf(values.from), new Date(`${addDays(period.from, -1)}T00:00:00Z`));
    const log = within(logged, period);
    if (values.out === undefined && values.drafts === undefined && log.length === 0) {
      // An address of PostgreSQL may hold a password.
      const from = (values.from ?? database).replace(/^postgres.*/, 'PostgreSQL').replace(/^file:/, '');
      console.log(wrap(say(`この${days}日間に、質問の記録はありません(見た場所: ${from})。`, `No question was logged in the last ${days} days (looked at: ${from}).`), widest).join('\n'));
      return 0;
    }
    if (values.out === undefined && values.drafts === undefined) {
      console.log([say(`この${days}日間`, `The last ${days} days`), '', ...summary(log, say, await titlesIn(folder, language))].join('\n'));
      return 0;
    }
    const made = await whileSaying(say('まとめています…', 'summing up…'), () => makeReport(log, period, folder, language));
    if (values.out !== undefined) {
      await writeWhole(values.out, reportPage(made));
      console.log(say(`書きました: ${values.out}`, `written: ${values.out}`));
    }
    if (values.drafts !== undefined) console.log((await writeDrafts(made.drafts, values.drafts, say)).join('\n'));
    return 0;
  },
};
