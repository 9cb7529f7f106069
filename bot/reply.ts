import { answerOf } from '../knowledge/answer.ts';
import { addDays, firstDay, spellDay, type Day } from '../knowledge/days.ts';
import type { Entry } from '../knowledge/entry.ts';
import type { Step } from '../knowledge/guides/guide.ts';
import type { Library } from '../knowledge/library.ts';
import { inLocale, type Locale } from '../knowledge/locales.ts';
import { markdownText } from '../knowledge/markdown.ts';
import type { Slots } from '../knowledge/policies/rule.ts';
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
}

/** Details of a guide's question: its options are numbered, and a day may be picked between two days. */
export interface QuestionDetails {
  readonly type: 'madoguchi/question';
  readonly day?: { readonly min: Day; readonly max: Day; readonly choice: string };
}

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

  /** An entry as the answer. Paragraphs with an unfilled slot are left out. */
  entry(entry: Entry, slots: Slots, choices: readonly Choice[]): Reply {
    const { library, locale } = this;
    const { title, body: blocks, source, checked, ...office } = answerOf(entry, library.department(entry), library.municipality, locale, slots);
    const body = markdownText(blocks) + (entry.confirm ? `\n\n${this.phrase('confirm')}` : '');
    const details: AnswerDetails = {
      type: 'madoguchi/answer', entry: entry.id, title, body, ...office, source,
      sourceLabel: this.phrase('source'), checked: this.phrase('checked', { day: checked }),
    };
    const languageNote = entry.locale === locale || locale === 'ja-easy' ? [] : [this.phrase('only_japanese')];
    const footer = `${this.phrase('office', office)}\n[${details.sourceLabel}](${source})\n${details.checked}`;
    const text = [...languageNote, `**${title}**`, body, footer].join('\n\n');
    return withActions(message(text, locale, { entities: [details] }), this.actions(choices));
  }

  /** A guide's question with its options, and the ways back and out. */
  question(step: Step, guide: { id: string; version: number }, before: readonly string[] = []): Reply {
    const { locale, today } = this;
    const choice = (value: string): string => choiceId({ kind: 'answer', guide: guide.id, version: guide.version, step: step.id, value });
    const options = step.options.map(({ value, say }) => action(choice(value), inLocale(say, locale)));
    const details: QuestionDetails = {
      type: 'madoguchi/question',
      ...(step.day === undefined ? {} : {
        day: { min: firstDay, max: step.day === 'past' ? today : addDays(today, 365), choice: choice('') },
      }),
    };
    const controls = this.actions([{ kind: 'command', command: 'back' }, { kind: 'command', command: 'stop' }]);
    return withActions(message([...before, inLocale(step.ask, locale)].join('\n\n'), locale, { entities: [details] }), [...options, ...controls]);
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
      case 'answer': return undefined;
    }
  }
}

const commandLabels: Partial<Record<Extract<Choice, { kind: 'command' }>['command'], 'label_menu' | 'label_stop' | 'label_back' | 'label_contact'>> =
  { menu: 'label_menu', stop: 'label_stop', back: 'label_back', contact: 'label_contact' };

/** Choices that are numbered: everything but the ways back and out, and the languages. */
export const isNumbered = (id: string): boolean => {
  const choice = readChoice(id);
  return choice !== undefined && choice.kind !== 'command' && choice.kind !== 'language';
};
