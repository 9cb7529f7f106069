import { readLanguage, readWords, sayIn, settings, UsageError, type Command, type Say } from './command.ts';
import { changeLines, lineChanges, type ColumnChange } from './entry-changes.ts';
import { hang, styled } from './layout.ts';
import { columns } from './sheet/columns.ts';
import { entryId, recordedChanges, stateIn, stateNow, stepsBetween, type Step } from './versions.ts';

const most = 20;

/** A change of a field in one sentence. */
function inShort({ name, before, after }: ColumnChange, say: Say): string {
  const label = say(columns.find((column) => column.name === name)!.label, name);
  const { removed, added } = lineChanges(before, after);
  if (name === 'phrases') {
    const parts = [added.length > 0 ? say(`${added.length}個足した`, `${added.length} added`) : '', removed.length > 0 ? say(`${removed.length}個消した`, `${removed.length} removed`) : ''];
    return `${label}: ${parts.filter((part) => part !== '').join(say('、', ', '))}`;
  }
  if (name === 'body') return say(`${label}: 直した(${removed.length}行消して${added.length}行足した)`, `${label}: ${removed.length} lines removed, ${added.length} added`);
  return `${label}: ${before || say('(なし)', '(none)')} → ${after || say('(なし)', '(none)')}`;
}

/** What happened to an entry in one language. */
export function stepWords({ file, kind, changes }: Step, say: Say, isFull: boolean): string[] {
  const head = { added: say('作った', 'added'), removed: say('消した', 'removed'), changed: '' }[kind];
  if (kind !== 'changed') return [`  ${file}: ${head}`];
  if (changes === undefined) return [`  ${file}: ${say('変わった(読み取れないファイル)', 'changed (a file that cannot be read)')}`];
  if (changes.length === 0) return [`  ${file}: ${say('並べ方や書き方だけ', 'only its form')}`];
  return [`  ${file}`, ...changes.flatMap((change) => (isFull ? changeLines(change, say).map((line) => `  ${line}`) : [hang('    ', inShort(change, say))]))];
}

/** Shows who changed an entry, when and how. */
export const history: Command = {
  usage: 'TOPIC/NAME [--full] [--all] [--lang ja|en]',
  about: {
    ja: `回答を、だれが、いつ、どう変えたかを、git の記録から表示します。新しいものから${most}回分で、--all ですべてです。--full は、変わった文も表示します。`,
    en: `Shows who changed an entry, when and how, as git has it. It shows the last ${most} times, or all with --all; --full shows the lines that changed.`,
  },
  examples: [
    { words: 'moving/other-ward', about: { ja: 'この回答の記録', en: 'the history of this entry' } },
    { words: 'moving/other-ward --full', about: { ja: '変わった文も', en: 'with the lines that changed' } },
  ],
  exits: { ja: '0 表示した、2 実行できなかった', en: '0 shown, 2 could not run' },
  async run(words) {
    const { values, positionals: [name] } = readWords(words, { full: { type: 'boolean', default: false }, all: { type: 'boolean', default: false }, lang: { type: 'string' } }, 1);
    const say = sayIn(readLanguage(values.lang));
    const id = entryId(name);
    const { folder, timeZone } = settings();
    const recorded = await recordedChanges(folder, id, values.all ? 100_000 : most, timeZone);
    const now = await stateNow(folder, id);
    if (recorded.length === 0 && [...now.values()].every((text) => text === undefined)) throw new UsageError({ ja: `「${id}」という回答は、今も前もありません。`, en: `There is no entry “${id}”, and never was.` });
    const blocks: string[] = [];
    const unrecorded = stepsBetween(id, await stateIn(folder, id, recorded.length === 0 ? undefined : 'HEAD'), now);
    if (unrecorded.length > 0) blocks.push([styled('bold', say('まだ記録していない変更', 'not recorded yet')), ...unrecorded.flatMap((step) => stepWords(step, say, values.full))].join('\n'));
    for (const { commit, parent, day, who, subject } of recorded) {
      const steps = stepsBetween(id, await stateIn(folder, id, parent), await stateIn(folder, id, commit));
      blocks.push([`${styled('bold', `${day}  ${who}`)}  (${commit.slice(0, 8)})`, hang('  ', subject), ...steps.flatMap((step) => stepWords(step, say, values.full))].join('\n'));
    }
    console.log(blocks.join('\n\n'));
    return 0;
  },
};
