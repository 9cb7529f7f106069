import type { Answers, Guide } from '../knowledge/guides/guide.ts';
import type { Entry } from '../knowledge/entry.ts';
import { shownAfter } from '../knowledge/search/follow-up.ts';
import type { Verdict } from '../knowledge/search/verdict.ts';
import type { Choice } from './choice.ts';
import { unmarked } from './guard.ts';
import { admitNone, beginGuide, showEntry } from './moves.ts';
import { askedFor } from './question-log.ts';
import type { Outcome, Turn } from './turn.ts';
import { heardAnswers } from './walk.ts';

/** Looks the message up, without the marks of what was masked in it, in the light of the entry last shown. */
export const lookUp = ({ heard, conversation, library, today }: Turn): Verdict =>
  library.answer(unmarked(heard.text), heard.language, today, conversation.lastEntry);

/** Answers a message as a question: with one entry, some to choose from, or the word that there is none. */
export const answerQuestion = async (turn: Turn): Promise<Outcome> => {
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
