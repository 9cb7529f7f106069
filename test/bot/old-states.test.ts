import { afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Library } from '../../knowledge/library.ts';
import { sqliteStore } from '../../bot/store/sqlite.ts';
import { smallLibrary, talkWith } from '../helpers.ts';

let library: Library;
beforeAll(async () => {
  library = await smallLibrary();
});
afterEach(() => {
  jest.restoreAllMocks();
});

const key = 'test/conversations/c1/';
const inGuide = (id: string, state: object): object => ({ conversation: { locale: 'ja', offered: [] }, dialogs: { dialogStack: [{ id, state }] } });

/** Conversations as releases before this one kept them, and as no release should have. */
const kept: Readonly<Record<string, object>> = {
  'of the first release, which kept answers alone': inGuide('status', { answers: { notice: 'not_received' } }),
  'of a version of the guide that is gone': inGuide('status', { version: 0, answers: { notice: 'not_received', changed: 'no' }, heard: {} }),
  'of a version that is still to come': inGuide('relocation', { version: 999, answers: { anything: 'at all' }, heard: {} }),
  'with a question the guide no longer asks': inGuide('status', { version: 1, answers: { colour: 'blue' }, heard: { shape: 'round' } }),
  'with every question answered': inGuide('status', { version: 1, answers: { notice: 'received', changed: 'no' }, heard: {} }),
  'of a guide that was withdrawn': inGuide('pets', { version: 1, answers: {}, heard: {} }),
  'without the fields that came later': { conversation: { locale: 'en', offered: [{ id: 'guide:status', title: 'Find out where my card is' }] } },
  'of a dialog stack that is empty': { conversation: { locale: 'ja', offered: [] }, dialogs: { dialogStack: [] } },
};

test.each(Object.entries(kept))('nobody is left stuck by a state %s', async (_, state) => {
  const store = await sqliteStore(':memory:');
  await store.commit({ conversation: 'c1', changes: { [key]: { ...state, eTag: '*' } }, said: [] });
  const talk = await talkWith({ library, store });
  await talk.say('写真のサイズを教えてください');
  expect(talk.heard).toMatch(/4\.5/);
  await talk.say('最初から');
  await talk.say('メニュー');
  expect(talk.choices.map(({ value }) => value)).toContain('guide:status');
  await talk.tap('guide:status');
  expect(talk.heard).toContain('届きましたか');
  expect(talk.reports.map(({ outcome }) => outcome)).not.toContain('failed');
});

test('a guide that was renewed since says so and begins anew', async () => {
  const store = await sqliteStore(':memory:');
  await store.commit({ conversation: 'c1', changes: { [key]: { ...kept['of a version of the guide that is gone'], eTag: '*' } }, said: [] });
  const talk = await talkWith({ library, store });
  await talk.say('いいえ');
  expect(talk.heard).toContain(library.phrase('guide_anew', 'ja'));
  expect(talk.heard).toContain('届きましたか');
});

test('a guide left alone for a day begins anew, and an hour later it is where it was', async () => {
  const talk = await talkWith({ library });
  await talk.say('カードはいつできますか');
  await talk.tap('guide:status');
  await talk.say('まだ');
  const begun = Date.now();
  const clock = jest.spyOn(Date, 'now').mockReturnValue(begun + 3_600_000);
  await talk.say('わからない');
  expect(talk.heard).toContain('引っ越し');
  clock.mockReturnValue(begun + 26 * 3_600_000);
  await talk.say('ない');
  expect(talk.heard).toContain(library.phrase('guide_anew', 'ja'));
  expect(talk.heard).toContain('届きましたか');
});

test('a button of an older version says that it is old, and offers to start', async () => {
  const talk = await talkWith({ library });
  await talk.say('', { text: 'はい', value: 'guide:status@0/notice=received' });
  expect(talk.heard).toContain(library.phrase('choice_old', 'ja'));
  expect(talk.choices.map(({ value }) => value)).toContain('guide:status');
});

test('three answers in a row that nobody understands bring a telephone number and a way out', async () => {
  const talk = await talkWith({ library });
  await talk.say('カードはいつできますか');
  await talk.tap('guide:status');
  for (const nonsense of ['ふがふが', 'ぴよぴよ', 'ほげほげ']) await talk.say(nonsense);
  expect(talk.heard).toContain('000-000-1101');
  expect(talk.heard).toContain('やめる');
});
