import type { Entry } from '../knowledge/entry.ts';
import { inLocale } from '../knowledge/locales.ts';
import type { Guide } from '../knowledge/guides/guide.ts';
import type { Arrival } from '../knowledge/policies/rule.ts';
import { readChoice, type Choice } from './choice.ts';
import { voted } from './question-log.ts';
import type { Outcome, Turn } from './turn.ts';

/** The choices a conversation begins with. */
export const menuChoices = ({ library, conversation, heard }: Pick<Turn, 'library' | 'conversation' | 'heard'>): Choice[] => {
  const languages = (['ja', 'en', 'ja-easy'] as const).filter((locale) => locale !== (conversation.chosen ?? heard.locale));
  const first = library.municipality.menu.map(readChoice).filter((choice) => choice !== undefined);
  return [...first, ...languages.map((locale): Choice => ({ kind: 'language', locale }))];
};

/** Shows an entry with what may be asked next. */
export function showEntry(turn: Turn, entry: Entry, arrival?: { guide: Guide; arrival: Arrival }): Outcome {
  const { library, open, conversation } = turn;
  const guide: Choice[] = entry.guide !== undefined && open === undefined && library.guide(entry.guide) !== undefined ? [{ kind: 'guide', guide: entry.guide }] : [];
  const next = [...guide, ...entry.related.map((id): Choice => ({ kind: 'entry', entry: id }))].slice(0, 3);
  const votes = [true, false].map((useful): Choice => ({ kind: 'vote', entry: entry.id, useful }));
  turn.say(turn.replies.entry(entry, open === undefined ? [...next, { kind: 'command', command: 'menu' }, ...votes] : [], arrival));
  conversation.lastEntry = entry.id;
  return 'answered';
}

/** Says that there is no answer, with ways on; names the service a question seems to be for. */
export function admitNone(turn: Turn, elsewhere?: string): Outcome {
  const { library, replies, heard } = turn;
  const { name, say } = (elsewhere === undefined ? undefined : library.elsewhere[elsewhere]) ?? {};
  const office = elsewhere === undefined ? undefined : library.municipality.others?.[elsewhere];
  const sentences = say !== undefined ? [inLocale(say, heard.locale)]
    : name === undefined ? [replies.phrase('none'), contactPhrase(turn)]
      : [replies.phrase('elsewhere', { subject: inLocale(name, heard.locale) }),
        ...(office === undefined ? [] : [replies.phrase('elsewhere_office', { department: inLocale(office.name, heard.locale), tel: office.tel })])];
  turn.say(replies.say(sentences, menuChoices(turn)));
  return 'none';
}

/** Thanks for a vote; whom an answer did not help hears who can. */
export function takeVote(turn: Turn, entry: Entry, useful: boolean): Outcome {
  const { replies, say, log } = turn;
  log(voted(entry.id, useful));
  if (useful) say(replies.say([replies.phrase('vote_thanks')], [{ kind: 'command', command: 'menu' }]));
  else say(replies.say([replies.phrase('vote_sorry'), contactPhrase(turn)], menuChoices(turn)));
  return 'guiding';
}

/** A sentence that says whom to telephone: the office of the entry last shown, else the first of the municipality. */
export function contactPhrase({ library, conversation, heard, today, replies }: Turn, key: 'contact' | 'guide_stuck' = 'contact'): string {
  const last = conversation.lastEntry === undefined ? undefined : library.entry(conversation.lastEntry, heard.locale, today);
  const office = last === undefined ? Object.values(library.municipality.departments)[0]! : library.department(last);
  return replies.phrase(key, { department: inLocale(office.name, heard.locale), tel: office.tel, hours: inLocale(office.hours, heard.locale) });
}

/** Shows where a guide arrived; a question it asked has been said already. */
export function arrived(turn: Turn, guide: Guide, arrival: Arrival | undefined): Outcome {
  if (arrival === undefined) return 'guiding';
  const entry = turn.library.entry(arrival.entry, turn.heard.locale, turn.today);
  return entry === undefined ? admitNone(turn) : showEntry({ ...turn, open: undefined }, entry, { guide, arrival });
}

/** Starts a guide with what the resident said on the way to it. */
export async function beginGuide(turn: Turn, guide: Guide): Promise<Outcome> {
  const { conversation, replies, guides } = turn;
  const { told } = conversation;
  const heard = told?.guide === guide.id && told.version === guide.version ? told.heard : {};
  conversation.told = undefined;
  if (guide.first !== undefined) turn.lead(inLocale(guide.first, turn.heard.locale));
  turn.lead(Object.keys(heard).length === 0 ? replies.phrase('guide_begin') : replies.phrase('guide_heard', { heard: replies.answers(guide, heard) }));
  return arrived(turn, guide, await guides.begin(guide, { heard }));
}

/** Asks the open question of a guide once more, after a sentence. */
export async function askAgain({ open, lead, guides }: Turn, sentence?: string): Promise<void> {
  if (open === undefined) return;
  if (sentence !== undefined) lead(sentence);
  await guides.askAgain();
}

/** Says sentences, then the open question again, or the menu where no guide is open. */
export async function sayAndGoOn(turn: Turn, sentences: readonly string[]): Promise<void> {
  if (turn.open === undefined) {
    turn.say(turn.replies.say(sentences, menuChoices(turn)));
    return;
  }
  for (const sentence of sentences) turn.lead(sentence);
  await turn.guides.askAgain();
}
