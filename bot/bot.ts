import { randomUUID } from 'node:crypto';
import type { Day } from '../knowledge/days.ts';
import { guides as allGuides } from '../knowledge/guides/index.ts';
import type { Library } from '../knowledge/library.ts';
import { isLocale, type Locale } from '../knowledge/locales.ts';
import { noticeOn } from '../knowledge/notice.ts';
import { guideContext } from '../knowledge/municipality.ts';
import { readChoice } from './choice.ts';
import { greet } from './commands.ts';
import { newConversation, type Conversation } from './conversation.ts';
import { ConversationState, kinds, type DialogState, type Storage, type StoreItems, type TurnContext } from './engine.ts';
import { GuideStack } from './guide-dialog.ts';
import { guard } from './guard.ts';
import { hear } from './hear.ts';
import { askersOf, toLog, type Asking, type QuestionLog } from './question-log.ts';
import { isNumbered, Replies, type Reply } from './reply.ts';
import type { Store } from './store/store.ts';
import { answerTurn, closeForNow, type Outcome, type Turn } from './turn.ts';

/** How a turn went, for logs and metrics: never what was written. */
export interface TurnReport {
  readonly conversation: string;
  readonly channel: string;
  /** `repeated` for a message that was answered before. */
  readonly outcome: Outcome | 'repeated';
  readonly entry?: string | undefined;
  readonly error?: unknown;
}

export interface BotParts {
  readonly store: Store;
  readonly library: () => Library;
  readonly today: () => Day;
  /** A guide left alone for this long begins anew, and what was shown then does not colour a new question. */
  readonly idleHours: number;
  readonly report: (report: TurnReport) => void;
  /** Undefined when no question is kept. */
  readonly questionLog?: QuestionLog | undefined;
  /** The time in ms since 1970; the machine's unless somebody plays another. */
  readonly now?: () => number;
}

/** Answers the activity of a turn context and sends the replies through it. */
export type Bot = (context: TurnContext) => Promise<void>;

/** The state could not be read: the turn is not answered at all, so that whoever sent the message may send it again. */
class StateUnreadable extends Error {}

/** botbuilder's storage for one turn: reads from the store, and keeps what is written until the turn commits it over what it read. */
class TurnStorage implements Storage {
  readonly changes: StoreItems = {};
  private readonly store: Store;
  private readonly versions = new Map<string, string>();

  constructor(store: Store) {
    this.store = store;
  }

  async read(keys: string[]): Promise<StoreItems> {
    const items = await this.store.read(keys).catch((cause: unknown) => { throw new StateUnreadable('The conversation’s state could not be read.', { cause }); });
    for (const key of keys) this.versions.set(key, (items[key] as { eTag: string } | undefined)?.eTag ?? '0');
    return items;
  }

  /** botbuilder would overwrite whatever is there; a turn that lost its lock must not. */
  async write(changes: StoreItems): Promise<void> {
    for (const [key, item] of Object.entries(changes)) this.changes[key] = { ...item, eTag: this.versions.get(key) ?? '*' };
  }

  async delete(): Promise<void> {
    throw new Error('A turn deletes no state.');
  }
}

interface Answered {
  readonly outcome: Outcome;
  readonly replies: readonly Reply[];
  readonly changes: StoreItems;
  readonly entry: string | undefined;
  readonly locale: Locale;
  readonly asked: Asking | undefined;
  /** Nothing of the conversation is to be kept but the last reply. */
  readonly forgets: boolean;
}

