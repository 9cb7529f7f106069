import type { Day } from '../days.ts';
import type { Said } from '../locales.ts';
import type { Arrival } from '../policies/rule.ts';
import type { StatusTimes } from '../policies/status.ts';

/** What was answered so far, by the question's id: an option's value, or a day. */
export type Answers = Readonly<Record<string, string>>;

/** What a guide may know besides the answers. */
export interface GuideContext {
  readonly today: Day;
  readonly times: StatusTimes;
}

export interface Option {
  readonly value: string;
  readonly say: Said;
  /** Other words that mean this option, besides its label and number. */
  readonly also?: readonly string[];
}

/** Which days a question accepts: something that happened, or something that may still lie ahead. */
export type DayKind = 'past' | 'any';

export interface Step {
  readonly id: string;
  readonly ask: Said;
  readonly options: readonly Option[];
  /** The question takes a day; options beside it are ways out such as "I do not know". */
  readonly day?: DayKind;
  /** Asked only when this holds; asked always when left out. */
  readonly when?: (answers: Answers, context: GuideContext) => boolean;
}

/** A guided dialog: questions in the order people meet them, then one arrival. */
export interface Guide {
  readonly id: string;
  /** Raised whenever steps or values change their meaning; a tapped button carries it. */
  readonly version: number;
  readonly title: Said;
  readonly steps: readonly Step[];
  /** Ids of every entry the guide can arrive at. */
  readonly ends: readonly string[];
  /** Names of the slots it may fill there. */
  readonly slots: readonly string[];
  readonly arrive: (answers: Answers, context: GuideContext) => Arrival;
}

/** An answer that stands for "I do not know". */
export const notKnown = 'unknown';

export const yesNo: readonly Option[] = [
  { value: 'yes', say: { ja: 'はい', en: 'Yes' }, also: ['yes', 'うん', 'ある', 'あります', 'ええ', 'した', 'しました'] },
  { value: 'no', say: { ja: 'いいえ', en: 'No' }, also: ['no', 'いや', 'ない', 'ありません', 'まだ', 'してない', 'していません'] },
];
