import type { Day } from '../days.ts';
import type { Said } from '../locales.ts';

/** What a slot of an entry is filled with: a day, a number, or a short text. */
export type SlotValue = { readonly day: Day } | { readonly count: number } | { readonly text: Said };
export type Slots = Readonly<Record<string, SlotValue>>;

/** A row of a decision table. Rows are read top down and the first that applies counts. */
export interface Rule<Case> {
  /** The row's number on the officials' paper, e.g. `ST-18`. */
  readonly id: string;
  readonly facts: readonly string[];
  /** A condition that needs a value nobody gave is not met. */
  readonly when: (given: Case) => boolean;
  /** Id of the entry that says it. */
  readonly end: string;
}

/** Where a guide arrives: the row that applied, the entry, and what fills its slots. */
export interface Arrival {
  readonly rule: string;
  readonly entry: string;
  readonly slots: Slots;
}

/** @throws when no row applies, which the tables' last rows make impossible. */
export function firstRule<Case>(rules: readonly Rule<Case>[], given: Case): Rule<Case> {
  const rule = rules.find(({ when }) => when(given));
  if (rule === undefined) throw new Error(`No rule applies to ${JSON.stringify(given)}`);
  return rule;
}

/** Slots for the days that are known. */
export function daySlots(days: Readonly<Record<string, Day | undefined>>): Slots {
  const known = Object.entries(days).filter((pair): pair is [string, Day] => pair[1] !== undefined);
  return Object.fromEntries(known.map(([name, day]) => [name, { day }]));
}
