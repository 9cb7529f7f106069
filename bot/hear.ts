import { guides } from '../knowledge/guides/index.ts';
import { bare, fold } from '../knowledge/search/fold.ts';
import type { Library } from '../knowledge/library.ts';
import { isLocale, type Locale } from '../knowledge/locales.ts';
import type { Language } from '../knowledge/search/terms.ts';
import { commands, type Command, type Emergencies } from '../knowledge/words.ts';
import { readChoice, type Choice } from './choice.ts';
import type { Conversation, Offer } from './conversation.ts';
import type { Activity } from './engine.ts';
import { guard } from './guard.ts';
import { writtenIn } from './language.ts';

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
  /** Another language it is written in, of which we know one sentence. */
  readonly other: string | undefined;
  /** Somebody is in need: the name of the emergency. */
  readonly emergency: string | undefined;
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

/** A guide that is asked for by its title, as the menu on LINE does. */
function titledGuide(text: string, library: Library): Choice | undefined {
  const said = bare(text);
  const found = guides.find(({ id, title }) => library.guide(id) !== undefined && Object.values(title).some((one) => bare(one) === said));
  return found && { kind: 'guide', guide: found.id };
}

/** Whether a text is nothing but words of a list, drawn out or not: 「わかった〜ありがと」. */
function isOnly(said: string, words: readonly string[]): boolean {
  const ends = new Set([0]);
  for (let at = 0; at < said.length; at += 1) {
    if (!ends.has(at)) continue;
    for (const word of words) if (said.startsWith(word, at)) ends.add(at + word.length);
    if (at > 0 && said[at] === 'ー') ends.add(at + 1);
  }
  return said !== '' && ends.has(said.length);
}

function spokenCommand(text: string, library: Library): Command | undefined {
  const said = bare(text);
  const { thanks, useful } = library.commands;
  return commands.find((command) => library.commands[command].some((word) => bare(word) === said)) ?? (isOnly(said, [...thanks, ...useful].map(bare)) ? 'thanks' : undefined);
}

/** @returns the name of the first emergency of which a text has a word */
function emergencyIn(text: string, emergencies: Emergencies): string | undefined {
  const [japanese, english] = [bare(text), ` ${fold(text).replace(/[^\p{L}\p{N}'-]+/gu, ' ')} `];
  return Object.entries(emergencies).find(([, { words }]) =>
    words.ja.some((word) => japanese.includes(bare(word))) || words.en.some((word) => english.includes(` ${fold(word)} `)))?.[0];
}

/** The language to answer in: what was chosen, else what the text is written in; easy Japanese stays easy. */
function answerIn(language: Language, { chosen, locale }: Conversation): Locale {
  if (chosen !== undefined) return chosen;
  return language === 'ja' && locale === 'ja-easy' ? 'ja-easy' : language;
}

/** Reads an incoming message; the privacy guard comes first. */
export function hear({ text = '', value, channelData }: Partial<Activity>, conversation: Conversation, library: Library): Heard {
  const guarded = guard(text);
  const said = guarded.text.trim();
  const tapped = typeof value === 'string' ? readChoice(value) ?? 'old' : undefined;
  const written = tapped === undefined ? writtenIn(said, library.otherLanguages) : undefined;
  const language = written !== undefined && 'language' in written ? written.language : conversation.locale === 'en' ? 'en' : 'ja';
  const offered = tapped ?? typedOffer(said, conversation.offered);
  // A button that outlives conversations says which language it stood in.
  const { tappedIn } = (channelData ?? {}) as { tappedIn?: string };
  const choice = offered ?? titledGuide(said, library);
  return {
    text: said, masked: guarded.found, language, choice,
    other: written !== undefined && 'other' in written ? written.other : undefined,
    emergency: tapped === undefined ? emergencyIn(said, library.emergencies) : undefined,
    locale: offered === undefined ? answerIn(language, conversation) : conversation.chosen ?? (isLocale(tappedIn) ? tappedIn : conversation.locale),
    command: choice === undefined ? spokenCommand(said, library) : undefined,
  };
}
