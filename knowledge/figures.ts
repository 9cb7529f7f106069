import { plainLines, slotsIn, type Block } from './markdown.ts';

const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const monthPattern = new RegExp(`\\b(${months.join('|')})\\b`, 'gi');

/** What must be the same in every language of an entry. */
export interface Figures {
  readonly numbers: readonly string[];
  readonly telephones: readonly string[];
  readonly links: readonly string[];
  readonly slots: readonly string[];
}

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();

/** Numbers of a text: “1,000”, “9:30” and “2 December” are read as 1000, 9 30 and 2 12; telephone numbers and slots do not count. */
export function numbersOf(text: string): string[] {
  const plain = text.normalize('NFKC').replace(/0\d{1,4}-\d{1,4}-\d{3,4}|\{\w+\}|https?:\/\/\S+/g, ' ')
    // “may” and “march” are months only beside a number.
    .replace(monthPattern, (name, _all, at: number, whole: string) =>
      (/^(may|march)$/i.test(name) && !/\d\s*$/.test(whole.slice(0, at)) && !/^\s*\d/.test(whole.slice(at + name.length)) ? name : ` ${months.indexOf(name.toLowerCase()) + 1} `))
    .replace(/(\d),(?=\d{3})/g, '$1').replace(/(\d{1,2}):00/g, '$1 ').replace(/(\d{1,2}):(\d{2})/g, '$1 $2');
  return unique((plain.match(/\d+(?:\.\d+)?/g) ?? []).map((number) => String(Number(number))));
}

/** Figures, dates, telephone numbers, links and slots of an answer. */
export function figuresOf(blocks: readonly Block[]): Figures {
  const links = blocks.flatMap((block) => (block.kind === 'paragraph' ? block.spans : block.items.flat())).flatMap(({ link }) => (link === undefined ? [] : [link]));
  const text = plainLines(blocks).join('\n');
  return { numbers: numbersOf(text), telephones: unique(text.normalize('NFKC').match(/0\d{1,4}-\d{1,4}-\d{3,4}/g) ?? []), links: unique(links), slots: unique(slotsIn(text)) };
}

/** What stands in `a` and not in `b`, or the other way round; empty when they agree. */
export function differences(a: Figures, b: Figures): string[] {
  const kinds = ['numbers', 'telephones', 'links', 'slots'] as const;
  return kinds.flatMap((kind) => [...a[kind].filter((one) => !b[kind].includes(one)), ...b[kind].filter((one) => !a[kind].includes(one))]);
}
