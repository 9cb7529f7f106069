import type { Day } from '../days.ts';
import type { Said } from '../locales.ts';
import type { Arrival, TableInWords } from '../policies/rule.ts';
import type { NoticesSent, StatusTimes } from '../policies/status.ts';

/** What was answered so far, by the question's id: an option's value, or a day. */
export type Answers = Readonly<Record<string, string>>;

/** What a guide may know besides the answers. */
export interface GuideContext {
  readonly today: Day;
  readonly times: StatusTimes;
  readonly notices: NoticesSent | undefined;
}

export interface Option {
  readonly value: string;
  readonly say: Said;
  /** Other words that mean this option, besides its label and number. */
  readonly also?: readonly string[];
  /** Words that mean this option when they stand in somebody's first message, before it is asked. */
  readonly heard?: readonly string[];
}

/** Which days a question accepts: something that happened, something that may still lie ahead, or an end printed on a card. */
export type DayKind = 'past' | 'any' | 'printed';

export interface Step {
  readonly id: string;
  readonly ask: Said;
  readonly options: readonly Option[];
  /** The question takes a day; options beside it are ways out such as "I do not know". */
  readonly day?: DayKind;
  /** A first message with a word like this names the day this question is about. */
  readonly dayOf?: RegExp;
  /** Finds an option's value in a text that names none, such as two wards. */
  readonly hear?: (text: string) => string | undefined;
  /** Asked only when this holds; asked always when left out. */
  readonly when?: (answers: Answers, context: GuideContext) => boolean;
}

/** A guided dialog: questions in the order people meet them, then one arrival. */
export interface Guide {
  readonly id: string;
  /** Raised whenever steps or values change their meaning; a tapped button carries it. */
  readonly version: number;
  readonly title: Said;
  /** What cannot wait for the first answer. */
  readonly first?: Said;
  readonly steps: readonly Step[];
  /** Names of the stages people pass, for those who arrive at one. */
  readonly stages?: readonly Said[];
  /** The rows that decide where it arrives. */
  readonly table: TableInWords;
  /** Names of the slots it may fill there. */
  readonly slots: readonly string[];
  readonly arrive: (answers: Answers, context: GuideContext) => Arrival;
}

/** An answer that stands for "I do not know". */
export const notKnown = 'unknown';

export const yesNo: readonly Option[] = [
  { value: 'yes', say: { ja: 'はい', en: 'Yes' }, also: ['yes', 'うん', 'ある', 'あります', 'ええ', 'した', 'しました', '覚えて'] },
  { value: 'no', say: { ja: 'いいえ', en: 'No' }, also: ['no', 'いや', 'ない', 'ありません', 'まだ', 'してない', 'していません', '忘れた', '忘れました'] },
];

export const yesOf = (answer: string | undefined): boolean | undefined => (answer === undefined || answer === notKnown ? undefined : answer === 'yes');
export const dayOf = (answer: string | undefined): string | undefined => (answer === notKnown ? undefined : answer);

/** Ids of every entry a guide can arrive at. */
export const endsOf = ({ table }: Guide): string[] => [...new Set(table.rules.map(({ end }) => end))];
