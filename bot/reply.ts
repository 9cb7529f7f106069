import { answerOf } from '../knowledge/answer.ts';
import { addDays, firstDay, spellDay, type Day } from '../knowledge/days.ts';
import type { Entry } from '../knowledge/entry.ts';
import type { Answers, Guide, Step } from '../knowledge/guides/guide.ts';
import type { Library } from '../knowledge/library.ts';
import { inLocale, type Locale } from '../knowledge/locales.ts';
import { markdownText } from '../knowledge/markdown.ts';
import type { Arrival } from '../knowledge/policies/rule.ts';
import type { Notice } from '../knowledge/notice.ts';
import type { PhraseKey } from '../knowledge/words.ts';
import { kinds, type Activity, type CardAction } from './engine.ts';
import { choiceId, readChoice, type Choice } from './choice.ts';

export type Reply = Partial<Activity>;

/** Details of an answer beside its text, for channels that can lay them out. */
export interface AnswerDetails {
  readonly type: 'madoguchi/answer';
  readonly entry: string;
  readonly title: string;
  /** The answer in the small Markdown, without title and footer. */
  readonly body: string;
  readonly department: string;
  readonly tel: string;
  readonly hours: string;
  readonly source: string;
  readonly sourceLabel: string;
  readonly checked: string;
  /** The way from beginning to end, and how far the person has come. */
  readonly progress?: Progress;
  /** A legal limit that can be put into a calendar, and where its file lies on our server. */
  readonly calendar?: { readonly day: Day; readonly label: string; readonly path: string };
}

export interface Progress {
  readonly stages: readonly string[];
  /** Index of the present stage. */
  readonly at: number;
  /** The present stage with “you are here”. */
  readonly here: string;
}

/** The way in one line: ✓ what is done, where the person is, and what is to come. */
export const progressText = ({ stages, at, here }: Progress): string => stages.map((stage, index) => (index < at ? `✓${stage}` : index === at ? here : stage)).join(' → ');

/** Details of a guide's question: its options are numbered, and a day may be picked between two days. */
export interface QuestionDetails {
  readonly type: 'madoguchi/question';
  readonly day?: { readonly min: Day; readonly max: Day; readonly choice: string };
}

export const noticeType = 'madoguchi/notice';

const message = (text: string, locale: Locale, rest: Reply = {}): Reply =>
  ({ type: kinds.message, text, textFormat: 'markdown', locale, ...rest });

const action = (id: string, title: string): CardAction =>
  ({ type: kinds.messageBack, title, text: title, displayText: title, value: id } as CardAction);

const withActions = (reply: Reply, actions: CardAction[]): Reply =>
  (actions.length === 0 ? reply : { ...reply, suggestedActions: { to: [], actions } });

/** Makes replies in one language from the sentences, entries and guides of a library. */
export class Replies {
  private readonly library: Library;
  private locale: Locale;
  private readonly today: Day;

  constructor(library: Library, locale: Locale, today: Day) {
    this.library = library;
    this.locale = locale;
    this.today = today;
  }

  /** Goes on in another language. */
  speak(locale: Locale): void {
    this.locale = locale;
  }

  day(day: Day): string {
    return spellDay(day, this.locale);
  }

  phrase(key: PhraseKey, slots: Readonly<Record<string, string>> = {}): string {
    return this.library.phrase(key, this.locale, slots);
  }

  /** One or several sentences, a paragraph each, with choices. */
  say(texts: readonly string[], choices: readonly Choice[] = []): Reply {
    return withActions(message(texts.join('\n\n'), this.locale), this.actions(choices));
  }

  /** A notice, told once in a conversation; a channel that shows it above the conversation knows it by its entity. */
  notice({ text }: Notice): Reply {
    return message(inLocale(text, this.locale), this.locale, { entities: [{ type: noticeType }] });
  }

  /** Says that all was deleted; a channel that shows the conversation knows by its entity that what stands before it is gone. */
  forgotten(choices: readonly Choice[]): Reply {
    return { ...this.say([this.phrase('forgotten')], choices), entities: [{ type: 'madoguchi/forgotten' }] };
  }

