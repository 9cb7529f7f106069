import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { groupByMeaning, weighBy, type Unanswered } from '../../../adapters/desk/report/groups.ts';
import { sortUnanswered } from '../../../adapters/desk/report/unanswered.ts';
import { tally, within } from '../../../adapters/desk/report/tally.ts';
import type { AskedQuestion } from '../../../bot/store/store.ts';
import { sqliteStore } from '../../../bot/store/sqlite.ts';
import { readEntry } from '../../../knowledge/entry.ts';
import type { Verdict } from '../../../knowledge/search/verdict.ts';
import { openDesk, type Desk } from '../../desk.ts';
import { smallLibrary, today } from '../../helpers.ts';

// Each command is a process of its own, and the machine may be busy.
jest.setTimeout(120_000);

const asked = (text: string, asker: string, more: Partial<AskedQuestion> = {}): AskedQuestion =>
  ({ at: Date.parse('2026-11-20T03:00:00Z'), channel: 'webchat', locale: 'ja', kind: 'asked', text, outcome: 'none', entries: [], confidence: 0, asker, ...more });

const unanswered = (text: string, words: string, concepts = '', more: Partial<Unanswered> = {}): Unanswered =>
  ({ lang: 'ja', text, terms: { words: words.split(' '), sound: '', concepts: concepts === '' ? [] : concepts.split(' ') }, times: 1, askers: new Set([text]), ...more });
const common = Array.from({ length: 50 }, () => ({ words: ['カード', '使'], concepts: [] }));
const groupsOf = (questions: readonly Unanswered[]): string[] => groupByMeaning(questions, weighBy(common)).map(({ questions: some }) => some.map(({ text }) => text).sort().join()).sort();

test('questions that mean the same are one group, whatever words they use; a word that everybody uses joins nothing', () => {
  const questions = [
    unanswered('ケース', 'カード ケース', 'cover'), unanswered('カバー', 'カバー もらえる', 'cover'), unanswered('ケースが割れた', 'ケース 割', 'cover broken'),
    unanswered('駐車場', 'カード 駐車 使'), unanswered('投票', 'カード 投票 使'),
  ];
  expect(groupsOf(questions)).toEqual(['カバー,ケース,ケースが割れた', '投票', '駐車場']);
  expect(groupsOf([...questions].reverse())).toEqual(groupsOf(questions));
  expect(groupsOf([unanswered('ケース', 'ケース', 'cover'), unanswered('case', 'case', 'cover', { lang: 'en' })])).toEqual(['case', 'ケース']);
});

test('groups that most people asked come first, each with its most typical question and what it has in common', () => {
  const [first, second] = groupByMeaning([
    unanswered('駐車場', '駐車', '', { times: 9 }), unanswered('ケースと割引', 'ケース 割引 高齢 バス', 'cover'), unanswered('ケース', 'ケース', 'cover', { times: 2, askers: new Set(['p', 'q']) }),
  ], weighBy(common));
  expect(first).toMatchObject({ times: 3, askers: 3, questions: [{ text: 'ケース' }, { text: 'ケースと割引' }], shared: [{ kind: 'concept', name: 'cover', share: 1 }, { kind: 'word', name: 'ケース', share: 1 }] });
  expect(second).toMatchObject({ times: 9, askers: 1 });
});

test('what fewer than three people asked is a number without words; other offices’ matters and what is answered by now stand apart', async () => {
  const log = [
    ...['p', 'q', 'r'].map((asker) => asked('カードケース 配布', asker)), asked('カードケース 配布', 'r'),
    asked('市バスの割引で使いたい山田です', 'p'), asked('市バスの割引で使いたい山田です', 'p'), asked('市バスの割引で使いたい山田です', 'q'),
    ...['p', 'q', 'r'].map((asker) => asked('燃えるごみの日はいつですか', asker)), asked('水道の請求書が届かなくなった', 'p'),
    asked('カードはいつできますか', 'p'), asked('見つかった', 'p', { outcome: 'answered' }),
  ];
  const judged = { probability: 0, parts: {}, enough: 0.5 };
  const answer = (text: string): Verdict => {
    const common = { confidence: 0, hits: [{ entry: 'lost/damaged', score: 1, words: [] }], grounds: { asked: { words: [text], sound: '', concepts: [] }, judged: { ours: judged, right: judged } } };
    if (text === 'カードはいつできますか') return { kind: 'one', entry: 'a/a', ...common };
    return { kind: 'none', elsewhere: { 燃えるごみの日はいつですか: 'garbage', 水道の請求書が届かなくなった: 'water-supply' }[text], ...common };
  };
  const sorted = sortUnanswered(log, { answer, elsewhere: {} }, today, []);
  expect(sorted).toMatchObject({
    questions: 12, answeredNow: 1, elsewhere: { questions: 4, named: [['garbage', 3]], rare: 1 }, hidden: { groups: 1, questions: 3 },
    groups: [{ times: 4, askers: 3, near: ['lost/damaged'], questions: [{ text: 'カードケース 配布' }] }],
  });
  expect(JSON.stringify(sorted)).not.toContain('山田');
});

