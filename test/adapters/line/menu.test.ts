import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { breakLines, drawMenu } from '../../../adapters/line/menu-picture.ts';
import { menuLanguages, menuRequest, places, type MenuLanguage } from '../../../adapters/line/menu-plan.ts';
import { syncMenus, type Drawn } from '../../../adapters/line/menu-sync.ts';
import { sqliteStore } from '../../../bot/store/sqlite.ts';
import { readRichMenu, type RichMenu } from '../../../knowledge/rich-menu.ts';
import { knowledgeFolder, shippedLibrary, talkWith } from '../../helpers.ts';
import { lineServer, type LineServer } from '../../line-server.ts';

const accessToken = 'the access token of the test';
let text: string;
let menu: RichMenu;
let line: LineServer;
let drawn: Record<MenuLanguage, Drawn>;

async function draw(from: RichMenu): Promise<Record<MenuLanguage, Drawn>> {
  const made = await Promise.all(menuLanguages.map(async (language) => {
    const picture = await drawMenu(from, language);
    return [language, { picture, request: menuRequest(from, language, picture) }] as const;
  }));
  return Object.fromEntries(made) as Record<MenuLanguage, Drawn>;
}
const sync = (what = drawn): Promise<string[]> => syncMenus(what, { accessToken, apiBaseUrl: line.url, dataApiBaseUrl: line.url });

beforeAll(async () => {
  text = await readFile(join(knowledgeFolder, 'words/rich-menu.yaml'), 'utf8');
  menu = readRichMenu(text).value!;
  drawn = await draw(menu);
});
beforeEach(async () => {
  line = await lineServer(accessToken);
});
afterEach(async () => {
  expect(line.wrong).toEqual([]);
  await line.close();
});

test('the picture has the size LINE asks for, is well below 1 MB, and the same text makes the same picture', async () => {
  const png = Buffer.from(drawn.ja.picture);
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2500, 1686]);
  expect(png.length).toBeLessThan(500_000);
  expect(Buffer.compare(png, Buffer.from(await drawMenu(menu, 'ja')))).toBe(0);
  expect(Buffer.compare(png, Buffer.from(drawn.en.picture))).not.toBe(0);
});

test('six areas cover the picture below the strip, and each is spoken by screen readers', () => {
  expect(places.reduce((sum, { width, height }) => sum + width * height, 0)).toBe(2500 * (1686 - 246));
  expect(drawn.ja.request.areas!.map(({ action }) => (action as { label: string }).label)).toEqual(['English', '知りたいことを選ぶ', 'カードはいつ届く?', '引っ越したとき', 'カードの受け取り', 'カードをなくした', '電話で聞く']);
});

test('a line is broken at a space only where it would not fit', () => {
  expect(breakLines('I lost my card', 6.4)).toEqual(['I lost my', 'card']);
  expect(breakLines('引っ越した とき', 9)).toEqual(['引っ越した とき']);
});

test('the first run makes both menus with their pictures, the second changes nothing', async () => {
  expect(await sync()).toEqual(['ja: created', 'en: created', 'ja: shown to everybody']);
  expect(line.menus.usual).toBe(line.menus.aliases.get('madoguchi-ja'));
  expect(await sync()).toEqual(['ja: unchanged', 'en: unchanged']);
  expect(line.menus.created).toBe(2);
});

test('a changed word replaces one menu and deletes the old one; menus of others are left alone', async () => {
  line.menus.all.set('richmenu-other', { name: 'summer campaign', picture: Buffer.from('x') });
  await sync();
  const changed = await draw({ ...menu, bar: { ...menu.bar, ja: '窓口' } });
  expect(await sync(changed)).toEqual(['ja: created', 'en: unchanged', 'ja: shown to everybody', 'old menus deleted: 1']);
  expect([...line.menus.all.values()].map(({ name }) => name).filter((name) => !name.startsWith('madoguchi-'))).toEqual(['summer campaign']);
  expect(line.menus.all.size).toBe(3);
});

test('a run that was cut off anywhere is made good by the next, and nobody sees a menu without a picture meanwhile', async () => {
  for (let calls = 2; calls <= 10; calls += 1) {
    line.faults([...Array.from({ length: calls }, () => 'none' as const), 'reset']);
    await sync().catch(() => undefined);
    if (line.menus.usual !== undefined) expect(line.menus.all.get(line.menus.usual)!.picture).toBeDefined();
    line.faults([]);
    await sync();
    expect(line.menus.all.size).toBe(2);
    expect([...line.menus.all.values()].every(({ picture }) => picture !== undefined)).toBe(true);
    line.menus.all.clear();
    line.menus.aliases.clear();
    line.menus.usual = undefined;
  }
});

test('a label that is too long is found by the check before LINE refuses it', () => {
  const { value, findings } = readRichMenu(text.replace('Where is my card?', 'Where on earth is my card now?'));
  expect(value).toBeUndefined();
  expect(findings).toMatchObject([{ file: 'words/rich-menu.yaml', line: text.split('\n').findIndex((one) => one.includes('Where is my card?')) + 1, rule: 'field-wrong' }]);
});

test('a tap is answered at once by the shipped knowledge, in the language of the menu, whatever went before', async () => {
  const library = await shippedLibrary();
  const wanted = ['guiding', 'guiding', 'guiding', 'answered pickup/what-to-bring', 'answered lost/what-to-do-first', 'answered'];
  const store = await sqliteStore(':memory:');
  for (const language of menuLanguages) for (const [index, { text: { [language]: text }, opens }] of menu.areas.entries()) for (const before of [undefined, ...menu.areas.slice(1, 4)]) {
    const talk = await talkWith({ library, store, conversation: `${language} ${index} ${before?.opens}` });
    const tap = async (data: string): Promise<void> => {
      const said = await talk.say('', { value: data, channelData: { tappedIn: language } });
      expect(said.at(-1)!.locale).toBe(language);
    };
    if (before !== undefined) await tap(before.opens!);
    await (opens === undefined ? talk.say(text) : tap(opens));
    const { outcome, entry } = talk.reports.at(-1)!;
    expect({ before, text, ended: entry === undefined ? outcome : `${outcome} ${entry}` }).toEqual({ before, text, ended: before?.opens === opens && index > 2 ? 'answered' : wanted[index] });
  }
});