  /** An entry as the answer, or as the end of a guide. Paragraphs with an unfilled slot are left out. */
  entry(entry: Entry, choices: readonly Choice[], end?: { readonly guide: Guide; readonly arrival: Arrival }): Reply {
    const { library, locale } = this;
    const { title, body: blocks, source, checked, ...office } = answerOf(entry, library.department(entry), library.municipality, locale, end?.arrival.slots);
    const body = markdownText(blocks) + (entry.confirm ? `\n\n${this.phrase('confirm')}` : '');
    const details: AnswerDetails = {
      type: 'madoguchi/answer', entry: entry.id, title, body, ...office, source,
      sourceLabel: this.phrase('source'), checked: this.phrase('checked', { day: checked }),
      ...(end === undefined ? {} : this.endDetails(end.guide, end.arrival)),
    };
    const languageNote = entry.locale === locale || locale === 'ja-easy' ? [] : [this.phrase('only_japanese')];
    const way = details.progress === undefined ? [] : [progressText(details.progress)];
    const footer = `${this.phrase('office', office)}\n[${details.sourceLabel}](${source})\n${details.checked}`;
    const text = [...languageNote, `**${title}**`, ...way, body, footer].join('\n\n');
    return withActions(message(text, locale, { entities: [details] }), this.actions(choices));
  }

  private endDetails({ stages = [] }: Guide, { entry, stage, due }: Arrival): Pick<AnswerDetails, 'progress' | 'calendar'> {
    const names = stages.map((name) => inLocale(name, this.locale));
    return {
      ...(stage === undefined ? {} : { progress: { stages: names, at: stage, here: this.phrase('stage_here', { stage: names[stage]! }) } }),
      ...(due === undefined || due < this.today ? {} : { calendar: { day: due, label: this.phrase('label_calendar'), path: `/calendar/${this.locale}/${entry}/${due}.ics` } }),
    };
  }

  /** What was heard, in words: “11月3日、スマートフォン”. */
  answers(guide: Guide, heard: Answers): string {
    const words = guide.steps.filter(({ id }) => heard[id] !== undefined).map(({ id, options }) => {
      const option = options.find(({ value }) => value === heard[id]);
      return option === undefined ? this.day(heard[id]!) : inLocale(option.say, this.locale);
    });
    return words.join(this.locale === 'en' ? ', ' : '、');
  }

  /**
   * A guide's question with its options, and the ways back and out.
   * @param days the days an ambiguous answer may mean: these are the options then
   */
  question(step: Step, guide: { id: string; version: number }, before: readonly string[] = [], days?: readonly Day[]): Reply {
    const { locale, today } = this;
    const choice = (value: string): string => choiceId({ kind: 'answer', guide: guide.id, version: guide.version, step: step.id, value });
    const options = days?.map((day) => action(choice(day), this.day(day))) ?? step.options.map(({ value, say }) => action(choice(value), inLocale(say, locale)));
    const details: QuestionDetails = {
      type: 'madoguchi/question',
      ...(step.day === undefined ? {} : {
        day: { min: firstDay, max: addDays(today, { past: 0, any: 365, printed: 3652 }[step.day]), choice: choice('') },
      }),
    };
    const controls = this.actions([{ kind: 'command', command: 'back' }, { kind: 'command', command: 'stop' }]);
    const asked = days === undefined ? inLocale(step.ask, locale) : this.phrase('day_which');
    return withActions(message([...before, asked].join('\n\n'), locale, { entities: [details] }), [...options, ...controls]);
  }

  private actions(choices: readonly Choice[]): CardAction[] {
    return choices.flatMap((choice) => {
      const title = this.titleOf(choice);
      return title === undefined ? [] : [action(choiceId(choice), title)];
    });
  }

  private titleOf(choice: Choice): string | undefined {
    switch (choice.kind) {
      case 'entry': return this.library.entry(choice.entry, this.locale, this.today)?.title;
      case 'guide': {
        const guide = this.library.guide(choice.guide);
        return guide && inLocale(guide.title, this.locale);
      }
      case 'language': return this.phrase(({ ja: 'label_japanese', en: 'label_english', 'ja-easy': 'label_easy' } as const)[choice.locale]);
      case 'command': return commandLabels[choice.command] && this.phrase(commandLabels[choice.command]!);
      case 'vote': return this.phrase(choice.useful ? 'label_useful' : 'label_useless');
      case 'answer': return undefined;
    }
  }
}

const commandLabels: Partial<Record<Extract<Choice, { kind: 'command' }>['command'], 'label_menu' | 'label_stop' | 'label_back' | 'label_contact'>> =
  { menu: 'label_menu', stop: 'label_stop', back: 'label_back', contact: 'label_contact' };

/** Choices that are numbered: everything but the ways back and out, the languages and the votes. */
export const isNumbered = (id: string): boolean => {
  const choice = readChoice(id);
  return choice !== undefined && !['command', 'language', 'vote'].includes(choice.kind);
};
