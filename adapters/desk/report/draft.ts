import { addMonths, type Day } from '../../../knowledge/days.ts';
import type { Library } from '../../../knowledge/library.ts';
import { inLatin } from '../../../knowledge/search/romaji.ts';
import type { Cut } from '../../../knowledge/search/terms.ts';
import { fieldText } from '../../../knowledge/yaml.ts';
import type { Say } from '../command.ts';
import type { ShownGroup } from './unanswered.ts';

/** A file to begin an entry with. */
export interface Draft {
  /** Below the knowledge folder. */
  readonly file: string;
  readonly text: string;
  /** A line for questions.jsonl, by which `diff` and `eval` know the right answer. */
  readonly known: string;
}

/** More phrases than this are for `….phrases.txt`. */
const mostPhrases = 40;
const sluggish = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

/** The English word a search word is the stem of, as somebody wrote it; other words as they are. */
export const inFull = (word: string, questions: readonly { readonly text: string }[]): string =>
  (/^[a-z0-9]+$/.test(word) ? questions.flatMap(({ text }) => text.toLowerCase().match(/[a-z0-9]+/g) ?? []).find((one) => one.startsWith(word) || one.startsWith(word.slice(0, -1))) : undefined) ?? word;

/** A name from what tells most of a group: the name of a meaning, or a word in Latin letters. */
function nameOf({ shared: [first], lang, questions }: ShownGroup, cut: Cut): string {
  if (first === undefined) return 'question';
  if (first.kind === 'concept') return sluggish(first.name) || 'question';
  return sluggish(lang === 'en' ? inFull(first.name, questions) : inLatin(cut(first.name, 'ja').sound)) || 'question';
}

function textOf(group: ShownGroup, near: string, { library, today, say }: Parts): string {
  const entry = library.entry(near, group.lang, today)!;
  const title = group.questions[0]!.text;
  const mostAsked = [...group.questions].sort((a, b) => b.times - a.times).slice(0, mostPhrases).map(({ text }) => text);
  return [
    '---', fieldText('title', title, 'brackets'), fieldText('phrases', mostAsked, 'lines'),
    say(`# ここから facts までは、いちばん近い回答 ${near} の写しです。確かめて、直してください。`, `# From here to facts: copied from the nearest entry, ${near}. Verify and correct.`),
    fieldText('department', entry.department, 'brackets'), fieldText('source', entry.source, 'brackets'), fieldText('facts', entry.facts, 'brackets'),
    fieldText('checked', today, 'brackets'), fieldText('review', addMonths(today, 6), 'brackets'), fieldText('draft', true, 'brackets'), '---',
    // A slot nobody fills: as long as it stands here, the file is not served, even without draft.
    say('{answer} この行を消して、回答を書いてください。', '{answer} Replace this line by the answer.'), '',
  ].join('\n');
}

export interface Parts {
  readonly library: Library;
  readonly today: Day;
  readonly cut: Cut;
  readonly say: Say;
}

/** A draft for each group, with a name of its own that no published entry has. */
export function draftsOf(groups: readonly ShownGroup[], parts: Parts): Draft[] {
  const { library, today, cut } = parts;
  const taken = new Set(library.entries.filter(({ draft }) => !draft).map(({ id, locale }) => `faq/${id}.${locale}.md`));
  const anything = library.entries.find(({ draft, phrases }) => !draft && phrases.length > 0)?.id;
  return groups.flatMap((group): Draft[] => {
    const near = [...group.near, ...(anything === undefined ? [] : [anything])].find((id) => library.entry(id, group.lang, today) !== undefined);
    if (near === undefined) return [];
    const base = `faq/${near.split('/')[0]}/${nameOf(group, cut)}`;
    const names = [base, ...Array.from({ length: 99 }, (_, at) => `${base}-${at + 2}`)].map((name) => `${name}.${group.lang}.md`);
    const file = names.find((name) => !taken.has(name)) ?? names.at(-1)!;
    taken.add(file);
    const id = file.slice('faq/'.length).replace(/\.(ja|en)\.md$/, '');
    return [{ file, text: textOf(group, near, parts), known: JSON.stringify({ id: `q-${id.replace('/', '-')}-${group.lang}`, lang: group.lang, text: group.questions[0]!.text, relevant: [id] }) }];
  });
}
