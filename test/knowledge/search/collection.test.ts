import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readCollection, readQuestions } from '../../../adapters/desk/questions.ts';
import { openMaker, type Made } from '../../../knowledge/make.ts';
import { openCollection } from '../../../knowledge/search/collection.ts';
import { gradedFigures, resultOf } from '../../../knowledge/search/evaluate.ts';
import { openModel } from '../../../knowledge/search/model.ts';
import { makeCut, type Cut } from '../../../knowledge/search/terms.ts';
import { alike, openTopics } from '../../../knowledge/search/topics.ts';
import { decide } from '../../../knowledge/search/verdict.ts';
import { knowledgeFolder, root, theDictionary } from '../../helpers.ts';

let made: Made;
let cut: Cut;
beforeAll(async () => {
  made = await openMaker(theDictionary)(knowledgeFolder);
  cut = makeCut(theDictionary(), made.prepared.terms, made.prepared.concepts, made.tables);
});

describe('an outside collection', () => {
  test('a document of the same matter is found without a word in common', () => {
    const { ja } = openCollection([
      { id: 'garbage', lang: 'ja', title: '粗大ごみの申込み', body: '電話で申し込み、処理券を貼って出します。' },
      { id: 'nursery', lang: 'ja', title: '保育所の入所申込み', body: '就労証明書を添えて申し込みます。' },
    ], cut, made.learned);
    expect(ja.search('タンスを捨てたい').hits[0]?.entry).toBe('garbage');
    expect(ja.search('働くので子どもを預けたい').hits[0]?.entry).toBe('nursery');
  });

  test('documents without a text, and no documents at all, are no fault', () => {
    const { ja, en } = openCollection([{ id: 'bare', lang: 'ja', title: '粗大ごみ', body: ' \n' }], cut, made.learned);
    expect(ja.search('粗大ごみ').hits.map(({ entry }) => entry)).toEqual(['bare']);
    expect(ja.search('').hits).toEqual([]);
    expect(en.search('bulky waste').hits).toEqual([]);
  });

  test('what residents ask of a whole city hall is found among 600 answers as well as we say', async () => {
    const [documents, questions] = await Promise.all([readCollection(join(root, 'test/questions/city/documents.jsonl')), readQuestions(join(root, 'test/questions/city/questions.jsonl'))]);
    const { ja } = openCollection(documents, cut, made.learned);
    const got = gradedFigures(questions.map(({ id, turns, relevant, grades }) => resultOf({ id, relevant, also: [], grades }, decide(ja.search(turns[0]!), 'ja'), 0)));
    expect([documents.length, questions.length]).toEqual([600, 534]);
    expect(got.ndcg_at_10).toBeGreaterThanOrEqual(0.8);
    expect(got.success_at_3).toBeGreaterThanOrEqual(0.9);
  });
});

describe('what a text is about', () => {
  test.each([
    ['ja', 'タンスを捨てたい', '粗大ごみの収集', '住民税の納付'],
    ['en', 'throw away a sofa', 'bulky waste collection', 'residence tax payment'],
  ] as const)('in %s, “%s” is more like “%s” than like “%s”', (language, one, same, other) => {
    const topics = openTopics(openModel(made.learned[language].model, language));
    const about = (text: string) => topics.of([{ terms: cut(text, language), weight: 1 }]);
    expect(alike(about(one), about(same))).toBeGreaterThan(2 * alike(about(one), about(other)));
    expect(alike(about(one), about(one))).toBeCloseTo(1, 10);
    expect(alike(about(''), about(one))).toBe(0);
  });
});
