import type { Locale } from '../knowledge/locales.ts';
import type { Command } from '../knowledge/words.ts';
import { newConversation } from './conversation.ts';
import type { Heard } from './hear.ts';
import { contactPhrase, menuChoices, sayAndGoOn, takeVote } from './moves.ts';
import type { Outcome, Turn, Way } from './turn.ts';
import { stepBack } from './walk.ts';

const languages: Partial<Record<Command, Locale>> = { japanese: 'ja', english: 'en', easy: 'ja-easy' };

/** The command of a message, typed or tapped. */
function commandOf({ choice, command }: Heard): Command | undefined {
  if (choice === undefined || choice === 'old') return command;
  if (choice.kind === 'command') return choice.command;
  return choice.kind === 'language' ? (Object.keys(languages) as Command[]).find((name) => languages[name] === choice.locale) : undefined;
}

/** The first words to somebody new: who answers, what not to write, where people are, what there is. */
export function greet(turn: Turn): Outcome {
  const { replies } = turn;
  turn.say(replies.say([replies.phrase('greeting'), replies.phrase('privacy'), contactPhrase(turn), replies.phrase('menu')], menuChoices(turn)));
  return 'guiding';
}

async function speak(turn: Turn, locale: Locale): Promise<Outcome> {
  Object.assign(turn.conversation, { chosen: locale, locale });
  turn.replies.speak(locale);
  await sayAndGoOn({ ...turn, heard: { ...turn.heard, locale } }, [turn.replies.phrase('language_changed')]);
  return 'guiding';
}

/** A vote that was typed is about the answer last shown; without one it is only courtesy. */
function vote(turn: Turn, useful: boolean): Outcome {
  const { conversation, library, heard, today, replies, say } = turn;
  const entry = conversation.lastEntry === undefined ? undefined : library.entry(conversation.lastEntry, heard.locale, today);
  if (entry !== undefined) return takeVote(turn, entry, useful);
  say(replies.say([replies.phrase('menu')], menuChoices(turn)));
  return 'guiding';
}

const commands: Record<Exclude<Command, 'japanese' | 'english' | 'easy'>, Way> = {
  async stop(turn) {
    const { open, guides, replies } = turn;
    await guides.close();
    turn.say(replies.say([replies.phrase(open === undefined ? 'guide_not_open' : 'guide_stopped'), replies.phrase('menu')], menuChoices(turn)));
    return 'guiding';
  },
  async restart(turn) {
    if (turn.open !== undefined) {
      await turn.guides.begin(turn.open.guide);
      return 'guiding';
    }
    Object.assign(turn.conversation, { lastEntry: undefined }, { offered: newConversation(turn.heard.locale).offered });
    return greet(turn);
  },
  async menu(turn) {
    await turn.guides.close();
    turn.say(turn.replies.say([turn.replies.phrase('menu')], menuChoices(turn)));
    return 'guiding';
  },
  async back(turn) {
    const { open, guides, replies } = turn;
    if (open === undefined) {
      turn.say(replies.say([replies.phrase('guide_not_open'), replies.phrase('menu')], menuChoices(turn)));
      return 'guiding';
    }
    const earlier = stepBack(open.guide, open);
    if (earlier === undefined) turn.lead(replies.phrase('guide_first_question'));
    await guides.proceed(open, earlier ?? open);
    return 'guiding';
  },
  async help(turn) {
    await sayAndGoOn(turn, [turn.replies.phrase('help'), turn.replies.phrase('privacy'), turn.replies.phrase('forget_how')]);
    return 'guiding';
  },
  async forget(turn) {
    turn.forget();
    turn.say(turn.replies.forgotten(menuChoices(turn)));
    return 'guiding';
  },
  async thanks(turn) {
    // In a guide the same words are an answer.
    if (turn.open !== undefined) return undefined;
    turn.say(turn.replies.say([turn.replies.phrase('thanks')], menuChoices(turn)));
    return 'guiding';
  },
  async useful(turn) {
    return vote(turn, true);
  },
  async useless(turn) {
    return vote(turn, false);
  },
  async contact(turn) {
    await sayAndGoOn(turn, [contactPhrase(turn)]);
    return 'answered';
  },
};

/** やめる, 最初から, メニュー, 戻る, help, English … */
export const obeyCommand: Way = async (turn) => {
  const command = commandOf(turn.heard);
  if (command === undefined) return undefined;
  const locale = languages[command];
  return locale === undefined ? commands[command as keyof typeof commands](turn) : speak(turn, locale);
};
