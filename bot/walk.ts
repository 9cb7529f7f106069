import type { Day } from '../knowledge/days.ts';
import { bare, fold } from '../knowledge/search/fold.ts';
import { notKnown, type Answers, type Guide, type GuideContext, type Option, type Step } from '../knowledge/guides/guide.ts';
import { locales, type Said } from '../knowledge/locales.ts';
import type { Language } from '../knowledge/search/terms.ts';
import type { PhraseKey } from '../knowledge/words.ts';
import { hearDay } from './days/hear-day.ts';

/** @returns the first question that applies and has no answer; undefined when the guide has arrived */
export const openStep = (guide: Guide, answers: Answers, context: GuideContext): Step | undefined =>
  guide.steps.find((step) => answers[step.id] === undefined && (step.when?.(answers, context) ?? true));

/** Sets an answer and drops the answers of all later questions, which may not apply any more. */
export function withAnswer(guide: Guide, answers: Answers, step: string, value: string | undefined): Answers {
  const before = guide.steps.slice(0, guide.steps.findIndex(({ id }) => id === step)).map(({ id }) => id);
  const kept = Object.entries(answers).filter(([id]) => before.includes(id));
  return Object.fromEntries(value === undefined ? kept : [...kept, [step, value]]);
}

/** What was answered, and what a first message said about questions that are still to come. */
export interface Told {
  readonly answers: Answers;
  readonly heard: Answers;
}

/** Answers the questions that follow with what was heard before they are asked. */
export function advance(guide: Guide, { answers, heard }: Told, context: GuideContext): Told & { readonly step: Step | undefined } {
  const step = openStep(guide, answers, context);
  const known = step && heard[step.id];
  return step === undefined || known === undefined ? { answers, heard, step } : advance(guide, { answers: withAnswer(guide, answers, step.id, known), heard }, context);
}

/** Takes the last answer back, so that its question is asked; undefined at the first question. */
export function stepBack(guide: Guide, { answers, heard }: Told): Told | undefined {
  const last = guide.steps.filter(({ id }) => answers[id] !== undefined).at(-1);
  if (last === undefined) return undefined;
  return { answers: withAnswer(guide, answers, last.id, undefined), heard: Object.fromEntries(Object.entries(heard).filter(([id]) => id !== last.id)) };
}

/** Longer than this, a text is rather a new question than the name of an option. */
const longestOptionText = 16;

const wordings = ({ say, also = [] }: Option): string[] =>
  [...locales.map((locale) => (say as Partial<Said>)[locale]), ...also].filter((text) => text !== undefined).map(bare);

/** 「わからない」 holds 「ない」, and “not sure” holds “no”, but neither is an answer. */
const unsure = /(?:わか|分か|判|しら|知ら|おぼえ|覚え|不明|(?:do ?n[o'’]?t|can ?n[o'’]?t) ?(?:know|remember)|not ?sure|no ?idea|unsure)/;

/** @returns the one option a text means: named exactly, or the only one with a word of it */
export function optionMeant(options: readonly Option[], text: string): Option | undefined {
  const said = bare(text);
  const exact = options.find((option) => wordings(option).includes(said));
  if (exact !== undefined || said === '') return exact;
  if (unsure.test(said)) return options.find(({ value }) => value === notKnown);
  if (said.length > longestOptionText && text.split(/\s+/u).length > 6) return undefined;
  const fits = options.map((option) => ({
    option,
    length: Math.max(0, ...wordings(option).filter((word) => word.length > 1 && (said.includes(word) || (said.length > 1 && word.includes(said)))).map(({ length }) => length)),
  })).filter(({ length }) => length > 0).sort((a, b) => b.length - a.length);
  const [first, second] = fits;
  return first !== undefined && said.length <= longestOptionText * 2 && first.length > (second?.length ?? 0) ? first.option : undefined;
}

function heardAnswer({ options, day, dayOf, hear }: Step, text: string, language: Language, { today }: GuideContext): string | undefined {
  const said = fold(text);
  if (day !== undefined && dayOf?.test(said) === true) {
    const heard = hearDay(text, day, language, today);
    if (heard !== undefined && 'day' in heard) return heard.day;
  }
  const found = hear?.(said);
  if (found !== undefined) return found;
  const fits = options.map(({ value, heard = [] }) => ({ value, length: Math.max(0, ...heard.filter((word) => said.includes(fold(word))).map((word) => word.length)) }))
    .filter(({ length }) => length > 0).sort((a, b) => b.length - a.length);
  return fits.length > 0 && fits[0]!.length > (fits[1]?.length ?? 0) ? fits[0]!.value : undefined;
}

/** What a first message says already, by question; nothing is taken from a message that is unclear about it. */
export function heardAnswers(guide: Guide, text: string, language: Language, context: GuideContext): Answers {
  const pairs = guide.steps.map((step) => [step.id, heardAnswer(step, text, language, context)] as const);
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** The value an answer gives a question, two days it may mean, or why it gives none: `undefined` when it is no answer at all. */
export type Taken = { readonly value: string } | { readonly which: readonly Day[] } | { readonly unclear: PhraseKey } | undefined;

export function takeAnswer(step: Step, text: string, language: Language, { today }: GuideContext): Taken {
  if (step.day !== undefined) {
    const heard = hearDay(text, step.day, language, today);
    if (heard !== undefined) return 'day' in heard ? { value: heard.day } : heard;
  }
  const found = step.hear?.(fold(text)) ?? optionMeant(step.options, text)?.value;
  return found === undefined ? undefined : { value: found };
}

/** What to say when a text was no answer. */
export const unclearAnswer = ({ day }: Step): PhraseKey => (day === undefined ? 'option_unclear' : 'day_unclear');

/** Whether a value that was tapped is one the question knows. */
export const isAnswer = ({ options, day }: Step, value: string): boolean =>
  options.some((option) => option.value === value) || (day !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value));
