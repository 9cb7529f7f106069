import type { Day } from '../knowledge/days.ts';
import type { Guide, GuideContext } from '../knowledge/guides/guide.ts';
import type { Library } from '../knowledge/library.ts';
import type { Notice } from '../knowledge/notice.ts';
import { inLocale, locales } from '../knowledge/locales.ts';
import type { Choice } from './choice.ts';
import { obeyCommand } from './commands.ts';
import type { Conversation } from './conversation.ts';
import type { GuideStack, OpenGuide } from './guide-dialog.ts';
import type { Heard } from './hear.ts';
import { arrived, askAgain, beginGuide, contactPhrase, menuChoices, sayAndGoOn, showEntry, takeVote } from './moves.ts';
import { answerQuestion, lookUp } from './question.ts';
import { chosen, type Asking } from './question-log.ts';
import type { Replies, Reply } from './reply.ts';
import { isAnswer, takeAnswer, unclearAnswer, withAnswer } from './walk.ts';

/** How a turn ended. */
export type Outcome = 'answered' | 'choose' | 'guiding' | 'none' | 'failed';

/** One message in, and everything needed to answer it. */
export interface Turn {
  readonly heard: Heard;
  readonly conversation: Conversation;
  readonly library: Library;
  readonly today: Day;
  /** What is told first today. */
  readonly notice: Notice | undefined;
  readonly guides: GuideStack;
  readonly open: OpenGuide | undefined;
  /** A guide that was open, and was closed because it is old. */
  readonly closed: Guide | undefined;
  readonly context: GuideContext;
  readonly replies: Replies;
  readonly say: (reply: Reply) => void;
  /** Tells the question log what was asked or chosen. */
  readonly log: (asking: Asking) => void;
  /** Deletes all that is kept of the conversation when the turn ends. */
  readonly forget: () => void;
  /** A sentence to stand before the next question of a guide, in the same message. */
  readonly lead: (sentence: string) => void;
}

/** A way to answer: undefined leaves the turn to the next way. */
export type Way = (turn: Turn) => Promise<Outcome | undefined>;

/** Longest message that is read, in characters; a resident's question is far shorter. */
export const longestMessage = 1000;

const keepPrivate: Way = async (turn) => {
  if (!turn.heard.masked) return undefined;
  await sayAndGoOn(turn, [turn.replies.phrase('masked')]);
  return 'none';
};

/** Somebody in need hears where help is before anything else; an open guide waits. */
const helpFirst: Way = async ({ heard, library, replies, say }) => {
  const emergency = heard.emergency === undefined ? undefined : library.emergencies[heard.emergency];
  if (emergency === undefined) return undefined;
  say(replies.say([inLocale(emergency.say, heard.locale)]));
  return 'answered';
};

/** While the notice closes the assistant, it is the answer to everything. */
export const closeForNow = ({ notice, heard, replies, say }: Turn): Outcome | undefined => {
  if (notice?.closed !== true || heard.command === 'forget') return undefined;
  say(replies.say([inLocale(notice.text, heard.locale)]));
  return 'none';
};

/** One sentence in a language we do not speak, and the languages we do. */
const pointToOurLanguages: Way = async (turn) => {
  const { heard, library, open, say, replies, context } = turn;
  const known = heard.other === undefined ? undefined : library.otherLanguages[heard.other];
  if (known === undefined || (open !== undefined && takeAnswer(open.step, heard.text, heard.language, context) !== undefined)) return undefined;
  say({ ...replies.say([known.say], [...locales.map((locale): Choice => ({ kind: 'language', locale })), { kind: 'command', command: 'contact' }]), locale: heard.other! });
  return 'none';
};

const refuseUnreadable: Way = async (turn) => {
  const { heard, replies } = turn;
  if (heard.choice !== undefined) return undefined;
  const key = heard.text === '' ? 'message_empty' : heard.text.length > longestMessage ? 'message_long' : undefined;
  if (key === undefined) return undefined;
  await sayAndGoOn(turn, [replies.phrase(key, { limit: String(longestMessage) })]);
  return 'none';
};

