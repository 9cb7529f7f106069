import { bare } from '../knowledge/search/fold.ts';
import type { Library } from '../knowledge/library.ts';
import type { Locale } from '../knowledge/locales.ts';
import type { Language } from '../knowledge/search/terms.ts';
import { commands, type Command } from '../knowledge/words.ts';
import { readChoice, type Choice } from './choice.ts';
import type { Conversation, Offer } from './conversation.ts';
import type { Activity } from './engine.ts';
import { guard } from './guard.ts';
import { languageOf } from './language.ts';

/** What was said in a message, before anybody decides what to do with it. */
export interface Heard {
  /** The text, without anything private. */
  readonly text: string;
  /** A number was in the message that must not be written here. */
  readonly masked: boolean;
  /** The language of the text; the conversation's where it has none. */
  readonly language: Language;
  /** The language to answer in. */
  readonly locale: Locale;
  /** What was tapped, or typed as a number or title of the last choices; `old` for a button that means nothing any more. */
  readonly choice: Choice | 'old' | undefined;
  readonly command: Command | undefined;
}

const kanjiNumbers = '一二三四五六七八九';
const numberPattern = /^(?:no|number|option)?(\d{1,2})(?:番目?|つ目|ばん|です|番です)?$/;

/** @returns the number a short text stands for: 2, ２番, ②, 二, option 2 */
export function typedNumber(text: string): number | undefined {
  const short = bare(text).replace(/^[一二三四五六七八九](?=$|番|つ)/u, (sign) => String(kanjiNumbers.indexOf(sign) + 1));
  const [, digits] = numberPattern.exec(short) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function typedOffer(text: string, offered: readonly Offer[]): Choice | undefined {
  const number = typedNumber(text);
  const offer = number === undefined ? offered.find(({ title }) => bare(title) === bare(text)) : offered[number - 1];
  return offer && readChoice(offer.id);
}

function spokenCommand(text: string, library: Library): Command | undefined {
  const said = bare(text);
  return commands.find((command) => library.commands[command].some((word) => bare(word) === said));
}

/** The language to answer in: what was chosen, else what the text is written in; easy Japanese stays easy. */
function answerIn(language: Language, { chosen, locale }: Conversation): Locale {
  if (chosen !== undefined) return chosen;
  return language === 'ja' && locale === 'ja-easy' ? 'ja-easy' : language;
}

/** Reads an incoming message; the privacy guard comes first. */
export function hear({ text = '', value }: Partial<Activity>, conversation: Conversation, library: Library): Heard {
  const guarded = guard(text);
  const said = guarded.text.trim();
  const tapped = typeof value === 'string' ? readChoice(value) ?? 'old' : undefined;
  const language = (tapped === undefined ? languageOf(said) : undefined) ?? (conversation.locale === 'en' ? 'en' : 'ja');
  const choice = tapped ?? typedOffer(said, conversation.offered);
  return {
    text: said, masked: guarded.found, language, choice,
    locale: choice === undefined ? answerIn(language, conversation) : conversation.chosen ?? conversation.locale,
    command: choice === undefined ? spokenCommand(said, library) : undefined,
  };
}
