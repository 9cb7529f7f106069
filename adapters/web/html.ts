import type { EasyWords } from '../../knowledge/easy.ts';
import { furigana } from '../../knowledge/furigana.ts';
import type { Block, Span } from '../../knowledge/markdown.ts';
import { callAddress, splitAtNumbers } from '../../knowledge/telephone.ts';

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Text as it may stand in HTML and in quoted attributes. */
export const html = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign]!);

/** Text with furigana from the reviewed table; kanji without a reading stay bare. */
export const ruby = (text: string, words: EasyWords): string => furigana(text, words.readings)
  .map(({ text: part, reading }) => (reading === undefined || reading === '' ? html(part) : `<ruby>${html(part)}<rp>(</rp><rt>${html(reading)}</rt><rp>)</rp></ruby>`)).join('');

/** Text with telephone numbers that can be tapped. */
export const callable = (text: string, write: (text: string) => string): string =>
  splitAtNumbers(text).map((part, index) => (index % 2 === 0 ? write(part) : `<a href="${callAddress(part)}">${part}</a>`)).join('');

/** A paragraph that is bold as a whole, and no sentence, stands above what follows. */
function headingOf(block: Block): string | undefined {
  const [first, ...more] = block.kind === 'paragraph' ? block.spans : [];
  return first?.bold === true && more.length === 0 && !/[。.！!？?]$/.test(first.text) ? first.text : undefined;
}

/** The small Markdown as HTML; `write` turns text into HTML. */
export function blocksHtml(blocks: readonly Block[], write: (text: string) => string): string {
  const spanHtml = ({ text, bold, link }: Span): string => {
    const inner = text.split('\n').map((line) => (link === undefined ? callable(line, write) : write(line))).join('<br>');
    const strong = bold === true ? `<strong>${inner}</strong>` : inner;
    return link === undefined ? strong : `<a href="${html(link)}" rel="noopener">${strong}</a>`;
  };
  const spans = (all: readonly Span[]): string => all.map(spanHtml).join('');
  return blocks.map((block, index) => {
    const heading = headingOf(block);
    if (heading !== undefined && index < blocks.length - 1) return `<h2>${spans([{ text: heading }])}</h2>`;
    if (block.kind === 'paragraph') return `<p>${spans(block.spans)}</p>`;
    const tag = block.ordered ? 'ol' : 'ul';
    return `<${tag}>${block.items.map((item) => `<li>${spans(item)}</li>`).join('')}</${tag}>`;
  }).join('\n');
}
