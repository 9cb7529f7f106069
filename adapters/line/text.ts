import type { CardAction } from '../../bot/engine.ts';
import { isNumbered } from '../../bot/reply.ts';
import type { Block, Span } from '../../knowledge/markdown.ts';

const spanText = ({ text, link }: Span): string => (link === undefined || link === text ? text : link.startsWith('tel:') ? text : `${text} ${link}`);

/** The small Markdown as LINE shows text: no signs of it are left, links are written out. */
export function toPlainText(blocks: readonly Block[]): string {
  return blocks.map((block) => (block.kind === 'paragraph'
    ? block.spans.map(spanText).join('')
    : block.items.map((item, index) => `${block.ordered ? `${index + 1}. ` : '・'}${item.map(spanText).join('')}`).join('\n'))).join('\n\n');
}

/** Choices with their numbers, a line each: quick replies vanish, and do not exist on LINE for PC. */
export const numbered = (actions: readonly CardAction[]): string =>
  actions.filter(({ value }) => isNumbered(String(value))).map(({ title }, index) => `${index + 1} ${title}`).join('\n');