test('a day is the city’s day, and every day of the period is there', () => {
  const period = { from: '2026-11-19', until: '2026-11-21', timeZone: 'Asia/Tokyo' };
  const at = (moment: string, more: Partial<AskedQuestion> = {}): AskedQuestion => asked('x', 'p', { at: Date.parse(moment), ...more });
  const log = [at('2026-11-18T14:59:00Z'), at('2026-11-18T15:00:00Z'), at('2026-11-20T14:59:00Z', { locale: 'en' }), at('2026-11-20T14:30:00Z', { kind: 'useful', entries: ['a/a'] }), at('2026-11-21T15:00:00Z')];
  const counted = tally(within(log, period), period);
  expect(counted).toMatchObject({
    asked: 2, turns: 3, useful: 1, busiestHour: { day: '2026-11-20', hour: 23, turns: 2 },
    days: [{ day: '2026-11-19', turns: 1, locales: { ja: 1 } }, { day: '2026-11-20', turns: 2, locales: { en: 1 } }, { day: '2026-11-21', turns: 0, locales: {} }],
  });
  expect(counted.hours[0]).toBe(1);
});

let desk: Desk;
const secret = 'わたしの隣の山田さんの話';
/** What nobody can answer, asked by three; and something only one asks. */
const odd = ['<b>ケース</b>: "目隠し" & #1', '目隠し<b>カバー</b>'];
const oneOffice = { 'words/elsewhere.yaml': 'garbage:\n  name: { ja: ごみ, en: garbage, ja-easy: ごみ }\n  phrases: { ja: [燃えるごみの日はいつですか], en: [when is garbage day] }\n' };
beforeAll(async () => {
  desk = await openDesk(oneOffice);
  const library = await smallLibrary(oneOffice);
  for (const text of odd) expect(library.answer(text, 'ja', today)).toMatchObject({ kind: 'none', elsewhere: undefined });
  const store = await sqliteStore(desk.database);
  const log = [...['p', 'q', 'r'].flatMap((asker) => odd.map((text) => asked(text, asker))), asked(secret, 's'), asked('カードはいつできますか', 's', { outcome: 'answered', entries: ['status/how-long'] })];
  for (const [at, question] of log.entries()) await store.commit({ conversation: 'c', changes: {}, said: [{ id: `m${at}` }], asked: question });
  await store.close();
});
afterAll(() => desk.close());

test('the report is written as one page, in the desk’s language, with words as words and without what one person asked', async () => {
  const out = join(desk.folder, '..', 'report.html');
  expect(await desk.run(['report', '--out', out, '--lang', 'en'])).toMatchObject({ code: 0, out: `written: ${out}\n` });
  const page = await readFile(out, 'utf8');
  expect(page.slice(0, 40)).toContain('<!doctype html>\n<html lang="en">');
  expect(page.includes('&lt;b&gt;ケース&lt;/b&gt;: &quot;目隠し&quot; &amp; #1')).toBe(true);
  expect(page.includes('<b>')).toBe(false);
  expect(page.includes('山田')).toBe(false);
  expect(page.includes('Entries nobody asked for')).toBe(true);
  expect(page.match(/<h2 /g)).toHaveLength(10);
});

test('drafts are files that can be read and are not served, and one that is there is never touched', async () => {
  const { out } = await desk.run(['report', '--drafts', desk.folder]);
  const [, path] = /^作りました: (.*\.ja\.md)$/m.exec(out)!;
  const text = await readFile(path!, 'utf8');
  const { entry, findings } = readEntry(path!.slice(desk.folder.length + 1).replaceAll('\\', '/'), text);
  expect(findings).toEqual([]);
  expect(entry).toMatchObject({ draft: true, checked: today, phrases: expect.arrayContaining(odd) });
  expect((await desk.run(['check'])).out).not.toContain('直るまで');
  await writeFile(path!, text.replace('draft: true\n', ''));
  expect((await desk.run(['check'])).out).toContain('{answer}');
  expect((await desk.run(['report', '--drafts', desk.folder, '--lang', 'en'])).out).toMatch(/stays: |-2\.ja\.md/);
  expect(await readFile(path!, 'utf8')).toBe(text.replace('draft: true\n', ''));
});

test('without --out the report is text, of another log too; a log that is not there is said to be', async () => {
  expect((await desk.run(['report', '--lang', 'en', '--from', desk.database, '--days', '7'])).out).toMatch(/^The last 7 days\n\n8 questions, by 4 people[^]*1 {2}How long until the Notice arrives \(status\/how-long\)\n/);
  expect((await desk.run(['report', '--days', '1'])).out).toContain('この1日間に、質問の記録はありません(見た場所: ');
  expect(await desk.run(['report', '--from', 'no-such.db'])).toMatchObject({ code: 2, err: expect.stringContaining('no-such.db') });
  expect(await desk.run(['report', '--days', '0'])).toMatchObject({ code: 2 });
});
