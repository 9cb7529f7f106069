import { expect, test } from '@jest/globals';
import { openIndex, type Document } from '../../../knowledge/search/index.ts';
import { amend, learnOne } from '../../../knowledge/search/learn.ts';
import { makeCut } from '../../../knowledge/search/terms.ts';
import { theDictionary } from '../../helpers.ts';

const cut = makeCut(theDictionary(), {}, {});
const of = (entry: string, ...texts: readonly string[]): Document[] => texts.map((text): Document => ({ entry, text, weight: 1 }));
const away = (elsewhere: string, ...texts: readonly string[]): Document[] => texts.map((text): Document => ({ elsewhere, text, weight: 1 }));

const lost = of('lost/reissue', 'my card is gone and i want another', 'fee for another card', 'lost card new one', 'how long for the replacement');
const renewal = of('renewal/card', 'my card ends soon', 'renew the card', 'the date on my card has passed', 'when may i renew');
const library = away('library', 'my library ticket is gone', 'renew a book');
const documents = [...lost, ...renewal, ...library];
const before = learnOne(documents, 'en', cut);
const rankingOf = (index: ReturnType<typeof learnOne>, question: string): string[] => openIndex(index, 'en', cut).search(question).hits.map(({ entry }) => entry);

test('with nothing but the same documents, everything is answered as before', () => {
  const again = openIndex(amend(before, new Set(['lost/reissue']), lost, 'en', cut), 'en', cut);
  const was = openIndex(before, 'en', cut);
  for (const { text } of documents) expect(again.search(text).hits.map(({ entry }) => entry)).toEqual(was.search(text).hits.map(({ entry }) => entry));
});

test('a new way to ask is understood, and the words it shares with others still count for them', () => {
  const more = amend(before, new Set(['lost/reissue']), [...lost, ...of('lost/reissue', 'what does the zorblax cost')], 'en', cut);
  expect(rankingOf(before, 'zorblax')).toEqual([]);
  expect(rankingOf(more, 'zorblax please')[0]).toBe('lost/reissue');
  expect(rankingOf(more, 'my card ends')[0]).toBe('renewal/card');
});

test('a way to ask that was taken away is understood no more, word for word neither', () => {
  const less = amend(before, new Set(['renewal/card']), renewal.slice(0, 1), 'en', cut);
  expect(openIndex(before, 'en', cut).search('when may i renew').signals.same).toBe(1);
  expect(openIndex(less, 'en', cut).search('when may i renew').signals.same).toBe(0);
  expect(rankingOf(less, 'renew')).not.toContain('renewal/card');
});

test('a new entry is found, and one that is gone is not', () => {
  const added = amend(before, new Set(['other/xylophone']), of('other/xylophone', 'xylophone lessons'), 'en', cut);
  expect(rankingOf(added, 'xylophone')[0]).toBe('other/xylophone');
  expect(rankingOf(amend(added, new Set(['other/xylophone']), [], 'en', cut), 'xylophone lessons')).not.toContain('other/xylophone');
});

test('what was learnt before stays as it was', () => {
  const [classes, gains] = [before.model.classes.slice(), before.model.gains.slice()];
  amend(before, new Set(['lost/reissue', 'elsewhere library']), [], 'en', cut);
  expect([before.model.classes, before.model.gains]).toEqual([classes, gains]);
});
