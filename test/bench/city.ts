import { join } from 'node:path';
import { readCollection, readQuestions } from '../../adapters/desk/questions.ts';
import { openMaker } from '../../knowledge/make.ts';
import { openCollection, type Outside } from '../../knowledge/search/collection.ts';
import { gradedFigures, type Result } from '../../knowledge/search/evaluate.ts';
import type { Document } from '../../knowledge/search/index.ts';
import { openDictionary } from '../../knowledge/search/kuromoji.ts';
import { makeCut } from '../../knowledge/search/terms.ts';
import { knowledgeFolder, root } from '../helpers.ts';
import { engines, type Search } from './rivals.ts';

/** The others index title and body as two fields. */
const documentsOf = (collection: readonly Outside[]): Document[] =>
  collection.flatMap(({ id, title, body }): Document[] => [{ entry: id, text: title, weight: 1 }, { entry: id, text: body, weight: 0.5 }]);

/** Prints how our search and others find answers of a whole city hall, of which there are titles and texts only. */
export async function city(): Promise<void> {
  const [collection, questions] = await Promise.all([readCollection(join(root, 'test/questions/city/documents.jsonl')), readQuestions(join(root, 'test/questions/city/questions.jsonl'))]);
  const dictionary = openDictionary();
  const { prepared: { terms, concepts }, learned, tables } = await openMaker(() => dictionary)(knowledgeFolder);
  const cut = makeCut(dictionary, terms, concepts, tables);
  const ours = (known?: typeof learned): Search => {
    const { ja } = openCollection(collection, cut, known);
    return (question) => ja.search(question).hits.map(({ entry }) => entry);
  };
  const opened: (readonly [string, () => Promise<Search> | Search])[] = [
    ['Madoguchi', () => ours(learned)], ['Madoguchi, by words alone', () => ours()],
    ...engines.slice(1).map(({ name, open }) => [name, () => open(documentsOf(collection), 'ja', cut)] as const),
  ];
  console.log(`${collection.length} documents, ${questions.length} questions              nDCG@10   MRR@10   right at 1, within 3`);
  for (const [name, open] of opened) {
    const search = await open();
    const results: Result[] = [];
    for (const { id, turns, relevant, grades } of questions) {
      const ranking = (await search(turns[0]!)).slice(0, 10);
      results.push({ judged: { id, relevant, also: [], ...(grades === undefined ? {} : { grades }) }, outcome: 'answered', entries: ranking.slice(0, 3), confidence: 1, ms: 0, ranking });
    }
    const { ndcg_at_10: gain, mrr_at_10: reciprocal, success_at_1: first, success_at_3: three } = gradedFigures(results);
    console.log(`${name.padEnd(36)}${[gain, reciprocal, first, three].map((figure) => figure!.toFixed(3).padStart(10)).join('')}`);
  }
}
