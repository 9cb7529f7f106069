import type { Entry } from '../knowledge/entry.ts';
import { inLocale } from '../knowledge/locales.ts';
import type { Arrival, Slots } from '../knowledge/policies/rule.ts';
import { readChoice, type Choice } from './choice.ts';
import type { Outcome, Turn } from './turn.ts';

/** The choices a conversation begins with. */
export const menuChoices = ({ library, conversation, heard }: Pick<Turn, 'library' | 'conversation' | 'heard'>): Choice[] => {
  const languages = (['ja', 'en', 'ja-easy'] as const).filter((locale) => locale !== (conversation.chosen ?? heard.locale));
  const first = library.municipality.menu.map(readChoice).filter((choice) => choice !== undefined);
  return [...first, ...languages.map((locale): Choice => ({ kind: 'language', locale }))];
};

/** Shows an entry with what may be asked next. */
export function showEntry(turn: Turn, entry: Entry, slots: Slots = {}): Outcome {
  const { library, open, conversation } = turn;
  const guide: Choice[] = entry.guide !== undefined && open === undefined && library.guide(entry.guide) !== undefined ? [{ kind: 'guide', guide: entry.guide }] : [];
  const next = [...guide, ...entry.related.map((id): Choice => ({ kind: 'entry', entry: id }))].slice(0, 3);
  turn.say(turn.replies.entry(entry, slots, open === undefined ? [...next, { kind: 'command', command: 'menu' }] : []));
  conversation.lastEntry = entry.id;
  return 'answered';
}

/** Says that there is no answer, with ways on. */
export function admitNone(turn: Turn): Outcome {
  turn.say(turn.replies.say([turn.replies.phrase('none'), contactPhrase(turn)], menuChoices(turn)));
  return 'none';
}

/** Whom to telephone: the office of the entry last shown, else the first of the municipality. */
export function contactPhrase({ library, conversation, heard, today, replies }: Turn): string {
  const last = conversation.lastEntry === undefined ? undefined : library.entry(conversation.lastEntry, heard.locale, today);
  const office = last === undefined ? Object.values(library.municipality.departments)[0]! : library.department(last);
  return replies.phrase('contact', { department: inLocale(office.name, heard.locale), tel: office.tel, hours: inLocale(office.hours, heard.locale) });
}

/** Shows where a guide arrived; a question it asked has been said already. */
export function arrived(turn: Turn, arrival: Arrival | undefined): Outcome {
  if (arrival === undefined) return 'guiding';
  const entry = turn.library.entry(arrival.entry, turn.heard.locale, turn.today);
  return entry === undefined ? admitNone(turn) : showEntry({ ...turn, open: undefined }, entry, arrival.slots);
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
