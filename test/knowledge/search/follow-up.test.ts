import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Library } from '../../../knowledge/library.ts';
import { inTheLightOf } from '../../../knowledge/search/follow-up.ts';
import { firstShown } from '../../../knowledge/search/verdict.ts';
import { root, shippedLibrary, today } from '../../helpers.ts';

interface Pair {
  readonly id: string;
  readonly lang: 'ja' | 'en';
  readonly turns: readonly [string, string];
  readonly relevant: readonly string[];
  readonly also_ok: readonly string[];
}
const pairs = readFileSync(join(root, 'test/fixtures/follow-ups.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Pair);

describe('the light of the entry shown before', () => {
  const prior = inTheLightOf({ id: 'pickup/what-to-bring', related: ['proxy/papers'] }, []);
  test('speaks for that entry, those it names and those of its topic, in this order', () => {
    const [shown, topic, related, other] = ['pickup/what-to-bring', 'pickup/appointment', 'proxy/papers', 'lost/reissue'].map((entry) => prior(entry, 5));
    expect(shown).toBeGreaterThan(topic!);
    expect(topic).toBeGreaterThan(0);
    expect(related).toBeGreaterThan(0);
    expect(other).toBe(0);
  });
  test('fades as the question says more itself', () => {
    expect([5, 15, 20, 40].map((information) => prior('pickup/what-to-bring', information) > 0)).toEqual([true, true, true, false]);
    expect(prior('pickup/what-to-bring', 20)).toBeLessThan(prior('pickup/what-to-bring', 15));
  });
});

describe('questions after an answer, in the shipped library', () => {
  let library: Library;
  beforeAll(async () => {
    library = await shippedLibrary();
  });
  test.each([
    ['カードをなくしました', 'ja', 'lost/what-to-do-first'],
    ['I lost my card', 'en', 'lost/what-to-do-first'],
    ['暗証番号を忘れました', 'ja', 'pin/forgotten-or-locked'],
  ] as const)('%s is said in the words of a phrase and stands alone', (text, language, entry) => {
    expect(library.answer(text, language, today, 'pickup/what-to-bring')).toMatchObject({ kind: 'one', entry });
  });
  test('a phrase that only asks for the things to bring goes on from the answer before it', () => {
    const verdict = library.answer('持ち物は?', 'ja', today, 'moving/continued-use');
    expect(verdict.kind === 'one' ? verdict.entry : '').not.toBe('pickup/what-to-bring');
  });
  const understood = ({ lang, turns: [first, next], relevant, also_ok: also }: Pair): boolean => {
    const verdict = library.answer(next, lang, today, firstShown(library.answer(first, lang, today)));
    if (relevant.length === 0) return verdict.kind === 'none';
    const entries = verdict.kind === 'one' ? [verdict.entry] : verdict.kind === 'choose' ? verdict.entries : [];
    return [...relevant, ...also].some((entry) => entries.includes(entry));
  };
  test.each([['fu', 'short ones are read in its light', 0.9], ['new', 'complete ones are not dragged back', 0.95], ['none', 'those that are not ours are still declined', 1]] as const)('%s: %s', (kind, _, share) => {
    const asked = pairs.filter(({ id }) => id.startsWith(kind));
    const missed = asked.filter((pair) => !understood(pair)).map(({ id, turns }) => `${id} ${turns.join(' / ')}`);
    expect({ missed: missed.length <= asked.length * (1 - share) ? [] : missed }).toEqual({ missed: [] });
  });
});
