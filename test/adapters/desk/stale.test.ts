import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { whatIsDue } from '../../../adapters/desk/due.ts';
import type { AskedQuestion } from '../../../bot/store/store.ts';
import { sqliteStore } from '../../../bot/store/sqlite.ts';
import type { Entry } from '../../../knowledge/entry.ts';
import type { Municipality } from '../../../knowledge/municipality.ts';
import { entryText, smallFiles, today } from '../../helpers.ts';
import { openDesk, type Desk } from '../../desk.ts';

// Each command is a process of its own, and the machine may be busy.
jest.setTimeout(120_000);

const municipality = { departments: { card: {}, residents: {} }, owners: { moving: 'residents', tax: 'gone' } } as unknown as Municipality;
const entry = (id: string, more: Partial<Entry> = {}): Entry => ({ id, locale: 'ja', title: id, department: 'card', review: '2027-05-22', draft: false, ...more }) as Entry;
const vote = (asker: string, id: string, kind: 'useful' | 'useless'): AskedQuestion => ({ at: Date.now(), channel: 'web', locale: 'ja', kind, text: '', outcome: 'guiding', entries: [id], confidence: 1, asker });

test('reviews and ends that have come or come within a month are due, the most pressing first', () => {
  const due = whatIsDue([
    entry('a/soon', { review: '2026-12-22' }), entry('a/later', { review: '2026-12-23' }), entry('a/past', { review: '2026-11-21' }), entry('a/today', { review: today }),
    entry('a/over', { until: '2026-11-21' }), entry('a/ending', { until: '2026-12-01' }), entry('a/draft', { review: '2020-01-01', draft: true }),
  ], [], municipality, today);
  expect(due.map(({ id, reasons: [reason] }) => [id, reason!.kind])).toEqual([['a/over', 'expired'], ['a/past', 'review-past'], ['a/ending', 'expiring'], ['a/today', 'review-soon'], ['a/soon', 'review-soon']]);
});

test('languages due for the same reason are one reason, Japanese first', () => {
  const [due] = whatIsDue([entry('a/b', { locale: 'en', title: 'B', review: '2026-01-01' }), entry('a/b', { review: '2026-01-01' }), entry('a/b', { locale: 'ja-easy', review: '2026-02-01' })], [], municipality, today);
  expect(due!.title).toEqual({ ja: 'a/b', en: 'B' });
  expect(due!.reasons).toEqual([{ kind: 'review-past', day: '2026-01-01', locales: ['ja', 'en'] }, { kind: 'review-past', day: '2026-02-01', locales: ['ja-easy'] }]);
});

test('what several people found useless is due, each of them counted once and by their last vote', () => {
  const log = [vote('p', 'a/bad', 'useful'), vote('p', 'a/bad', 'useless'), vote('q', 'a/bad', 'useless'), vote('q', 'a/bad', 'useless'), vote('r', 'a/bad', 'useful'),
    vote('p', 'a/one', 'useless'), vote('p', 'a/one', 'useless'), vote('p', 'a/good', 'useless'), vote('q', 'a/good', 'useless'), vote('r', 'a/good', 'useful'), vote('s', 'a/good', 'useful')];
  expect(whatIsDue([entry('a/bad'), entry('a/one'), entry('a/good')], log, municipality, today)).toMatchObject([{ id: 'a/bad', reasons: [{ kind: 'votes', useful: 1, useless: 2 }] }]);
});

test('the owner of a topic looks after it, and where there is none the department of the entry', () => {
  const old = { review: '2026-01-01' };
  expect(whatIsDue([entry('moving/a', old), entry('lost/a', old), entry('tax/a', old)], [], municipality, today).map(({ id, owner }) => [id, owner])).toEqual([['lost/a', 'card'], ['moving/a', 'residents'], ['tax/a', 'card']]);
});

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({
    'faq/lost/what-to-do-first.ja.md': entryText({ title: '"<なくした> & とき"', body: '電話 0120-95-0178 で止めます。' }).replace('review: 2027-05-22', 'review: 2026-10-01'),
    'municipality.yaml': smallFiles().texts.get('municipality.yaml')!.replace(/^owners:\n(?: {2}.*\n)+/m, 'owners: { lost: residents }\n'),
  });
  const store = await sqliteStore(desk.database);
  for (const asker of ['p', 'q']) await store.commit({ conversation: asker, changes: {}, said: [{ id: 'm' }], asked: { ...vote(asker, 'apply/photo-rules', 'useless'), at: Date.parse('2026-11-20') } });
  await store.close();
});
afterAll(() => desk.close());

test('staff read by department what to look at and why', async () => {
  const { code, out } = await desk.run(['stale']);
  expect(code).toBe(1);
  expect(out).toMatch(/■ 市民課 マイナンバーカード窓口\(card\) 1件\n {2}apply\/photo-rules {2}顔写真の規格\n +この90日間に「役に立たなかった」が2人/);
  expect(out).toMatch(/■ 市民課 住民異動窓口\(residents\) 1件\n {2}lost\/what-to-do-first {2}<なくした> & とき\n +見直す日 2026-10-01 を過ぎています\(ja\)/);
  expect((await desk.run(['stale', '--department', 'insurance', '--lang', 'en']))).toMatchObject({ code: 0, out: 'Nothing is to be looked at this month.\n' });
  expect(await desk.run(['stale', '--department', 'nobody'])).toMatchObject({ code: 2 });
});

test('the page for a mail needs nothing but itself, and shows titles as they are', async () => {
  const { out } = await desk.run(['stale', '--html', '--lang', 'ja']);
  expect(out).toMatch(/^<!doctype html>\n<html lang="ja">/);
  expect(out).toContain('&lt;なくした&gt; &amp; とき');
  expect(out).not.toMatch(/<(script|img|link|style)|https?:/);
});
