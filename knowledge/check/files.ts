import { elsewhereFolder } from '../words.ts';
import type { CheckInput, Rule, Spot } from './rule.ts';

/** Twelve digits or more in a row, whatever stands between them; dates and telephone numbers are shorter. */
const longNumber = /(?:[\d０-９][\s\-‐-―ー・.．]{0,2}){11}[\d０-９]/u;

const everyLine = ({ texts }: CheckInput, wrong: (line: string) => boolean): { file: string; line: number }[] =>
  [...texts].flatMap(([file, text]) => text.split('\n').flatMap((line, index) => (wrong(line) ? [{ file, line: index + 1 }] : [])));

/** The file whose ways to ask a file holds; undefined where it holds none. */
function ownerOf(file: string): string | undefined {
  if (file.endsWith('.phrases.txt')) return file.replace(/\.phrases\.txt$/, '.md');
  return file.startsWith(elsewhereFolder) ? elsewhereFolder.replace(/\/$/, '.yaml') : undefined;
}

/** Rules about files as they are written, before anybody reads what they say. */
export const fileRules: readonly Rule[] = [
  {
    name: 'personal-number', level: 'error',
    why: { ja: 'マイナンバーを、ファイルに書いて公開してはいけません。', en: 'An Individual Number must never be written into a file and published.' },
    find: (input): Spot[] => everyLine(input, (line) => longNumber.test(line.replace(/https?:\/\/\S+/g, ''))).map((place) => ({ ...place,
      what: { ja: '12桁以上の数字があります。マイナンバーかもしれません。', en: 'There are 12 digits or more; it may be an Individual Number.' },
      remedy: { ja: 'この行を消してください。例を書くときも、数字は使わないでください。', en: 'Remove the line; use no digits in examples either.' } })),
  },
  {
    name: 'line-ends', level: 'notice',
    why: { ja: '改行の形が混ざると、直した行と違う行番号が表示されます。', en: 'Mixed line ends make the line numbers wrong.' },
    find: ({ texts }): Spot[] => [...texts].flatMap(([file, text]) => {
      const windows = (text.match(/\r\n/g) ?? []).length;
      const old = (text.match(/\r(?!\n)/g) ?? []).length;
      const unix = (text.match(/(?<!\r)\n/g) ?? []).length;
      return old > 0 || (windows > 0 && unix > 0) ? [{ file, line: 1,
        what: { ja: '改行の形が混ざっています。', en: 'The line ends are mixed.' },
        remedy: { ja: '改行コードに「LF」を選んで保存し直してください。', en: 'Save it again with the line ends LF.' } }] : [];
    }),
  },
  {
    name: 'phrases-of-nobody', level: 'notice',
    why: { ja: '聞き方のファイルだけがあって、その回答や用件がないと、そのファイルは使われません。', en: 'Ways to ask without an answer or a service they belong to are not used.' },
    find: ({ texts, unread, services }): Spot[] => [...texts.keys()].flatMap((file) => {
      const owner = ownerOf(file);
      const service = file.startsWith(elsewhereFolder) ? /^(.+)\.(?:ja|en)\.txt$/.exec(file.slice(elsewhereFolder.length))?.[1] : undefined;
      const isUsed = owner === undefined || unread.has(owner) || (file.startsWith(elsewhereFolder) ? service !== undefined && services.includes(service) : texts.has(owner));
      return isUsed ? [] : [{ file, line: 1,
        what: { ja: `この聞き方は使われていません。${owner} に、この名前のものがありません。`, en: `These ways to ask are not used: there is nothing of this name in ${owner}.` },
        remedy: { ja: 'ファイルの名前を直すか、要らなければこのファイルを消してください。', en: 'Mend the name of the file, or delete it if it is not needed.' } }];
    }),
  },
];
