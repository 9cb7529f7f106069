import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildHere } from '../../knowledge/builder.ts';
import type { Library } from '../../knowledge/library.ts';
import { municipalityFile } from '../../knowledge/municipality.ts';
import { questionsFile, type Question } from '../../knowledge/questions.ts';
import { openDictionary } from '../../knowledge/search/kuromoji.ts';
import { readLanguage, readWords, sayIn, settings, UsageError, type Command, type DeskLanguage } from './command.ts';
import { askBoth, compare, isHeldLoss, rewritten, type Change, type Given } from './compare.ts';
import { prefixIn, withCommit } from './git.ts';
import { fewest, knownQuestions, loggedQuestions } from './known.ts';
import { hang, quoted, styled, wrap, widest } from './layout.ts';
import { whileSaying, withProgress } from './progress.ts';
import { readQuestions } from './questions.ts';

/** Lists longer than this are cut, unless everything is asked for. */
const most = 30;

const questionsOf = async (folder: string, file: string | undefined): Promise<Question[]> => {
  const path = file ?? join(folder, questionsFile);
  return file === undefined && !existsSync(path) ? [] : readQuestions(path);
};

/** Lets `work` look at the knowledge to compare with: a folder, or a version of this one in git. */
const withOther = <Result>(folder: string, against: string, work: (other: string) => Promise<Result>): Promise<Result> =>
  (existsSync(join(against, municipalityFile)) ? work(against) : withCommit(folder, against, work));

function givenWords({ kind, entries }: Given, library: Library, today: string, language: DeskLanguage): string {
  const say = sayIn(language);
  const named = entries.map((id) => `${id} ${quoted(library.entry(id, language, today)?.title ?? '', language)}`);
  if (kind === 'none') return say('「見つかりませんでした」', '“I do not know”');
  return kind === 'one' ? named[0]! : say(`選択肢 ${named.join(' / ')}`, `a choice of ${named.join(' / ')}`);
}

const marks = { gain: 'green', loss: 'red', unjudged: 'yellow' } as const;

/** One change as staff read it. */
function changeWords({ known, before, after, turn }: Change, libraries: { before: Library; after: Library }, today: string, language: DeskLanguage): string {
  const say = sayIn(language);
  const { kept, times, turns, isShown } = known;
  const mark = { gain: say('○ よくなる', '○ better'), loss: say('× 悪くなる', '× worse'), unjudged: say('・変わる', '・ other') }[turn];
  const details = [times > 0 ? say(`${times}回`, `asked ${times} times`) : '', kept?.id ?? '', kept?.hold === true ? say('守る質問', 'hold') : ''].filter((one) => one !== '');
  const words = isShown ? turns.map((turn) => quoted(turn, language)).join('→') : say(`(${fewest}人未満の質問。ことばは出しません)`, `(asked by fewer than ${fewest}; not shown)`);
  return [
    hang(`${mark}  `, `${words}${details.length === 0 ? '' : say(`(${details.join('、')})`, ` (${details.join(', ')})`)}`).replace(mark, styled(marks[turn], mark)),
    hang(say('    これまで: ', '    before: '), givenWords(before, libraries.before, today, language)),
    hang(say('    これから: ', '    after:  '), givenWords(after, libraries.after, today, language)),
  ].join('\n');
}

