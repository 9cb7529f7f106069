import { expect, test } from '@jest/globals';
import { learn, openModel, settings, type Example } from '../../../knowledge/search/model.ts';

/** Ways to ask that share most of their words with another label's: what counting alone mistakes. */
const said: Readonly<Record<string, readonly string[]>> = {
  renewal: ['card ends soon', 'my card ends', 'new card because it ends', 'card ends in march', 'it ends soon new one'],
  certificate: ['chip ends soon', 'card chip ends', 'chip in card ends in march', 'the chip'],
  lost: ['card gone', 'my card is gone', 'new card because it is gone', 'gone'],
};
const examples: Example[] = Object.entries(said).flatMap(([label, texts]) => texts.map((text): Example => ({ label, terms: { words: text.split(' '), sound: text, concepts: [] }, weight: 1 })));
const sureOf = (rate: number): number[] => {
  const model = openModel(learn(examples, 'en', { ...settings, rate }), 'en');
  return examples.map(({ label, terms }) => {
    const ranked = model.rank(terms);
    const right = ranked.find((one) => one.label === label)?.score ?? 0;
    return right - Math.max(...ranked.filter((one) => one.label !== label).map(({ score }) => score), 0);
  });
};

test('what is mistaken for what is told apart better after the pass than by counting alone', () => {
  const [counted, corrected] = [sureOf(0), sureOf(settings.rate)];
  expect(Math.min(...corrected)).toBeGreaterThan(Math.min(...counted));
  expect(corrected.filter((margin) => margin <= 0).length).toBeLessThanOrEqual(counted.filter((margin) => margin <= 0).length);
});

test('the same examples give the same model to the bit', () => {
  expect(learn(examples, 'en').gains).toEqual(learn(examples, 'en').gains);
});

test('the order phrases stand in says nothing', () => {
  const [forth, back] = [examples, [...examples].reverse()].map((some) => openModel(learn(some, 'en'), 'en'));
  for (const { terms } of examples) expect(back!.rank(terms).map(({ label, score }) => `${label} ${score.toFixed(3)}`)).toEqual(forth!.rank(terms).map(({ label, score }) => `${label} ${score.toFixed(3)}`));
});
