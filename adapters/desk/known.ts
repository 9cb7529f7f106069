import { existsSync } from 'node:fs';
import { unmarked } from '../../bot/guard.ts';
import { openStore } from '../../bot/store/open.ts';
import type { AskedQuestion } from '../../bot/store/store.ts';
import type { Question } from '../../knowledge/questions.ts';
import { bare } from '../../knowledge/search/fold.ts';
import { LogError } from './command.ts';

/** A question of residents is shown in words only when this many people asked it, so that nobody is recognised by it. */
export const fewest = 3;

/** A question that is known: kept by staff, or asked by residents. */
export interface Known {
  readonly lang: 'ja' | 'en';
  readonly turns: readonly string[];
  /** How often residents asked it. */
  readonly times: number;
  /** Whether its words may be shown. */
  readonly isShown: boolean;
  /** What staff know of it. */
  readonly kept: Question | undefined;
  /** What residents thought of answers to it: votes for, less votes against, by entry. */
  readonly votes: Readonly<Record<string, number>>;
}

/** Questions of the log since a moment, oldest first; none where there is no log yet. @throws LogError when the database cannot be used */
export async function loggedQuestions(database: string, since = new Date(0)): Promise<AskedQuestion[]> {
  if (database.startsWith('file:') && !existsSync(database.slice('file:'.length))) return [];
  try {
    const store = await openStore(database);
    return await store.questions(since).finally(() => store.close());
  } catch (error) {
    throw new LogError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

interface Asked {
  readonly lang: 'ja' | 'en';
  readonly text: string;
  readonly asker: string;
  /** Entries given or offered. */
  readonly entries: readonly string[];
  readonly votes: Record<string, number>;
}

/** Questions with the votes of those who asked them: a vote, or a choice among those offered, belongs to the last question before it, where that brought the entry. */
function withVotes(log: readonly AskedQuestion[]): Asked[] {
  const last = new Map<string, Asked>();
  return log.flatMap(({ kind, asker, text, locale, entries }): Asked[] => {
    if (kind === 'asked') {
      const asked: Asked = { lang: locale === 'en' ? 'en' : 'ja', text: unmarked(text).trim(), asker, entries, votes: {} };
      last.set(asker, asked);
      return asked.text === '' ? [] : [asked];
    }
    const [before, entry] = [last.get(asker), entries[0]];
    // One person has one voice, the last.
    if (before !== undefined && entry !== undefined && before.entries.includes(entry)) before.votes[entry] = kind === 'useless' ? -1 : 1;
    return [];
  });
}

/** What staff keep and what residents asked, each question once, the most frequent first. */
export function knownQuestions(kept: readonly Question[], log: readonly AskedQuestion[]): Known[] {
  const keyOf = (lang: string, text: string): string => `${lang} ${bare(text)}`;
  const groups = new Map<string, Asked[]>();
  for (const asked of withVotes(log)) groups.set(keyOf(asked.lang, asked.text), [...groups.get(keyOf(asked.lang, asked.text)) ?? [], asked]);
  const known = (lang: Known['lang'], turns: readonly string[], asked: readonly Asked[], question?: Question): Known => {
    const votes: Record<string, number> = {};
    for (const [entry, vote] of asked.flatMap((one) => Object.entries(one.votes))) votes[entry] = (votes[entry] ?? 0) + vote;
    return { lang, turns, times: asked.length, votes, kept: question, isShown: question !== undefined || new Set(asked.map(({ asker }) => asker)).size >= fewest };
  };
  const ofStaff = kept.map((question) => {
    const key = keyOf(question.lang, question.turns[0]!);
    const asked = question.turns.length === 1 ? groups.get(key) ?? [] : [];
    return { key, question: known(question.lang, question.turns, asked, question) };
  });
  const taken = new Set(ofStaff.filter(({ question: { turns } }) => turns.length === 1).map(({ key }) => key));
  const ofResidents = [...groups].filter(([key]) => !taken.has(key)).map(([, asked]) => known(asked[0]!.lang, [asked[0]!.text], asked));
  return [...ofStaff.map(({ question }) => question), ...ofResidents].sort((a, b) => b.times - a.times);
}
