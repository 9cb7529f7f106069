import type { Day } from '../knowledge/days.ts';
import type { GuideContext } from '../knowledge/guides/guide.ts';
import type { Library } from '../knowledge/library.ts';
import type { Choice } from './choice.ts';
import { obeyCommand } from './commands.ts';
import type { Conversation } from './conversation.ts';
import type { GuideStack, OpenGuide } from './guide-dialog.ts';
import type { Heard } from './hear.ts';
import { admitNone, arrived, askAgain, menuChoices, sayAndGoOn, showEntry } from './moves.ts';
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
  readonly guides: GuideStack;
  readonly open: OpenGuide | undefined;
  readonly context: GuideContext;
  readonly replies: Replies;
  readonly say: (reply: Reply) => void;
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
  const old = (): Outcome => {
    turn.say(replies.say([replies.phrase('choice_old')], menuChoices(turn)));
    return 'none';
  };
  if (heard.choice === undefined) return undefined;
  if (heard.choice === 'old') return old();
  if (heard.choice.kind === 'entry') {
    const entry = library.entry(heard.choice.entry, heard.locale, today);
    if (entry === undefined) return old();
    const outcome = showEntry(turn, entry);
    await askAgain(turn, replies.phrase('guide_resume'));
    return outcome;
  }
  if (heard.choice.kind !== 'guide' && heard.choice.kind !== 'answer') return undefined;
  const wanted = heard.choice;
  const guide = library.guide(wanted.guide);
  if (guide === undefined) return old();
  if (wanted.kind === 'guide') {
    turn.lead(replies.phrase('guide_begin'));
    return arrived(turn, await guides.begin(guide));
  }
  const step = guide.steps.find(({ id }) => id === wanted.step);
  if (wanted.version !== guide.version || step === undefined || !isAnswer(step, wanted.value)) return old();
  if (open?.guide.id === guide.id) {
    const asked = open.step.id === step.id || open.answers[step.id] !== undefined;
    if (asked) return arrived(turn, await guides.proceed(open, withAnswer(guide, open.answers, step.id, wanted.value)));
  }
  // An answer to a question that is not open: the guide begins anew, with this answer where it is the first.
  turn.lead(replies.phrase('guide_begin'));
  return arrived(turn, await guides.begin(guide, guide.steps[0]!.id === step.id ? { [step.id]: wanted.value } : {}));
};

const continueGuide: Way = async (turn) => {
  const { open, heard, guides, context, replies } = turn;
  if (open === undefined) return undefined;
  const taken = takeAnswer(open.step, heard.text, heard.language, context);
  if (taken !== undefined && 'value' in taken) {
    return arrived(turn, await guides.proceed(open, withAnswer(open.guide, open.answers, open.step.id, taken.value)));
  }
  if (taken === undefined) {
    const verdict = turn.library.answer(heard.text, heard.language, turn.today);
    if (verdict.kind === 'one') {
      const outcome = await answerQuestion(turn);
      await askAgain(turn, replies.phrase('guide_resume'));
      return outcome;
    }
  }
  await askAgain(turn, replies.phrase(taken?.unclear ?? unclearAnswer(open.step), { today: replies.day(turn.today) }));
  return 'guiding';
};

const answerQuestion: Way = async (turn) => {
  const { heard, library, today, replies } = turn;
  const verdict = library.answer(heard.text, heard.language, today);
  if (verdict.kind === 'none') return undefined;
  const entries = verdict.kind === 'one' ? [verdict.entry] : verdict.entries;
  const shown = entries.map((id) => library.entry(id, heard.locale, today)).filter((entry) => entry !== undefined);
  if (shown.length === 0) return undefined;
  if (shown.length === 1) return showEntry(turn, shown[0]!);
  turn.say(replies.say([replies.phrase('choose')], [...shown.map(({ id }): Choice => ({ kind: 'entry', entry: id })), { kind: 'command', command: 'contact' }]));
  return 'choose';
};

/** The ways to answer, in order; the first that answers wins. */
export const ways: readonly Way[] = [keepPrivate, obeyCommand, refuseUnreadable, openTapped, continueGuide, answerQuestion];

export async function answerTurn(turn: Turn): Promise<Outcome> {
  for (const way of ways) {
    const outcome = await way(turn);
    if (outcome !== undefined) return outcome;
  }
  return admitNone(turn);
}
