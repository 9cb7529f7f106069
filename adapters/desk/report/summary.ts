import type { AskedQuestion } from '../../../bot/store/store.ts';
import { bare } from '../../../knowledge/search/fold.ts';
import { sayIn, type Say } from '../command.ts';
import { votesIn } from '../due.ts';
import { fewest } from '../known.ts';
import { cut, widest } from '../layout.ts';
import { count, type Counts } from './tally.ts';
import { namesIn } from './words.ts';

const shown = 10;

/** What residents asked, in lines of text: how it went, what was read most, and what could not be answered. */
export function summary(questions: readonly AskedQuestion[], say: Say = sayIn('ja'), titles: ReadonlyMap<string, string> = new Map()): string[] {
  const names = namesIn(say);
  const asked = questions.filter(({ kind }) => kind === 'asked');
  const rows = (counts: Counts): string[] => counts.map(([name, times]) => `  ${String(times).padStart(6)}  ${cut(name, widest - 10)}`);
  const entries = (counts: Counts): string[] => rows(counts.slice(0, shown).map(([id, times]) => [titles.has(id) ? `${titles.get(id)} (${id})` : id, times]));
  const chosen = questions.filter(({ kind }) => kind === 'chosen');
  const votes = [...votesIn(questions)];
  const total = (kind: 'useful' | 'useless'): number => votes.reduce((sum, [, vote]) => sum + vote[kind], 0);
  const askers = (some: readonly AskedQuestion[]): number => new Set(some.map(({ asker }) => asker)).size;
  const useless: Counts = votes.filter(([, vote]) => vote.useless > 0).map(([entry, vote]) => [entry, vote.useless] as const).sort(([, a], [, b]) => b - a);
  const unanswered = asked.filter(({ outcome }) => outcome === 'none');
  const spellings = count(unanswered.map(({ text }) => bare(text))).map(([key, times]) => {
    const some = unanswered.filter(({ text }) => bare(text) === key);
    return { text: some[0]!.text, times, askers: askers(some) };
  });
  const rare = spellings.filter((one) => one.askers < fewest).reduce((sum, { times }) => sum + times, 0);
  return [
    say(`質問 ${asked.length}件、のべ${askers(questions)}人、選択 ${chosen.length}件`, `${asked.length} questions, by ${askers(questions)} people a day added up, ${chosen.length} choices`),
    say(`役に立った ${total('useful')}件、役に立たなかった ${total('useless')}件`, `useful ${total('useful')}, useless ${total('useless')}`),
    '', say('結果', 'Outcome'), ...rows(count(asked.map(({ outcome }) => names.outcome(outcome)))),
    '', say('窓口とことば', 'Channel and language'), ...rows(count(asked.map(({ channel, locale }) => `${names.channel(channel)} ${names.locale(locale)}`))),
    '', say('よく読まれた回答', 'Read most'),
    ...entries(count([...asked, ...chosen].filter((one) => one.outcome !== 'none' && one.entries.length === 1).map((one) => one.entries[0]!))),
    '', say('役に立たなかった回答', 'Found useless'), ...entries(useless),
    '', say('見つからなかった質問', 'Not found'), ...rows(spellings.filter((one) => one.askers >= fewest).slice(0, shown).map(({ text, times }) => [text, times])),
    ...(rare === 0 ? [] : [`  ${String(rare).padStart(6)}  ${say(`(${fewest}人未満の質問。ことばは出しません)`, `(asked by fewer than ${fewest}; not shown)`)}`]),
  ];
}
