import { createRequire } from 'node:module';
import { DatabaseSync } from 'node:sqlite';
import { create, insertMultiple, search as searchOrama } from '@orama/orama';
import { createTokenizer } from '@orama/tokenizers/japanese';
import lunr from 'lunr';
import MiniSearch from 'minisearch';
import { readQuestions } from '../../adapters/desk/questions.ts';
import { readFiles } from '../../knowledge/files.ts';
import { documentsOf, prepare } from '../../knowledge/prepare.ts';
import { percentile } from '../../knowledge/search/evaluate.ts';
import { openIndex, type Document } from '../../knowledge/search/index.ts';
import { openDictionary } from '../../knowledge/search/kuromoji.ts';
import { learnOne } from '../../knowledge/search/learn.ts';
import { makeCut, type Cut, type Language } from '../../knowledge/search/terms.ts';
import { knowledgeFolder } from '../helpers.ts';

/** An entry as every engine gets it: all ways to ask and the answer. */
interface Page {
  readonly id: string;
  readonly asked: string;
  readonly body: string;
}
export type Search = (question: string) => Promise<readonly string[]> | readonly string[];
export interface Engine {
  readonly name: string;
  /** More entries than this it takes too long to load. */
  readonly most?: number;
  open(documents: readonly Document[], language: Language, cut: Cut): Promise<Search> | Search;
}

const require = createRequire(import.meta.url);
for (const plugin of ['lunr.stemmer.support', 'tinyseg', 'lunr.ja']) (require(`lunr-languages/${plugin}`) as (to: typeof lunr) => void)(lunr);

function pagesOf(documents: readonly Document[]): Page[] {
  const pages = new Map<string, { id: string; asked: string; body: string }>();
  for (const document of documents) {
    if (!('entry' in document)) continue;
    const page = pages.get(document.entry) ?? { id: document.entry, asked: '', body: '' };
    pages.set(document.entry, page);
    page[document.weight === 1 ? 'asked' : 'body'] += `${document.text}\n`;
  }
  return [...pages.values()];
}

/** Ours, and four others. */
export const engines: readonly Engine[] = [
  { name: 'Madoguchi', open(documents, language, cut) {
    const index = openIndex(learnOne(documents, language, cut), language, cut);
    return (question) => index.search(question).hits.map(({ entry }) => entry);
  } },
  { name: 'MiniSearch over the same words', open(documents, language, cut) {
    const index = new MiniSearch<Page>({ fields: ['asked', 'body'], tokenize: (text) => [...cut(text, language).words], processTerm: (term) => term });
    index.addAll(pagesOf(documents));
    return (question) => index.search(question).map(({ id }) => id as string);
  } },
  { name: 'SQLite FTS5 over the same words', open(documents, language, cut) {
    const database = new DatabaseSync(':memory:');
    database.exec("CREATE VIRTUAL TABLE page USING fts5(id UNINDEXED, asked, body, tokenize = 'unicode61')");
    const insert = database.prepare('INSERT INTO page VALUES (?, ?, ?)');
    const words = (text: string): string => cut(text, language).words.join(' ');
    database.exec('BEGIN');
    for (const { id, asked, body } of pagesOf(documents)) insert.run(id, words(asked), words(body));
    database.exec('COMMIT');
    const find = database.prepare('SELECT id FROM page WHERE page MATCH ? ORDER BY bm25(page) LIMIT 10');
    return (question) => {
      const terms = [...new Set(cut(question, language).words)].map((word) => `"${word.replaceAll('"', '')}"`).filter((word) => word !== '""');
      return terms.length === 0 ? [] : find.all(terms.join(' OR ')).map(({ id }) => String(id));
    };
  } },
  { name: 'lunr (Japanese plugin)', open(documents, language) {
    const index = lunr(function build(this: lunr.Builder) {
      if (language === 'ja') this.use((lunr as unknown as { ja: lunr.Builder.Plugin }).ja);
      this.ref('id');
      this.field('asked');
      this.field('body');
      for (const page of pagesOf(documents)) this.add(page);
    });
    return (question) => index.search(question.replace(/[:^~*+-]/gu, ' ')).map(({ ref }) => ref);
  } },
  { name: 'Orama (Japanese tokenizer)', most: 2000, async open(documents, language) {
    const index = create({ schema: { id: 'string', asked: 'string', body: 'string' }, components: { tokenizer: language === 'ja' ? createTokenizer() : { language: 'english', stemming: false } } });
    await insertMultiple(index, pagesOf(documents), 500, undefined, true, 0);
    return async (question) => (await searchOrama(index, { term: question, properties: ['asked', 'body'], limit: 10, threshold: 1 })).hits.map(({ document }) => document.id);
  } },
];

