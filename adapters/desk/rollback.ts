import { readLanguage, readWords, sayIn, settings, UsageError, type Command } from './command.ts';
import { isCommit } from './git.ts';
import { stepWords } from './history.ts';
import { findingLines } from './layout.ts';
import { confirmed } from './prompt.ts';
import { tryChanges } from './trial.ts';
import { entryId, fileChanges, keepNow, recordedChanges, stateIn, stateNow, stepsBetween, type State } from './versions.ts';
import { writeAll } from './write-all.ts';

/** The version to go back to where none is named: the recorded one while something is not recorded yet, else the one before the last change. */
async function versionBefore(folder: string, id: string, now: State, timeZone: string): Promise<string> {
  const [last] = await recordedChanges(folder, id, 1, timeZone);
  if (last === undefined) throw new UsageError({ ja: `「${id}」は、まだ一度も記録されていません。`, en: `“${id}” was never recorded.` });
  if (stepsBetween(id, await stateIn(folder, id, 'HEAD'), now).length > 0) return 'HEAD';
  if (last.parent === undefined) throw new UsageError({ ja: `「${id}」には、前の版がありません。`, en: `There is no version of “${id}” before this one.` });
  return last.parent;
}

/** Puts an entry back as it was. */
export const rollback: Command = {
  usage: 'TOPIC/NAME [--to GIT_REF] [--yes] [--lang ja|en]',
  about: {
    ja: '1つの回答を、すべての言語と聞き方ごと、前の版に戻します。指定しなければ、まだ記録していない変更を、それがなければ最後の変更を取り消します。何が変わるかを表示し、書く前に調べます。',
    en: 'Puts one entry back, all its languages and phrases. What is not recorded goes first, else the last change. It shows what changes, and checks it before anything is written.',
  },
  examples: [
    { words: 'moving/other-ward', about: { ja: '最後の変更を取り消します', en: 'undoes the last change' } },
    { words: 'moving/other-ward --to 3f2a91c8 --yes', about: { ja: 'history で見た版に、聞かずに戻します', en: 'back to a version seen in history, without asking' } },
  ],
  exits: { ja: '0 戻した(または、同じだった)、1 直すところがあるか、戻さないと答えた、2 実行できなかった', en: '0 put back, or it is the same; 1 something to correct, or the answer was no; 2 could not run' },
  async run(words) {
    const { values, positionals: [name] } = readWords(words, { to: { type: 'string' }, yes: { type: 'boolean', default: false }, lang: { type: 'string' } }, 1);
    const language = readLanguage(values.lang);
    const say = sayIn(language);
    const id = entryId(name);
    const { folder, today, timeZone } = settings();
    const now = await stateNow(folder, id);
    if (values.to !== undefined && !await isCommit(folder, values.to)) throw new UsageError({ ja: `git に「${values.to}」という版はありません。`, en: `git knows no “${values.to}”.` });
    const version = values.to ?? await versionBefore(folder, id, now, timeZone);
    const then = await stateIn(folder, id, version);
    if ([...then.values()].every((text) => text === undefined)) throw new UsageError({ ja: `「${version}」の版に「${id}」という回答はありません。取り下げるときは draft: true と書いてください。`, en: `“${version}” has no entry “${id}”. To withdraw it, write draft: true.` });
    const steps = stepsBetween(id, now, then);
    const files = fileChanges(now, then);
    if (files.length === 0) {
      console.log(say('いまのファイルと同じです。何も変えていません。', 'The files are the same. Nothing was changed.'));
      return 0;
    }
    console.log(steps.flatMap((step) => stepWords(step, say, true)).join('\n'));
    const { errors, notices } = await tryChanges(folder, files, today);
    if (errors.length + notices.length > 0) console.log(`\n${[...errors, ...notices].map((finding) => findingLines(finding, language)).join('\n\n')}`);
    const nothing = say('何も変えていません。', 'Nothing was changed.');
    if (errors.length > 0 || (!values.yes && !await confirmed(`\n${say(`${id} を、この形に戻しますか?`, `Put ${id} back like this?`)}`, say))) {
      console.log(errors.length > 0 ? `\n${say(`直していただきたいところが${errors.length}件あります。${nothing}`, `${errors.length} to correct. ${nothing}`)}` : nothing);
      return 1;
    }
    const kept = await keepNow(folder, id);
    await writeAll(folder, files);
    console.log(say(`${files.length}個のファイルを戻しました。これを取り消すには:`, `${files.length} files were put back. To undo this:`) + `\n  npm run knowledge -- rollback ${id} --to ${kept}`);
    return 0;
  },
};
