import MarkdownIt, { type Token } from 'markdown-it';

/** A run of text in one style. */
export interface Span {
  readonly text: string;
  readonly bold?: boolean;
  readonly link?: string;
}

/** The small Markdown: paragraphs and one level of lists, with bold and links. */
export type Block =
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[]; readonly line: number }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Span[])[]; readonly line: number };

export interface SmallMarkdown {
  readonly blocks: readonly Block[];
  /** Lines, counted from 1, that hold anything beyond the small Markdown. */
  readonly beyond: readonly number[];
}

const parser = new MarkdownIt({ html: false, linkify: false, breaks: true });

function spansOf(inline: Token, beyond: () => void): Span[] {
  const spans: Span[] = [];
  let bold = false;
  let link: string | undefined;
  const add = (text: string): void => {
    if (text !== '') spans.push({ text, ...(bold ? { bold } : {}), ...(link === undefined ? {} : { link }) });
  };
  for (const token of inline.children ?? []) {
    if (token.type === 'text') add(token.content);
    else if (token.type === 'softbreak' || token.type === 'hardbreak') add('\n');
    else if (token.type === 'strong_open') bold = true;
    else if (token.type === 'strong_close') bold = false;
    else if (token.type === 'link_open') link = String(token.attrGet('href') ?? '');
    else if (token.type === 'link_close') link = undefined;
    else {
      add(token.content);
      beyond();
    }
  }
  return spans;
}

/** Reads the small Markdown; what lies beyond it is kept as plain text and its lines are named. */
export function parseMarkdown(text: string): SmallMarkdown {
  const blocks: Block[] = [];
  const beyond = new Set<number>();
  let list: { ordered: boolean; items: Span[][]; line: number } | undefined;
  let depth = 0;
  let inside = 0; // levels of something beyond the small Markdown; its words are kept as paragraphs
  for (const token of parser.parse(text, {})) {
    const line = (token.map?.[0] ?? 0) + 1;
    if (inside > 0 && token.type !== 'inline') inside += token.nesting;
    else if (token.type === 'bullet_list_open' || token.type === 'ordered_list_open') {
      depth += 1;
      if (depth > 1) beyond.add(line);
      else list = { ordered: token.type === 'ordered_list_open', items: [], line };
    } else if (token.type === 'bullet_list_close' || token.type === 'ordered_list_close') {
      depth -= 1;
      if (depth === 0 && list !== undefined) {
        blocks.push({ kind: 'list', ...list });
        list = undefined;
      }
    } else if (token.type === 'inline') {
      const spans = spansOf(token, () => beyond.add(line));
      if (list === undefined) blocks.push({ kind: 'paragraph', spans, line });
      else list.items.push(spans);
    } else if (!['paragraph_open', 'paragraph_close', 'list_item_open', 'list_item_close'].includes(token.type)) {
      beyond.add(line);
      inside += token.nesting;
      if (token.content !== '') blocks.push({ kind: 'paragraph', spans: [{ text: token.content.trim() }], line });
    }
  }
  return { blocks, beyond: [...beyond].sort((a, b) => a - b) };
}

const spanText = ({ text, bold, link }: Span): string => {
  const strong = bold === true ? `**${text}**` : text;
  return link === undefined ? strong : `[${strong}](${link})`;
};

/** The small Markdown as text again. */
export function markdownText(blocks: readonly Block[]): string {
  return blocks.map((block) => block.kind === 'paragraph'
    ? block.spans.map(spanText).join('')
    : block.items.map((item, index) => `${block.ordered ? `${index + 1}.` : '-'} ${item.map(spanText).join('')}`).join('\n')).join('\n\n');
}

/** The words alone, a block or list item a line. */
export function plainLines(blocks: readonly Block[]): string[] {
  const words = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('');
  return blocks.flatMap((block) => (block.kind === 'paragraph' ? [words(block.spans)] : block.items.map(words)));
}

const slotPattern = /\{(\w+)\}/g;

/** Names of the slots (`{notice_from}`) in a text. */
export const slotsIn = (text: string): string[] => [...text.matchAll(slotPattern)].map(([, name]) => name!);

/** Fills slots; undefined when one of them has no value. */
export function fillText(text: string, slots: Readonly<Record<string, string | undefined>>): string | undefined {
  if (slotsIn(text).some((name) => slots[name] === undefined)) return undefined;
  return text.replace(slotPattern, (_, name: string) => slots[name]!);
}

/** Fills slots in every block. A paragraph or list item with a slot that has no value is left out whole. */
export function fillBlocks(blocks: readonly Block[], slots: Readonly<Record<string, string | undefined>>): Block[] {
  const fill = (spans: readonly Span[]): Span[] | undefined => {
    const filled: Span[] = [];
    for (const span of spans) {
      const text = fillText(span.text, slots);
      const link = span.link === undefined ? undefined : fillText(decodeURI(span.link), slots);
      if (text === undefined || (span.link !== undefined && link === undefined)) return undefined;
      filled.push({ ...span, text, ...(link === undefined ? {} : { link }) });
    }
    return filled;
  };
  return blocks.flatMap((block): Block[] => {
    if (block.kind === 'paragraph') {
      const spans = fill(block.spans);
      return spans === undefined ? [] : [{ ...block, spans }];
    }
    const items = block.items.map(fill).filter((item) => item !== undefined);
    return items.length === 0 ? [] : [{ ...block, items }];
  });
}
