import { furigana, type Readings } from '../../../knowledge/furigana.ts';
import { callAddress, splitAtNumbers } from '../../../knowledge/telephone.ts';
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
    nodes.push(bold === undefined ? element('a', { href: href!, ...(href!.startsWith('tel:') ? {} : { rel: 'noopener noreferrer', target: '_blank' }) }, ...written(label!)) : element('strong', {}, ...inline(bold)));
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

/** Telephone numbers can be tapped. */
const callable = (text: string): (Node | string)[] => splitAtNumbers(text).flatMap((part, index) => (index % 2 === 0 ? written(part) : [element('a', { href: callAddress(part) }, part)]));

const lines = (text: string): (Node | string)[] => text.split('\n').flatMap((line, index) => (index === 0 ? callable(line) : [element('br'), ...callable(line)]));

/** A paragraph that is bold as a whole, and no sentence, stands above what follows. */
const headingPattern = /^\*\*([^*]+[^*。.！!？?])\*\*$/;

/** Paragraphs, lists and headings of a message. */
export function markdown(text: string): Node[] {
  return text.split(/\n{2,}/).filter((block) => block.trim() !== '').map((block, index, all) => {
    const [, heading] = headingPattern.exec(block) ?? [];
    if (heading !== undefined && index < all.length - 1) return element('h4', {}, ...lines(heading));
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

/** An answer: its title as a heading, its text, the figure of the way and the file for the calendar where it has them. */
export function answer(text: string, { title, progress, calendar }: AnswerParts, home: string): Node[] {
  const mark = `**${title}**`;
  const at = Math.max(0, text.indexOf(mark));
  const body = markdown(text.slice(at).replace(mark, ''));
  // The way is the first paragraph below the title, for those who see the text only.
  if (progress !== undefined) body.splice(0, 1, way(progress));
  return [
    ...markdown(text.slice(0, at)), element('h3', {}, ...written(title)), ...body,
    ...(calendar === undefined ? [] : [element('p', {}, element('a', { href: home + calendar.path, download: '' }, calendar.label))]),
  ];
}

/** A message as it is pasted elsewhere: without marks, a link's address behind its words. */
export const plain = (text: string): string => text.replace(/\*\*/g, '').replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, '$1 $2');
