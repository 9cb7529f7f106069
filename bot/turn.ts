import type { Day } from '../knowledge/days.ts';
import type { Answers, Guide, GuideContext } from '../knowledge/guides/guide.ts';
import type { Entry } from '../knowledge/entry.ts';
import type { Library } from '../knowledge/library.ts';
import type { Notice } from '../knowledge/notice.ts';
import { shownAfter } from '../knowledge/search/follow-up.ts';
import type { Verdict } from '../knowledge/search/verdict.ts';
import { inLocale, locales } from '../knowledge/locales.ts';
import type { Choice } from './choice.ts';
import { obeyCommand } from './commands.ts';
import type { Conversation } from './conversation.ts';
import type { GuideStack, OpenGuide } from './guide-dialog.ts';
import { unmarked } from './guard.ts';
import type { Heard } from './hear.ts';
import { admitNone, arrived, askAgain, beginGuide, contactPhrase, menuChoices, sayAndGoOn, showEntry, takeVote } from './moves.ts';
import { askedFor, chosen, type Asking } from './question-log.ts';
import type { Replies, Reply } from './reply.ts';
import { heardAnswers, isAnswer, takeAnswer, unclearAnswer, withAnswer } from './walk.ts';

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

/** Looks the message up, without the marks of what was masked in it, in the light of the entry last shown. */
const lookUp = ({ heard, conversation, library, today }: Turn): Verdict =>
  library.answer(unmarked(heard.text), heard.language, today, conversation.lastEntry);

/** After this many answers in a row that were not understood, a telephone is the kinder way. */
const patience = 3;

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
    if (verdict.kind === 'one') {
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

const answerQuestion = async (turn: Turn): Promise<Outcome> => {
  const { heard, conversation, library, today, replies } = turn;
  const verdict = lookUp(turn);
  turn.log(askedFor(heard.text, verdict));
  if (verdict.kind === 'none') return admitNone(turn, verdict.elsewhere);
  const entries = verdict.kind === 'one' ? [verdict.entry] : verdict.entries;
  const shown = entries.map((id) => library.entry(id, heard.locale, today)).filter((entry) => entry !== undefined);
  if (shown.length === 0) return admitNone(turn);
  if (shown.length === 1) return answerWith(turn, shown[0]!);
  // Who tells a case of their own is not asked which page to read, but helped with the case.
  if (tellsCase(turn, shown[0]!)) return answerWith(turn, shown[0]!);
  conversation.lastEntry = shownAfter(verdict, conversation.lastEntry);
  turn.say(replies.say([replies.phrase('choose')], [...shown.map(({ id }): Choice => ({ kind: 'entry', entry: id })), { kind: 'command', command: 'contact' }]));
  return 'choose';
};

/** The guide of an entry, unless one is open, and what a message said for it already. */
function guideFor({ heard, library, open, context }: Turn, entry: Entry): { guide: Guide; told: Answers } | undefined {
  const guide = entry.guide === undefined || open !== undefined ? undefined : library.guide(entry.guide);
  return guide && { guide, told: heardAnswers(guide, heard.text, heard.language, context) };
}

/** Whether a message tells a case of its own: when something happened. */
function tellsCase(turn: Turn, entry: Entry): boolean {
  const found = guideFor(turn, entry);
  return found !== undefined && found.guide.steps.some(({ id, day }) => day !== undefined && found.told[id] !== undefined);
}

/** Shows the answer; who has told their own case is led on by the entry's guide at once. */
async function answerWith(turn: Turn, entry: Entry): Promise<Outcome> {
  const found = guideFor(turn, entry);
  if (found === undefined) return showEntry(turn, entry);
  const { guide, told } = found;
  turn.conversation.told = { guide: guide.id, version: guide.version, heard: told };
  if (!tellsCase(turn, entry)) return showEntry(turn, entry);
  turn.conversation.lastEntry = entry.id;
  return beginGuide(turn, guide);
}

/** The ways to answer, in order; the first that answers wins, and otherwise the question is looked up. */
export const ways: readonly Way[] = [helpFirst, keepPrivate, async (turn) => closeForNow(turn), obeyCommand, refuseUnreadable, openTapped, pointToOurLanguages, continueGuide, reopenGuide];

export async function answerTurn(turn: Turn): Promise<Outcome> {
  for (const way of ways) {
    const outcome = await way(turn);
    if (outcome !== undefined) return outcome;
  }
  return answerQuestion(turn);
}
