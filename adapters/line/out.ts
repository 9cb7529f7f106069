import type { messagingApi } from '@line/bot-sdk';
import { readChoice } from '../../bot/choice.ts';
import type { Activity, CardAction } from '../../bot/engine.ts';
import type { AnswerDetails, QuestionDetails } from '../../bot/reply.ts';
import { isNumbered } from '../../bot/reply.ts';
import { parseMarkdown } from '../../knowledge/markdown.ts';
import { answerBubble, choiceBubble } from './flex.ts';
import { cutGraphemes, cutUnits, limits, splitText } from './limits.ts';
import { numbered, toPlainText } from './text.ts';

type Message = messagingApi.Message;

/** Most bubbles one text becomes. */
const mostParts = 3;
/** Longest text of a bubble before it is split, in UTF-16 units: what fits a phone. */
const comfortable = 1200;

const detailsOf = <Details extends { type: string }>({ entities = [] }: Partial<Activity>, type: Details['type']): Details | undefined =>
  entities.find((entity) => entity.type === type) as Details | undefined;

function quickReply({ title, value }: CardAction, index: number): messagingApi.QuickReplyItem {
  const id = String(value);
  const label = isNumbered(id) ? `${index + 1} ${title}` : title;
  return { type: 'action', action: { type: 'postback', label: cutGraphemes(label, limits.label), data: cutUnits(id, limits.data), displayText: cutUnits(title, limits.displayText) } };
}

/** Choices as quick replies; a day is picked with LINE's own picker, which comes first. */
function quickReplies(actions: readonly CardAction[], question: QuestionDetails | undefined, pick: string): messagingApi.QuickReply | undefined {
  const picker: messagingApi.QuickReplyItem[] = question?.day === undefined ? [] : [{ type: 'action', action: {
    type: 'datetimepicker', mode: 'date', label: cutGraphemes(pick, limits.label), data: question.day.choice, min: question.day.min, max: question.day.max,
  } }];
  const items = [...picker, ...actions.map(quickReply)].slice(0, limits.quickReplies);
  return items.length === 0 ? undefined : { items };
}

function textMessages(text: string, actions: readonly CardAction[], quick: messagingApi.QuickReply | undefined): Message[] {
  const body = [toPlainText(parseMarkdown(text).blocks), numbered(actions)].filter((part) => part !== '').join('\n\n');
  const parts = splitText(body, Math.min(comfortable, limits.text), mostParts);
  return parts.map((part, index): Message => ({ type: 'text', text: part, ...(index === parts.length - 1 && quick !== undefined ? { quickReply: quick } : {}) }));
}

/** An answer as a bubble, then what may be asked next. */
function answerMessages(details: AnswerDetails, actions: readonly CardAction[], quick: messagingApi.QuickReply | undefined): Message[] {
  const bubble = answerBubble(details);
  const plain = `${details.title}\n${toPlainText(parseMarkdown(details.body).blocks)}`;
  // A bubble LINE would refuse for its size becomes text.
  if (Buffer.byteLength(JSON.stringify(bubble)) > limits.bubbleBytes) return textMessages(`**${details.title}**\n\n${details.body}`, actions, quick);
  const list = numbered(actions);
  const flex: Message = { type: 'flex', altText: cutUnits(plain, limits.altText), contents: bubble };
  if (list === '') return [{ ...flex, ...(quick === undefined ? {} : { quickReply: quick }) }];
  return [flex, { type: 'text', text: cutUnits(list, limits.text), ...(quick === undefined ? {} : { quickReply: quick }) }];
}

/** Two or three entries to choose from, as cards beside each other. */
function candidates(text: string, actions: readonly CardAction[], quick: messagingApi.QuickReply | undefined): Message[] {
  const cards = actions.filter(({ value }) => readChoice(String(value))?.kind === 'entry').slice(0, limits.carousel);
  const plain = toPlainText(parseMarkdown(text).blocks);
  return [
    { type: 'text', text: cutUnits(`${plain}\n\n${numbered(actions)}`, limits.text) },
    { type: 'flex', altText: cutUnits(`${plain}\n${numbered(actions)}`, limits.altText), contents: { type: 'carousel', contents: cards.map(choiceBubble) }, ...(quick === undefined ? {} : { quickReply: quick }) },
  ];
}

/**
 * Translates the replies of a turn into messages within LINE's limits, at most five.
 * @param pick label of the date picker, in the reply's language
 */
export function toMessages(replies: readonly Partial<Activity>[], pick: (locale: string) => string): Message[] {
  const messages = replies.filter(({ type }) => type === 'message').flatMap((reply, index): Message[] => {
    const isLast = index === replies.length - 1;
    const actions = reply.suggestedActions?.actions ?? [];
    const answer = detailsOf<AnswerDetails>(reply, 'madoguchi/answer');
    const question = detailsOf<QuestionDetails>(reply, 'madoguchi/question');
    // Quick replies show only below the last message of all.
    const quick = isLast ? quickReplies(actions, question, pick(reply.locale ?? 'ja')) : undefined;
    if (answer !== undefined) return answerMessages(answer, actions, quick);
    const isChoice = question === undefined && actions.some(({ value }) => readChoice(String(value))?.kind === 'entry') && actions.every(({ value }) => readChoice(String(value))?.kind !== 'guide');
    return isChoice ? candidates(reply.text ?? '', actions, quick) : textMessages(reply.text ?? '', actions, quick);
  });
  return messages.slice(-limits.messages);
}

/** The same replies as plain text only, for when LINE refuses what they were made into. */
export function toFallback(replies: readonly Partial<Activity>[]): Message[] {
  const text = replies.filter(({ type }) => type === 'message').map(({ text: part = '', suggestedActions }) =>
    [toPlainText(parseMarkdown(part).blocks), numbered(suggestedActions?.actions ?? [])].filter((piece) => piece !== '').join('\n\n')).join('\n\n');
  return splitText(text, limits.text, mostParts).map((part): Message => ({ type: 'text', text: part }));
}
