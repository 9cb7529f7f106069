import { createHmac } from 'node:crypto';
import type { webhook } from '@line/bot-sdk';
import { readChoice } from '../../bot/choice.ts';
import { kinds, type Activity } from '../../bot/engine.ts';
import { guard } from '../../bot/guard.ts';
import type { InboxEvent } from '../../bot/store/store.ts';
import { languageMark } from './menu-plan.ts';

/** What of an event is kept until it is answered. The user's id is in clear only here. */
export interface Kept {
  readonly activity: Partial<Activity>;
  readonly replyToken: string;
  /** Whom a loading animation or a push goes to; undefined in groups, which get neither. */
  readonly user?: string;
}

/** What an event asks of us. */
export type Incoming =
  | { readonly kind: 'answer'; readonly inbox: InboxEvent & { readonly event: Kept } }
  | { readonly kind: 'forget'; readonly conversation: string }
  | { readonly kind: 'withdraw'; readonly conversation: string; readonly message: string }
  | { readonly kind: 'nothing' };

export interface InOptions {
  /** Key under which ids of LINE become names of conversations. */
  readonly key: string;
  readonly groups: 'off' | 'mention';
}

const nothing: Incoming = { kind: 'nothing' };
const channelId = 'line';

/** What every database can keep as an id; LINE's are shorter. */
const idPattern = /^[\w-]{1,100}$/;

/** A name for a user, group or room that says nothing about it. */
const nameOf = (id: string, key: string): string => createHmac('sha256', key).update(id).digest('hex').slice(0, 32);

/** Text without LINE's own emoji, which stand in it as words like (love), and without the mention of us. */
function plainText({ text, emojis = [], mention }: webhook.TextMessageContent): string {
  const cuts = [...emojis, ...(mention?.mentionees ?? []).filter((one) => one.type === 'user' && one.isSelf === true)].sort((a, b) => b.index - a.index);
  return cuts.reduce((rest, { index, length }) => rest.slice(0, index) + rest.slice(index + length), text).trim();
}

const mentionsUs = ({ mention }: webhook.TextMessageContent): boolean => (mention?.mentionees ?? []).some((one) => one.type === 'user' && one.isSelf === true);

/** The id a button carries; a date picker's carries the picked day behind it. */
function valueOf({ data, params }: webhook.PostbackContent): string {
  const { date } = (params ?? {}) as { date?: string };
  return (date === undefined ? data : `${data}${date}`).slice(0, 300);
}

/** What a message or tap says, as an activity; undefined for what is not for us. */
function saidIn(event: webhook.Event, inGroup: boolean): Partial<Activity> | undefined {
  if (event.type === 'message') {
    const { message } = event;
    if (message.type !== 'text') return inGroup ? undefined : { type: kinds.message, id: `line-${message.id}`, text: '' };
    if (inGroup && !mentionsUs(message)) return undefined;
    return { type: kinds.message, id: `line-${message.id}`, text: guard(plainText(message)).text };
  }
  // A change of the rich menu tells us that it happened, and asks nothing.
  if (event.type === 'postback' && (event.postback.params as { status?: string } | undefined)?.status !== undefined) return undefined;
  if (event.type === 'postback') {
    const [value, locale] = valueOf(event.postback).split(languageMark);
    // What is none of our ids is not kept: an empty one is answered like a button that is old.
    return { type: kinds.message, text: '', value: readChoice(value!) === undefined ? '' : value, ...(locale === undefined ? {} : { channelData: { tappedIn: locale } }) };
  }
  if (event.type === 'follow') return { type: kinds.conversationUpdate };
  // A message edited in a group is a new question when it speaks to us.
  if ((event as { type: string }).type === 'messageEdited') return saidIn({ ...(event as object), type: 'message' } as webhook.Event, inGroup);
  return undefined;
}

/**
 * Translates an event of LINE's webhook. Unknown kinds, fields and sources are no fault: they are left alone.
 * What might be a number of a person is masked here, before anything is kept.
 */
export function toIncoming(event: webhook.Event, { key, groups }: InOptions): Incoming {
  const { source, webhookEventId, timestamp, mode } = event;
  if (mode === 'standby' || source === undefined || typeof webhookEventId !== 'string' || !idPattern.test(webhookEventId) || !Number.isSafeInteger(timestamp)) return nothing;
  const inGroup = source.type === 'group' || source.type === 'room';
  if (inGroup && groups === 'off') return nothing;
  const place = source.type === 'group' ? source.groupId : source.type === 'room' ? source.roomId : source.userId;
  if (place === undefined) return nothing;
  const conversation = nameOf(place, key);
  if (event.type === 'unfollow' || event.type === 'leave') return { kind: 'forget', conversation };
  if (event.type === 'unsend') return { kind: 'withdraw', conversation, message: `line-${event.unsend.messageId}` };
  const said = saidIn(event, inGroup);
  const { replyToken } = event as { replyToken?: string };
  if (said === undefined || typeof replyToken !== 'string') return nothing;
  const activity: Partial<Activity> = {
    id: `line-${webhookEventId}`, ...said, channelId, timestamp: new Date(timestamp), channelData: { ...said.channelData as object | undefined, inbox: webhookEventId },
    conversation: { id: conversation, isGroup: inGroup, conversationType: inGroup ? 'group' : 'personal', name: '' },
    from: { id: conversation, name: '', role: 'user' }, recipient: { id: 'madoguchi', name: 'Madoguchi' },
  };
  const kept: Kept = { activity, replyToken, ...(inGroup || source.userId === undefined ? {} : { user: source.userId }) };
  return { kind: 'answer', inbox: { id: webhookEventId, conversation, at: timestamp, event: kept } };
}
