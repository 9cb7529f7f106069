import type { AskedQuestion } from '../../bot/store/store.ts';
import { openStore } from '../../bot/store/open.ts';
import { bare } from '../../knowledge/search/fold.ts';
import { readWords, settings, UsageError, type Command } from './command.ts';

/** A question is shown in words only when this many people asked it, so that nobody is recognised by it. */
const fewest = 3;
const shown = 10;

const count = <Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item[]][] => {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...groups.get(keyOf(item)) ?? [], item]);
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
};
const askersOf = (questions: readonly AskedQuestion[]): number => new Set(questions.map(({ asker }) => asker)).size;
const outcomes: Readonly<Record<string, string>> = { answered: '回答した', choose: '選択肢を示した', guiding: '案内を始めた', none: '見つからなかった', failed: '答えられなかった' };

/** The last vote of each person on each entry, from questions that are oldest first. */
const votesIn = (questions: readonly AskedQuestion[]): AskedQuestion[] =>
  [...new Map(questions.filter(({ kind }) => kind === 'useful' || kind === 'useless').map((vote) => [`${vote.asker} ${vote.entries[0]}`, vote])).values()];

/** What residents asked, in lines of text: how it went, what was read most, and what could not be answered. */
export function summary(questions: readonly AskedQuestion[]): string[] {
  const asked = questions.filter(({ kind }) => kind === 'asked');
  const rows = (groups: readonly [string, readonly AskedQuestion[]][]): string[] => groups.map(([name, some]) => `  ${String(some.length).padStart(6)}  ${name}`);
  const chosen = questions.filter(({ kind }) => kind === 'chosen');
  const votes = votesIn(questions);
  const useless = votes.filter(({ kind }) => kind === 'useless');
  const read = [...asked, ...chosen].filter(({ outcome, entries }) => outcome !== 'none' && entries.length === 1);
  const unanswered = count(asked.filter(({ outcome }) => outcome === 'none'), ({ text }) => bare(text));
  const often = unanswered.filter(([, some]) => askersOf(some) >= fewest);
  const rare = unanswered.filter(([, some]) => askersOf(some) < fewest).reduce((sum, [, some]) => sum + some.length, 0);
  return [
    `質問 ${asked.length}件、のべ${askersOf(questions)}人、選択 ${chosen.length}件`,
    `役に立った ${votes.length - useless.length}件、役に立たなかった ${useless.length}件`,
    '', '結果', ...rows(count(asked, ({ outcome }) => outcomes[outcome] ?? outcome)),
    '', '窓口とことば', ...rows(count(asked, ({ channel, locale }) => `${channel} ${locale}`)),
    '', 'よく読まれた回答', ...rows(count(read, ({ entries }) => entries[0]!).slice(0, shown)),
    '', '役に立たなかった回答', ...rows(count(useless, ({ entries }) => entries[0]!).slice(0, shown)),
    '', '見つからなかった質問', ...rows(often.slice(0, shown).map(([, some]) => [some[0]!.text, some])),
    ...(rare === 0 ? [] : [`  ${String(rare).padStart(6)}  (${fewest}人未満の質問。ことばは出しません)`]),
  ];
}

/** Shows staff what residents asked. */
export const report: Command = {
  usage: '[--days 30]',
  about: { ja: '住民の方が聞いたことと、答えられなかったことをまとめます。', en: 'Sums up what residents asked, and what could not be answered.' },
  async run(words) {
    const { values } = readWords(words, { days: { type: 'string', default: '30' } });
    const days = Number(values.days);
    if (!Number.isInteger(days) || days < 1) throw new UsageError('--days には1以上の整数を書いてください。');
    const store = await openStore(settings().database);
    try {
      console.log([`この${days}日間`, '', ...summary(await store.questions(new Date(Date.now() - days * 24 * 3_600_000)))].join('\n'));
    } finally {
      await store.close();
    }
    return 0;
  },
};