const openTapped: Way = async (turn) => {
  const { heard, library, guides, open, replies, today } = turn;
  const old = (guide?: Guide): Outcome => {
    const again: Choice[] = guide === undefined ? [] : [{ kind: 'guide', guide: guide.id }];
    turn.say(replies.say([replies.phrase('choice_old')], [...again, ...menuChoices(turn).filter((choice) => choice.kind !== 'guide' || choice.guide !== guide?.id)]));
    return 'none';
  };
  if (heard.choice === undefined) return undefined;
  if (heard.choice === 'old') return old();
  if (heard.choice.kind === 'entry') {
    const entry = library.entry(heard.choice.entry, heard.locale, today);
    if (entry === undefined) return old();
    turn.log(chosen(entry.id));
    const outcome = showEntry(turn, entry);
    await askAgain(turn, replies.phrase('guide_resume'));
    return outcome;
  }
  if (heard.choice.kind === 'vote') {
    const entry = library.entry(heard.choice.entry, heard.locale, today);
    return entry === undefined ? old() : takeVote(turn, entry, heard.choice.useful);
  }
  if (heard.choice.kind !== 'guide' && heard.choice.kind !== 'answer') return undefined;
  const wanted = heard.choice;
  const guide = library.guide(wanted.guide);
  if (guide === undefined) return old();
  if (wanted.kind === 'guide') return beginGuide(turn, guide);
  const step = guide.steps.find(({ id }) => id === wanted.step);
  if (wanted.version !== guide.version || step === undefined || !isAnswer(step, wanted.value)) return old(guide);
  if (open?.guide.id === guide.id) {
    const asked = open.step.id === step.id || open.answers[step.id] !== undefined;
    if (asked) return goOn(turn, open, step.id, wanted.value);
  }
  // An answer to a question that is not open: the guide begins anew, with this answer where it is the first.
  turn.lead(replies.phrase(turn.closed?.id === guide.id ? 'guide_anew' : 'guide_begin'));
  return arrived(turn, guide, await guides.begin(guide, guide.steps[0]!.id === step.id ? { answers: { [step.id]: wanted.value } } : {}));
};

/** Takes an answer of the open guide and goes on. */
async function goOn(turn: Turn, open: OpenGuide, step: string, value: string): Promise<Outcome> {
  turn.conversation.unclear = 0;
  const told = { answers: withAnswer(open.guide, open.answers, step, value), heard: open.heard };
  return arrived(turn, open.guide, await turn.guides.proceed(open, told));
}

/** After this many answers in a row that were not understood, a telephone is the kinder way. */
const patience = 3;

/** How a question ends, or is marked. */
const looksAsking = /[?？]|か[。.!！]*$/u;

const continueGuide: Way = async (turn) => {
  const { open, heard, conversation, context, replies } = turn;
  if (open === undefined) return undefined;
  const taken = takeAnswer(open.step, heard.text, heard.language, context);
  if (taken !== undefined && 'value' in taken) return goOn(turn, open, open.step.id, taken.value);
  if (taken !== undefined && 'which' in taken) {
    turn.say(replies.question(open.step, open.guide, [], taken.which));
    return 'guiding';
  }
  if (taken === undefined) {
    const verdict = lookUp(turn);
    // 「たぶん」 fits what was shown last, but asks nothing of it.
    if (verdict.kind === 'one' && (verdict.entry !== conversation.lastEntry || looksAsking.test(heard.text))) {
      const outcome = await answerQuestion(turn);
      await askAgain(turn, replies.phrase('guide_resume'));
      return outcome;
    }
  }
  conversation.unclear = (conversation.unclear ?? 0) + 1;
  if (conversation.unclear >= patience) turn.lead(contactPhrase(turn, 'guide_stuck'));
  await askAgain(turn, replies.phrase(taken?.unclear ?? unclearAnswer(open.step), { today: replies.day(turn.today) }));
  return 'guiding';
};

/** A guide left alone for a day, or renewed since, begins anew, unless the message asks something else. */
const reopenGuide: Way = async (turn) => {
  const { closed, replies } = turn;
  if (closed === undefined || lookUp(turn).kind !== 'none') return undefined;
  turn.lead(replies.phrase('guide_anew'));
  return beginGuide(turn, closed);
};

/** The ways to answer, in order; the first that answers wins, and otherwise the question is looked up. */
export const ways: readonly Way[] = [helpFirst, keepPrivate, async (turn) => closeForNow(turn), obeyCommand, refuseUnreadable, openTapped, pointToOurLanguages, continueGuide, reopenGuide];

export async function answerTurn(turn: Turn): Promise<Outcome> {
  for (const way of ways) {
    const outcome = await way(turn);
    if (outcome !== undefined) return outcome;
  }
  return answerQuestion(turn);
}
