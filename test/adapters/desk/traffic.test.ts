import { expect, jest, test } from '@jest/globals';
import { openChance } from '../../../adapters/desk/demo/chance.ts';
import { unknownMatter } from '../../../adapters/desk/demo/people.ts';
import { playTraffic } from '../../../adapters/desk/demo/traffic.ts';
import type { AskedQuestion } from '../../../bot/store/store.ts';
import { sqliteStore } from '../../../bot/store/sqlite.ts';
import { dayIn } from '../../../knowledge/days.ts';
import { smallLibrary, today } from '../../helpers.ts';

jest.setTimeout(60_000);

test('made-up residents ask the same each time, in both channels and three languages, within their days; nothing but the log is left', async () => {
  const library = await smallLibrary();
  const play = async (): Promise<AskedQuestion[]> => {
    const store = await sqliteStore(':memory:');
    await playTraffic({ library, questions: [], store, timeZone: 'Asia/Tokyo', until: today, days: 7, visits: 20 });
    const log = await store.questions(new Date(0));
    expect(await store.read(['line/conversations/line-ja-1/'])).toEqual({});
    expect((await store.newest([...Array(7)].map((_, at) => `web-2026-11-${16 + at}-0`))).size).toBe(0);
    await store.close();
    return log;
  };
  const log = await play();
  expect(await play()).toEqual(log);
  expect(new Set(log.map(({ channel }) => channel))).toEqual(new Set(['webchat', 'line']));
  expect(new Set(log.map(({ locale }) => locale))).toEqual(new Set(['ja', 'en', 'ja-easy']));
  const days = log.map(({ at }) => dayIn('Asia/Tokyo', new Date(at)));
  expect([...new Set(days)].sort()).toEqual(['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22']);
  expect(new Set(log.map(({ kind }) => kind))).toEqual(new Set(['asked', 'chosen', 'useful', 'useless']));
  expect(log.some(({ text }) => Object.values(unknownMatter).flat().includes(text))).toBe(true);
});

test('chance draws by weight, and the same from the same seed', () => {
  const draw = (seed: number): number[] => { const chance = openChance(seed); return Array.from({ length: 1000 }, () => chance.weighed([1, 0, 3])); };
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
  expect(draw(1).filter((at) => at === 1)).toEqual([]);
  expect(draw(1).filter((at) => at === 2).length / 1000).toBeCloseTo(0.75, 1);
});
