import type { AskedQuestion } from '../../../bot/store/store.ts';
import { addDays, dayIn, daysBetween, hourIn, type Day } from '../../../knowledge/days.ts';
import { votesIn } from '../due.ts';

/** The days a report is about, both included, in the city's time. */
export interface Period {
  readonly from: Day;
  readonly until: Day;
  readonly timeZone: string;
}

/** Names with how often they came, the most frequent first. */
export type Counts = readonly (readonly [name: string, count: number])[];

export interface DayTally {
  readonly day: Day;
  readonly channels: Readonly<Record<string, number>>;
  readonly locales: Readonly<Record<string, number>>;
  /** Everything logged: questions, choices and votes. */
  readonly turns: number;
}

/** What the question log of a period comes to; never a text. */
export interface Tally {
  readonly period: Period;
  readonly asked: number;
  readonly chosen: number;
  /** Different people on each day, added up. */
  readonly askers: number;
  readonly turns: number;
  readonly days: readonly DayTally[];
  readonly channels: Counts;
  readonly locales: Counts;
  readonly outcomes: Counts;
  /** By outcome and language. */
  readonly outcomesIn: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly useful: number;
  readonly useless: number;
  /** The last vote of each person on an answer. */
  readonly votes: ReadonlyMap<string, { readonly useful: number; readonly useless: number }>;
  /** Answers that were read. */
  readonly read: Counts;
  /** Entries that were given, offered or chosen. */
  readonly met: ReadonlySet<string>;
  /** Turns by the hour of the day, from midnight on. */
  readonly hours: readonly number[];
  readonly busiestHour: { readonly day: Day; readonly hour: number; readonly turns: number } | undefined;
}

/** How often each name comes, the most frequent first and equal ones by name. */
export function count(names: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}
const countsOf = (names: readonly string[]): Record<string, number> => Object.fromEntries(count(names));

/** The part of a log that lies in a period. */
export const within = (log: readonly AskedQuestion[], { from, until, timeZone }: Period): AskedQuestion[] => log.filter(({ at }) => {
  const day = dayIn(timeZone, new Date(at));
  return from <= day && day <= until;
});

/** Counts a log that is oldest first and lies in the period. */
export function tally(log: readonly AskedQuestion[], period: Period): Tally {
  const asked = log.filter(({ kind }) => kind === 'asked');
  const chosen = log.filter(({ kind }) => kind === 'chosen');
  const byDay = new Map<Day, AskedQuestion[]>(Array.from({ length: daysBetween(period.from, period.until) + 1 }, (_, at) => [addDays(period.from, at), []]));
  const hours = Array.from({ length: 24 }, () => 0);
  const moments: string[] = [];
  for (const question of log) {
    const at = new Date(question.at);
    const [day, hour] = [dayIn(period.timeZone, at), hourIn(period.timeZone, at)];
    byDay.get(day)?.push(question);
    hours[hour]! += 1;
    moments.push(`${day} ${hour}`);
  }
  const [busiest] = count(moments);
  const votes = votesIn(log);
  const sum = (kind: 'useful' | 'useless'): number => [...votes.values()].reduce((total, vote) => total + vote[kind], 0);
  return {
    period, asked: asked.length, chosen: chosen.length, turns: log.length, askers: new Set(log.map(({ asker }) => asker)).size,
    days: [...byDay].map(([day, some]) => {
      const questions = some.filter(({ kind }) => kind === 'asked');
      return { day, turns: some.length, channels: countsOf(questions.map(({ channel }) => channel)), locales: countsOf(questions.map(({ locale }) => locale)) };
    }),
    channels: count(asked.map(({ channel }) => channel)), locales: count(asked.map(({ locale }) => locale)), outcomes: count(asked.map(({ outcome }) => outcome)),
    outcomesIn: Object.fromEntries(count(asked.map(({ outcome }) => outcome)).map(([name]) => [name, countsOf(asked.filter(({ outcome }) => outcome === name).map(({ locale }) => locale))])),
    useful: sum('useful'), useless: sum('useless'), votes,
    read: count([...asked, ...chosen].filter(({ outcome, entries }) => outcome !== 'none' && entries.length === 1).map(({ entries }) => entries[0]!)),
    met: new Set([...asked, ...chosen].flatMap(({ entries }) => entries)),
    hours, busiestHour: busiest && { day: busiest[0].split(' ')[0]!, hour: Number(busiest[0].split(' ')[1]), turns: busiest[1] },
  };
}
