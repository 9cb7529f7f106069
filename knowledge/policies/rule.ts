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
  /** The condition in an official's words. */
  readonly given: Said;
  /** A condition that needs a value nobody gave is not met. */
  readonly when: (given: Case) => boolean;
  /** Id of the entry that says it. */
  readonly end: string;
  /** How far the person has come: an index into the guide's stages. */
  readonly stage?: number;
  /** Name of the slot with the legal limit that belongs into a calendar. */
  readonly due?: string;
}

/** A row that adds a line to whatever the table says: lines of the entry with this slot are shown only then. */
export interface Note<Case> extends Omit<Rule<Case>, 'end' | 'stage' | 'due'> {
  readonly slot: `if_${string}`;
}

/** A whole table, for people and tests that walk through it. */
export interface DecisionTable<Case> {
  readonly rules: readonly Rule<Case>[];
  readonly notes: readonly Note<Case>[];
}

/** A table's rows in words, without their conditions as code. */
export interface TableInWords {
  readonly rules: readonly Omit<Rule<unknown>, 'when'>[];
  readonly notes: readonly Omit<Note<unknown>, 'when'>[];
}

/** Where a guide arrives: the row that applied, the entry, what fills its slots, and the rows that added lines. */
export interface Arrival {
  readonly rule: string;
  readonly entry: string;
  readonly slots: Slots;
  readonly notes: readonly string[];
  readonly stage: number | undefined;
  /** The legal limit to keep. */
  readonly due: Day | undefined;
}

/** @throws when no row applies, which the tables' last rows make impossible. */
export function firstRule<Case>(rules: readonly Rule<Case>[], given: Case): Rule<Case> {
  const rule = rules.find(({ when }) => when(given));
  if (rule === undefined) throw new Error(`No rule applies to ${JSON.stringify(given)}`);
  return rule;
}

const shown: SlotValue = { text: { ja: '', en: '' } };

/** Decides a case: the first row that applies, and every added line that does. */
export function decide<Case>({ rules, notes }: DecisionTable<Case>, given: Case, slots: Slots): Arrival {
  const rule = firstRule(rules, given);
  const due = rule.due === undefined ? undefined : slots[rule.due];
  const added = notes.filter(({ when }) => when(given));
  return {
    rule: rule.id, entry: rule.end, stage: rule.stage, due: due !== undefined && 'day' in due ? due.day : undefined, notes: added.map(({ id }) => id),
    slots: { ...slots, ...Object.fromEntries(added.map(({ slot }) => [slot, shown])) },
  };
}

/** Slots for the days that are known. */
export function daySlots(days: Readonly<Record<string, Day | undefined>>): Slots {
  const known = Object.entries(days).filter((pair): pair is [string, Day] => pair[1] !== undefined);
  return Object.fromEntries(known.map(([name, day]) => [name, { day }]));
}
