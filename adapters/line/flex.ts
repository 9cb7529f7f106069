import type { messagingApi } from '@line/bot-sdk';
import type { CardAction } from '../../bot/engine.ts';
import { type AnswerDetails, type Progress } from '../../bot/reply.ts';
import { parseMarkdown, type Block, type Span } from '../../knowledge/markdown.ts';
import { cutGraphemes, cutUnits, limits } from './limits.ts';

type Component = messagingApi.FlexComponent;

/** Dark enough on white for everybody (contrast 8:1 and more). */
const ink = '#1b1b1f';
const soft = '#4d525c';
const accent = '#0b4f9e';

const text = (content: string, more: Partial<messagingApi.FlexText> = {}): messagingApi.FlexText =>
  ({ type: 'text', text: content, wrap: true, scaling: true, color: ink, size: 'md', ...more });

/** Text with bold parts; a link is a line of its own below, since part of a text cannot be tapped. */
function spanned(spans: readonly Span[], more: Partial<messagingApi.FlexText> = {}): messagingApi.FlexText {
  const parts = spans.filter(({ text: part }) => part !== '').map(({ text: part, bold }): messagingApi.FlexSpan => ({ type: 'span', text: part, ...(bold === true ? { weight: 'bold' } : {}) }));
  return { type: 'text', wrap: true, scaling: true, color: ink, size: 'md', contents: parts, ...more } as messagingApi.FlexText;
}

const links = (spans: readonly Span[]): Component[] => spans.flatMap(({ link, text: label }) => (link === undefined || !/^https:/.test(link) ? [] : linkButton(label, link)));

/** A button that opens a page; none for an address LINE would refuse, since a shortened one leads nowhere. */
function linkButton(label: string, page: string): Component[] {
  const uri = URL.canParse(page) ? new URL(page).href : '';
  if (uri === '' || uri.length > limits.uri) return [];
  return [{ type: 'button', style: 'link', height: 'sm', scaling: true, color: accent, action: { type: 'uri', label: cutGraphemes(label, limits.buttonLabel), uri } } as Component];
}

function blockComponents(block: Block): Component[] {
  if (block.kind === 'paragraph') return [spanned(block.spans, { margin: 'lg' }), ...links(block.spans)];
  return block.items.flatMap((item, index): Component[] => [{
    type: 'box', layout: 'baseline', margin: index === 0 ? 'lg' : 'md', contents: [
      text(block.ordered ? `${index + 1}.` : '・', { flex: 0, wrap: false, weight: 'bold' }),
      spanned(item, { flex: 1, margin: 'sm' }),
    ],
  } as Component, ...links(item)]);
}

/** The way from beginning to end, a line each. */
const way = ({ stages, at, here }: Progress): Component => ({
  type: 'box', layout: 'vertical', margin: 'lg', paddingAll: 'md', backgroundColor: '#eef2f8', cornerRadius: 'md',
  contents: stages.map((stage, index) => text(index < at ? `✓ ${stage}` : index === at ? `▶ ${here}` : `・ ${stage}`, { size: 'sm', ...(index === at ? { weight: 'bold', color: accent } : {}) })),
} as Component);

/** An answer: title, text with steps as a list, office with its telephone, official page, day it was verified. */
export function answerBubble({ title, body, department, tel, hours, source, sourceLabel, checked, progress }: AnswerDetails): messagingApi.FlexBubble {
  return {
    type: 'bubble', size: 'giga',
    body: { type: 'box', layout: 'vertical', contents: [text(title, { weight: 'bold', size: 'lg' }), ...(progress === undefined ? [] : [way(progress)]), ...parseMarkdown(body).blocks.flatMap(blockComponents)] },
    footer: { type: 'box', layout: 'vertical', spacing: 'sm', contents: [
      text(`${department}(${hours})`, { size: 'sm', color: soft }),
      { type: 'button', style: 'primary', height: 'sm', scaling: true, color: accent, action: { type: 'uri', label: cutGraphemes(`☎ ${tel}`, limits.buttonLabel), uri: `tel:${tel}` } } as Component,
      ...linkButton(sourceLabel, source),
      text(checked, { size: 'xs', color: soft }),
    ] },
  };
}

/** One of several entries to choose from. */
export function choiceBubble({ title, value }: CardAction, index: number): messagingApi.FlexBubble {
  const action = { type: 'postback' as const, label: cutGraphemes(title, limits.buttonLabel), data: cutUnits(String(value), limits.data), displayText: cutUnits(title, limits.displayText) };
  return {
    type: 'bubble', size: 'kilo',
    body: { type: 'box', layout: 'vertical', action, contents: [text(`${index + 1}`, { size: 'sm', color: accent, weight: 'bold' }), text(title, { weight: 'bold' })] },
    footer: { type: 'box', layout: 'vertical', contents: [{ type: 'button', style: 'primary', height: 'sm', scaling: true, color: accent, action } as Component] },
  };
}
