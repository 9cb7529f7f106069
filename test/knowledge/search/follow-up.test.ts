import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Library } from '../../../knowledge/library.ts';
import { questionLine, readLine } from '../../../knowledge/questions.ts';
import { lightOf, missingIn, shownAfter } from '../../../knowledge/search/follow-up.ts';
import type { Said } from '../../../knowledge/search/verdict.ts';
import { root, shippedLibrary, today } from '../../helpers.ts';

interface Pair {
  readonly id: string;
  readonly lang: 'ja' | 'en';
  readonly turns: readonly string[];
  readonly relevant: readonly string[];
  readonly also_ok: readonly string[];
}
const read = (file: string): Pair[] => readFileSync(join(root, file), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Pair);
const pairs = read('test/fixtures/follow-ups.jsonl');

describe('the light of the entry shown before', () => {
  const light = lightOf({ id: 'pickup/what-to-bring', related: ['proxy/papers'] }, []);
  test('speaks for that entry, those it names and those of its topic, in this order', () => {
    const [shown, related, topic, other] = ['pickup/what-to-bring', 'proxy/papers', 'pickup/appointment', 'lost/reissue'].map(light);
    expect(shown).toBeGreaterThan(related!);
    expect(related).toBeGreaterThan(topic!);
    expect(topic).toBeGreaterThan(0);
    expect(other).toBe(0);
  });
  test('fades as the question says more itself, in English later than in Japanese', () => {
    expect([5, 18, 27, 36, 50].map((information) => missingIn(information, 'ja'))).toEqual([1, 1, 0.5, 0, 0]);
    expect([5, 28, 42, 56].map((information) => missingIn(information, 'en'))).toEqual([1, 1, 0.5, 0]);
  });
  const choose = (...entries: string[]): Said => ({ kind: 'choose', entries });
  test('stays on what was shown while nobody has chosen, if that is one of the choices', () => {
    expect(shownAfter(choose('number/where-to-see-it', 'lost/reissue'), 'lost/reissue')).toBe('lost/reissue');
    expect(shownAfter(choose('number/where-to-see-it', 'lost/reissue'), 'pin/digits')).toBe('number/where-to-see-it');
    expect(shownAfter({ kind: 'none', elsewhere: undefined }, 'lost/reissue')).toBe('lost/reissue');
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
  const understood = ({ lang, turns, relevant, also_ok: also }: Pair): boolean => {
    let shown: string | undefined;
    for (const turn of turns.slice(0, -1)) shown = shownAfter(library.answer(turn, lang, today, shown), shown);
    const verdict = library.answer(turns.at(-1)!, lang, today, shown);
    if (relevant.length === 0) return verdict.kind === 'none';
    const entries = verdict.kind === 'one' ? [verdict.entry] : verdict.kind === 'choose' ? verdict.entries : [];
    return [...relevant, ...also].some((entry) => entries.includes(entry));
  };
  /** Those that are not understood, where they are more than a share. */
  const beyond = (share: number, asked: readonly Pair[]): string[] => {
    const missed = asked.filter((pair) => !understood(pair)).map(({ id, turns }) => `${id} ${turns.join(' / ')}`);
    return missed.length <= asked.length * share ? [] : missed;
  };
  test.each([['fu', 'short ones are read in its light', 0.1], ['new', 'complete ones are not dragged back', 0.05], ['none', 'those that are not ours are still declined', 0]] as const)('our own, %s: %s', (kind, _, share) => {
    expect(beyond(share, pairs.filter(({ id }) => id.startsWith(kind)))).toEqual([]);
  });
  describe.each(['ja', 'en'] as const)('by others, in %s', (language) => {
    test.each([['leaning', 'that lean on the answer are understood nine times in ten', 0.1, 320], ['new', 'on a new matter stand alone', 0.05, 90], ['nowhere', 'that are not ours are declined seventeen times in twenty', 0.15, 130]] as const)('those %s: %s', (name, _, share, least) => {
      const asked = [name, `fresh/${name}`].flatMap((file) => read(`test/questions/follow-ups/${file}.jsonl`)).filter(({ lang }) => lang === language);
      expect(asked.length).toBeGreaterThanOrEqual(least);
      expect(beyond(share, asked)).toEqual([]);
    });
  });
  test.each(['ja', 'en'] as const)('whole questions in %s are answered after any other answer as they are alone', (language) => {
    const asked = readFileSync(join(root, `test/questions/${language}.jsonl`), 'utf8').trim().split('\n').map((line) => readLine(line, questionLine)!);
    const ids = [...new Set(library.entries.map(({ id }) => id))];
    const missed = asked.filter(({ turns: [text], relevant, also_ok: also }, at) => {
      const first = library.answer(text!, language, today, ids[(at * 7) % ids.length]).hits[0]?.entry ?? '';
      return ![...relevant, ...also].includes(first);
    });
    expect(missed.length).toBeLessThanOrEqual(asked.length * 0.05);
  });
});