/** Entries grown from real text: each takes phrases of two entries and lines of a third, in other combinations. */
function grow(documents: readonly Document[], count: number): Document[] {
  const [asked, said] = [documents.filter(({ weight }) => weight === 1), documents.filter(({ weight }) => weight < 1)];
  return Array.from({ length: count }, (_, at) => at).flatMap((at): Document[] => [
    ...Array.from({ length: 10 }, (_, part) => ({ entry: `grown/${at}`, text: asked[(at * 7919 + part * (part % 2 === 0 ? 1 : 104_729)) % asked.length]!.text, weight: 1 })),
    ...Array.from({ length: 6 }, (_, part) => ({ entry: `grown/${at}`, text: said[(at * 6 + part) % said.length]!.text, weight: 0.5 })),
  ]);
}

const sizes = [200, 2000, 5000, 20_000];
/** Questions timed at each size. */
const timed = 300;
const percent = (part: number, whole: number): string => (whole === 0 ? '–' : ((part / whole) * 100).toFixed(1)).padStart(7);

async function quality(search: Search, asked: readonly { text: string; right: readonly string[] }[]): Promise<string> {
  let first = 0;
  let inThree = 0;
  for (const { text, right } of asked) {
    const ids = (await search(text)).slice(0, 3);
    if (right.includes(ids[0] ?? '')) first += 1;
    if (ids.some((id) => right.includes(id))) inThree += 1;
  }
  return `${percent(first, asked.length)}${percent(inThree, asked.length)}`;
}

/** Prints our search beside others, given the same texts: right first and in three on phrases left out and on question files, then time to load and to answer at growing sizes. */
export async function rivals(questionFiles: readonly string[]): Promise<void> {
  const files = await readFiles(knowledgeFolder);
  const prepared = prepare(files);
  const cut = makeCut(openDictionary(), prepared.terms, prepared.concepts);
  const documents = documentsOf(files, prepared);
  const questions = (await Promise.all(questionFiles.map(readQuestions))).flat().filter(({ turns, relevant }) => turns.length === 1 && relevant.length > 0);
  console.log('right first / in three, %               left out ja     questions ja    left out en     questions en');
  for (const { name, open } of engines) {
    const cells = [];
    for (const language of ['ja', 'en'] as const) {
      const isOut = (document: Document, at: number): boolean => document.weight === 1 && 'entry' in document && at % 20 === 0;
      const leftOut = documents[language].filter(isOut).map((document) => ({ text: document.text, right: 'entry' in document ? [document.entry] : [] }));
      const own = questions.filter(({ lang }) => lang === language).map(({ turns, relevant }) => ({ text: turns[0]!, right: relevant }));
      cells.push(await quality(await open(documents[language].filter((document, at) => !isOut(document, at)), language, cut), leftOut));
      cells.push(own.length === 0 ? '–'.padStart(14) : await quality(await open(documents[language], language, cut), own));
    }
    console.log(name.padEnd(36) + cells.map((cell) => cell.padStart(16)).join(''));
  }
  console.log(`\nload s, answer p50 / p99 ms (Japanese) ${sizes.map((size) => `${size.toLocaleString('en')} entries`.padStart(26)).join('')}`);
  const asked = documents.ja.filter(({ weight }, at) => weight === 1 && at % 37 === 0).slice(0, timed);
  for (const { name, most = Infinity, open } of engines) {
    const cells = [];
    for (const size of sizes.filter((one) => one <= most)) {
      const grown = grow(documents.ja, size);
      const begin = performance.now();
      const search = await open(grown, 'ja', cut);
      const loaded = (performance.now() - begin) / 1000;
      const times = [];
      for (const { text } of asked) {
        const from = performance.now();
        await search(text);
        times.push(performance.now() - from);
      }
      cells.push(`${loaded.toFixed(1)} s ${percentile(times, 0.5).toFixed(2)} / ${percentile(times, 0.99).toFixed(2)}`);
    }
    console.log(name.padEnd(36) + cells.map((cell) => cell.padStart(26)).join(''));
  }
}
