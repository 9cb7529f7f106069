import { furigana, type Readings } from '../../../knowledge/furigana.ts';
import type { AnswerParts } from './message.ts';

/** Makes elements of the small Markdown; text is only ever set as text, so no markup gets in. */

type Attributes = Readonly<Record<string, string>>;

export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Attributes = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const inlinePattern = /\*\*(.+?)\*\*|\[([^\]]+)\]\((https:\/\/[^)\s]+|tel:[\d+#-]+)\)/g;

function inline(text: string): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let at = 0;
  for (const match of text.matchAll(inlinePattern)) {
    const [whole, bold, label, href] = match;
    if (match.index > at) nodes.push(...lines(text.slice(at, match.index)));
    nodes.push(bold === undefined ? element('a', { href: href!, rel: 'noopener noreferrer', target: '_blank' }, ...written(label!)) : element('strong', {}, ...inline(bold)));
    at = match.index + whole.length;
  }
  if (at < text.length) nodes.push(...lines(text.slice(at)));
  return nodes;
}

let readings: Readings | undefined;
/** From now on texts carry furigana by this table, or none. */
export const writeWith = (table: Readings | undefined): void => { readings = table; };

/** A text as it is written: with furigana where they are switched on. */
export const written = (text: string): (Node | string)[] => (readings === undefined ? [text] : furigana(text, readings).map(({ text: part, reading }) =>
  (reading === undefined || reading === '' ? part : element('ruby', {}, part, element('rp', {}, '('), element('rt', {}, reading), element('rp', {}, ')')))));

const lines = (text: string): (Node | string)[] => text.split('\n').flatMap((line, index) => (index === 0 ? written(line) : [element('br'), ...written(line)]));

/** Paragraphs and lists of a message. */
export function markdown(text: string): Node[] {
  return text.split(/\n{2,}/).filter((block) => block.trim() !== '').map((block) => {
    const items = block.split('\n');
    const ordered = items.every((line) => /^\d+\. /.test(line));
    if (ordered || items.every((line) => line.startsWith('- '))) {
      return element(ordered ? 'ol' : 'ul', {}, ...items.map((line) => element('li', {}, ...inline(line.replace(/^(\d+\.|-) /, '')))));
    }
    return element('p', {}, ...inline(block));
  });
}

/** The way from beginning to end as a list, with the place where the person is. */
const way = ({ stages, at, here }: NonNullable<AnswerParts['progress']>): HTMLElement => element('ol', { class: 'way' },
  ...stages.map((stage, index) => element('li', index === at ? { 'aria-current': 'step' } : { class: index < at ? 'done' : 'ahead' }, ...written(index === at ? here : stage))));

/** An answer: its text, with the figure of the way and the file for the calendar where it has them. */
export function answer(text: string, { progress, calendar }: AnswerParts, home: string): Node[] {
  const blocks = markdown(text);
  // The way is the second paragraph of the text, for those who see the text only.
  if (progress !== undefined) blocks.splice(blocks.length > 1 ? 1 : 0, 1, way(progress));
  return calendar === undefined ? blocks : [...blocks, element('p', {}, element('a', { href: home + calendar.path, download: '' }, calendar.label))];
}
