import { readFiles } from '../../knowledge/files.ts';
import { documentsOf, prepare } from '../../knowledge/prepare.ts';
import { readQuestions } from '../../adapters/desk/questions.ts';
import { openDictionary } from '../../knowledge/search/kuromoji.ts';
import { elsewherePrefix } from '../../knowledge/search/learn.ts';
import { learn, openModel, settings, type Example, type Settings } from '../../knowledge/search/model.ts';
import { makeCut, type Language, type Terms } from '../../knowledge/search/terms.ts';
import { knowledgeFolder } from '../helpers.ts';

/** Every fifth phrase is left out and asked. */
const leftOut = 5;

interface Asked {
  readonly terms: Terms;
  readonly right: readonly string[];
}
interface Variant {
  readonly name: string;
  readonly settings?: Settings;
  /** What is left of the examples to learn from. */
  readonly from?: (examples: readonly Example[]) => readonly Example[];
  /** What is left of a text. */
  readonly without?: (terms: Terms) => Terms;
}

const kinds = (changes: Partial<Settings['kinds']>): Settings => ({ ...settings, kinds: { ...settings.kinds, ...changes } });
/** The first so many ways to ask of each entry. */
const phrasesOnly = (most: number) => (examples: readonly Example[]): readonly Example[] => {
  const counts = new Map<string, number>();
  return examples.filter(({ label, weight }) => {
    if (weight < 1) return true;
    counts.set(label, (counts.get(label) ?? 0) + 1);
    return counts.get(label)! <= most;
  });
};

const variants: readonly Variant[] = [
  { name: 'as shipped' },
  { name: 'without concepts (words that mean the same)', without: (terms) => ({ ...terms, concepts: [] }) },
  { name: 'without pairs of concepts', settings: kinds({ pair: 0 }) },
  { name: 'without runs of sounds or letters', settings: kinds({ run: 0 }) },
  { name: 'runs of sounds or letters alone', settings: kinds({ word: 0, concept: 0, pair: 0 }) },
  { name: 'words alone', settings: kinds({ concept: 0, pair: 0, run: 0 }) },
  { name: 'without the answers’ text', from: (examples) => examples.filter(({ weight }) => weight === 1) },
  { name: 'answers’ text counted fully', from: (examples) => examples.map((example) => ({ ...example, weight: 1 })) },
  { name: 'without what belongs to other offices', from: (examples) => examples.filter(({ label }) => !label.startsWith(elsewherePrefix)) },
  { name: '12 phrases an entry', from: phrasesOnly(13) },
  { name: '50 phrases an entry', from: phrasesOnly(51) },
  { name: '100 phrases an entry', from: phrasesOnly(101) },
  { name: 'with pairs and runs that occur in few', settings: { ...settings, least: 1 } },
  { name: 'nothing corrected: naive Bayes alone', settings: { ...settings, rate: 0 } },
  { name: 'smoothing ten times as strong', settings: { ...settings, smoothing: settings.smoothing * 10 } },
  { name: 'smoothing a tenth as strong', settings: { ...settings, smoothing: settings.smoothing / 10 } },
];

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : ((part / whole) * 100).toFixed(1)).padStart(6);

function judge(examples: readonly Example[], asked: readonly Asked[], language: Language, how: Settings | undefined): string {
  const model = openModel(learn(examples, language, how), language);
  let first = 0;
  let inThree = 0;
  for (const { terms, right } of asked) {
    const ranked = model.rank(terms).filter(({ label }) => !label.startsWith(elsewherePrefix)).slice(0, 3).map(({ label }) => label);
    if (right.includes(ranked[0] ?? '')) first += 1;
    if (ranked.some((label) => right.includes(label))) inThree += 1;
  }
  return `${percent(first, asked.length)} ${percent(inThree, asked.length)}`;
}

/** Prints what each part of the search is worth: right first and right in three, on phrases left out and on question files. */
export async function ablation(questionFiles: readonly string[]): Promise<void> {
  const files = await readFiles(knowledgeFolder);
  const prepared = prepare(files);
  const cut = makeCut(openDictionary(), prepared.terms, prepared.concepts);
  const documents = documentsOf(files, prepared);
  const questions = (await Promise.all(questionFiles.map(readQuestions))).flat().filter(({ turns, relevant }) => turns.length === 1 && relevant.length > 0);
  const sets = (['ja', 'en'] as const).map((language) => {
    const examples = documents[language].map(({ text, weight, ...owner }): Example => ({ label: 'entry' in owner ? owner.entry : elsewherePrefix + owner.elsewhere, weight, terms: cut(text.slice(0, 2000), language) }));
    const isOut = ({ weight, label }: Example, at: number): boolean => weight === 1 && at % leftOut === 0 && !label.startsWith(elsewherePrefix);
    return {
      language, all: examples, kept: examples.filter((example, at) => !isOut(example, at)),
      phrases: examples.filter(isOut).map(({ terms, label }): Asked => ({ terms, right: [label] })),
      questions: questions.filter(({ lang }) => lang === language).map(({ turns: [text], relevant }): Asked => ({ terms: cut(text!, language), right: relevant })),
    };
  });
  console.log(`% right first and right in three; phrases left out: ${sets.map(({ language, phrases }) => `${language} ${phrases.length}`).join(', ')}; questions: ${sets.map(({ language, questions: some }) => `${language} ${some.length}`).join(', ')}\n`);
  console.log(`${' '.repeat(46)}${sets.map(({ language }) => `${language} left out   ${language} questions`.padStart(30)).join('')}`);
  for (const { name, settings: how, from, without = (terms: Terms): Terms => terms } of variants) {
    const change = (examples: readonly Example[]): Example[] => (from?.(examples) ?? examples).map((example) => ({ ...example, terms: without(example.terms) }));
    const ask = (asked: readonly Asked[]): Asked[] => asked.map((one) => ({ ...one, terms: without(one.terms) }));
    const cells = sets.map(({ language, all, kept, phrases, questions: some }) => `${judge(change(kept), ask(phrases), language, how)}   ${judge(change(all), ask(some), language, how)}`.padStart(30));
    console.log(`${name.padEnd(46)}${cells.join('')}`);
  }
}