/** Shows which known questions the edited files answer differently. */
export const diff: Command = {
  usage: '[--against GIT_REF|FOLDER] [--questions FILE] [--all] [--json] [--lang ja|en]',
  about: {
    ja: '知っている質問のうち、直したファイルで答えが変わるものを、よく聞かれる順に表示します。比べる相手は、最後に記録した版です。--against で、git のほかの版か、フォルダーにできます。',
    en: 'Shows which known questions the edited files answer differently, the most frequent first. They are compared with what was recorded last, or with another version in git or a folder named with --against.',
  },
  examples: [
    { words: '', about: { ja: '最後に記録した版と比べます', en: 'compares with the last commit' } },
    { words: '--against main', about: { ja: 'main の版と比べます', en: 'compares with main' } },
    { words: '--against ../knowledge-old --all', about: { ja: '別のフォルダーと比べ、すべて表示します', en: 'compares with a folder and lists everything' } },
  ],
  exits: {
    ja: '0 守る質問("hold":true)は悪くならない、1 守る質問が悪くなる、2 実行できなかった',
    en: '0 no question with "hold":true gets worse, 1 one does, 2 could not run',
  },
  async run(words) {
    const { values } = readWords(words, {
      against: { type: 'string', default: 'HEAD' }, questions: { type: 'string' }, all: { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, lang: { type: 'string' },
    });
    const language = readLanguage(values.lang);
    const say = sayIn(language);
    const { folder, database, today } = settings();
    if (!existsSync(join(values.against, municipalityFile))) await prefixIn(folder);
    const known = knownQuestions(await questionsOf(folder, values.questions), await loggedQuestions(database));
    if (known.length === 0) throw new UsageError({ ja: `知っている質問がありません。${questionsFile} に質問を書いてください。`, en: `No question is known. Write some into ${questionsFile}.` });
    const build = buildHere(openDictionary());
    const preparing = say('準備しています…', 'preparing…');
    const after = await whileSaying(preparing, () => build(folder));
    const { before, changes, reworded } = await withOther(folder, values.against, async (other) => {
      const then = await whileSaying(preparing, () => build(other));
      const both = askBoth(withProgress(known, say('質問', 'questions')), then, after, today);
      return { before: then, changes: compare(both), reworded: rewritten(both, then, after, today) };
    });
    const held = changes.filter(isHeldLoss);
    const count = (turn: Change['turn']): number => changes.filter((change) => change.turn === turn).length;
    if (values.json) {
      const rows = changes.map(({ known: { kept, lang, turns, times, isShown }, ...rest }) => ({ id: kept?.id, lang, turns: isShown ? turns : undefined, times, hold: kept?.hold === true, ...rest }));
      console.log(JSON.stringify({ questions: known.length, gains: count('gain'), losses: count('loss'), unjudged: count('unjudged'), held_losses: held.length, changes: rows, reworded }, undefined, 2));
      return held.length > 0 ? 1 : 0;
    }
    const broken = after.findings.filter(({ level }) => level === 'error').length;
    // What must not happen stands first; the rest is in the order of how often it is asked.
    const sorted = [...held, ...changes.filter((change) => !held.includes(change))];
    const shown = values.all ? sorted : sorted.slice(0, Math.max(most, held.length));
    console.log([
      ...shown.map((change) => changeWords(change, { before, after }, today, language)),
      ...(shown.length === sorted.length ? [] : [say(`ほかに${sorted.length - shown.length}問あります。--all ですべて表示します。`, `${sorted.length - shown.length} more; --all lists everything.`)]),
      ...(reworded.length === 0 ? [] : [[say('同じ回答のまま、文が変わるもの:', 'The same entry in other words:'),
        ...reworded.map(({ entry, questions, times }) => hang('  ', `${entry}  ${say(`知っている質問${questions}問、のべ${times}回`, `${questions} known questions, asked ${times} times`)}`))].join('\n')]),
      ...(broken === 0 ? [] : [wrap(say(`直していただきたいところが${broken}件あり、そのファイルは除いて比べました。check で見られます。`, `${broken} to correct: those files were left out. See check.`), widest).join('\n')]),
      wrap(say(
        `${values.against === 'HEAD' ? '最後に記録した版' : `${values.against} `}と比べました。知っている質問${known.length}問のうち、答えが変わるもの${changes.length}問: よくなる${count('gain')}、悪くなる${count('loss')}、どちらとも言えない${count('unjudged')}。${held.length > 0 ? `守る質問が${held.length}問、悪くなります。` : ''}`,
        `Compared with ${values.against === 'HEAD' ? 'what was recorded last' : values.against}. Of ${known.length} known questions ${changes.length} are answered differently: ${count('gain')} better, ${count('loss')} worse, ${count('unjudged')} unjudged.${held.length > 0 ? ` ${held.length} to be held would get worse.` : ''}`,
      ), widest).join('\n'),
    ].join('\n\n'));
    return held.length > 0 ? 1 : 0;
  },
};