async function answer(context: TurnContext, { store, library: current, today: clock, idleHours, now: time = Date.now }: BotParts): Promise<Answered> {
  const { activity } = context;
  const library = current();
  const today = clock();
  const storage = new TurnStorage(store);
  const state = new ConversationState(storage);
  const accessor = state.createProperty<Conversation>('conversation');
  const conversation = await accessor.get(context, newConversation(isLocale(activity.locale) ? activity.locale : 'ja'));
  const heard = hear(activity, conversation, library);
  const replies = new Replies(library, heard.locale, today);
  const said: Reply[] = [];
  const leads: string[] = [];
  let asked: Asking | undefined;
  let forgets = false;
  const about = guideContext(library.municipality, today);
  const usable = allGuides.filter(({ id }) => library.guide(id) !== undefined);
  const guides = await GuideStack.of(context, state.createProperty<DialogState>('dialogs'), usable, about, {
    ask: (guide, step) => said.push(replies.question(step, guide, leads.splice(0))),
  });
  const now = time();
  const isStale = conversation.at !== undefined && now - conversation.at > idleHours * 3_600_000;
  const { open, closed } = await guides.open(isStale);
  if (isStale) delete conversation.lastEntry;
  conversation.at = now;
  const notice = noticeOn(library.notice, today);
  if (notice !== undefined && !notice.closed && conversation.noticed !== notice.id) {
    said.push(replies.notice(notice));
    conversation.noticed = notice.id;
  }
  const turn: Turn = {
    heard, conversation, library, today, notice, guides, open, closed, context: about, replies,
    say: (reply) => said.push(reply),
    log: (asking) => { asked = asking; },
    forget: () => { forgets = true; },
    lead: (sentence) => leads.push(sentence),
  };
  const before = conversation.lastEntry;
  const outcome = activity.type === kinds.conversationUpdate ? closeForNow(turn) ?? greet(turn) : await answerTurn(turn);
  conversation.locale = conversation.chosen ?? heard.locale;
  conversation.offered = (said.at(-1)?.suggestedActions?.actions ?? [])
    .map(({ value, title }) => ({ id: String(value), title })).filter(({ id }) => isNumbered(id));
  await state.saveChanges(context);
  return { outcome, asked, forgets, locale: conversation.locale, replies: said, changes: storage.changes, entry: conversation.lastEntry === before ? undefined : conversation.lastEntry };
}

/** A message as it may be kept: its text masked, and a tapped value only when it is one of our ids. */
function withoutPrivate({ text, value, ...rest }: Reply): Reply {
  const ours = typeof value === 'string' && readChoice(value) !== undefined;
  return { ...rest, ...(text === undefined ? {} : { text: guard(text).text }), ...(ours ? { value: value as string } : {}) };
}

/** An apology with a way on; no state of the failed turn is kept. */
function apologise({ activity }: TurnContext, { library: current, today }: BotParts): Reply {
  const library = current();
  const replies = new Replies(library, isLocale(activity.locale) ? activity.locale : 'ja', today());
  const { tel } = Object.values(library.municipality.departments)[0]!;
  return replies.say([replies.phrase('failed', { tel })], [{ kind: 'command', command: 'menu' }]);
}

/**
 * The bot: one turn at a time per conversation. State, message and replies are kept together or not at all,
 * and a message whose id was answered before is not answered again.
 */
export function createBot(parts: BotParts): Bot {
  const { store, report, questionLog, now = Date.now } = parts;
  return async (context) => {
    const { activity } = context;
    const conversation = activity.conversation.id;
    const about = { conversation, channel: activity.channelId };
    const replies = await store.exclusive(conversation, async () => {
      if (await store.heard(conversation, activity.id!)) {
        report({ ...about, outcome: 'repeated' });
        return [];
      }
      let answered: Answered;
      try {
        answered = await answer(context, parts);
        report({ ...about, outcome: answered.outcome, entry: answered.entry });
      } catch (error) {
        report({ ...about, outcome: 'failed', error });
        if (error instanceof StateUnreadable) throw error;
        answered = { outcome: 'failed', replies: [apologise(context, parts)], changes: {}, entry: undefined, locale: 'ja', asked: undefined, forgets: false };
      }
      const stamped = answered.replies.map((reply): Reply => ({
        ...reply, id: randomUUID(), timestamp: new Date(), channelId: activity.channelId, conversation: activity.conversation,
        from: activity.recipient, recipient: activity.from, replyToId: activity.id!,
      }));
      const { inbox } = (activity.channelData ?? {}) as { inbox?: string };
      const asked = answered.asked === undefined || questionLog === undefined ? undefined
        : toLog(answered.asked, { conversation, channel: activity.channelId, locale: answered.locale, outcome: answered.outcome }, questionLog.key, new Date(now()));
      const forget = !answered.forgets ? undefined : questionLog === undefined ? [] : askersOf(conversation, questionLog, new Date(now()));
      await store.commit({ conversation, changes: answered.changes, said: [withoutPrivate(activity), ...stamped], event: inbox, asked, forget });
      return stamped;
    });
    if (replies.length > 0) await context.sendActivities(replies);
  };
}
