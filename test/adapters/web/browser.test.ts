import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { withJapaneseFont } from '../../browser.ts';
import { picture } from '../../picture.ts';
import { answersOn, answerTo as answerOn, openSite, visit, type Site } from '../../visit.ts';

let site: Site;
let base: string;
let context: BrowserContext;
let page: Page;
let faults: readonly string[];

beforeAll(async () => {
  site = await openSite();
  base = site.base;
}, 120_000);
afterAll(() => site.close());
beforeEach(async () => {
  ({ context, page, faults } = await visit(site.browser, { viewport: { width: 1000, height: 760 } }));
});
afterEach(async () => {
  expect(faults).toEqual([]);
  await context.close();
});

const log = () => page.getByRole('log');
const answers = () => answersOn(page);
const answerTo = (act: () => Promise<void>): Promise<string> => answerOn(page, act);
async function type(text: string): Promise<void> {
  await page.keyboard.insertText(text);
  await page.keyboard.press('Enter');
}
/** Opens the assistant by keyboard alone. */
async function open(path = '/'): Promise<void> {
  await page.goto(base + path);
  const launcher = page.locator('button.launcher');
  await launcher.waitFor();
  for (let tabs = 0; tabs < 60 && !(await launcher.evaluate((button) => button.matches(':focus'))); tabs += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await answers().first().waitFor();
}

test('a conversation in Japanese by keyboard alone, through both guides, with a question in between', async () => {
  await open();
  expect(await answerTo(() => type('申請してからどのくらいでカードができますか'))).toContain('約1か月');

  expect(await answerTo(() => type('1'))).toContain('はがき(交付通知書)は届きましたか');
  for (const [text, question] of [['まだ', '引っ越しや名前の変更'], ['1', '不備'], ['いいえ', 'どの方法'], ['スマホ', 'いつ申請しましたか']] as const) {
    expect(await answerTo(() => type(text))).toContain(question);
  }
  const between = await answerTo(() => type('帽子をかぶった写真でもいいですか'));
  expect(between).toContain('帽子');
  expect(between).toContain('先ほどの質問に戻ります');
  expect(await answerTo(() => type('11月1日'))).toContain('申請状況照会');
  const where = await answerTo(() => type('見ていない'));
  expect(where).toContain('2026年12月1日(火)');
  expect(where).toContain('2027年1月1日(金)');
  expect(where).not.toMatch(/[{}]/);

  expect(await answerTo(() => type('メニュー'))).toContain('知りたいことを');
  expect(await answerTo(() => type('2'))).toContain('どの段階');
  for (const [text, question] of [['カードを持っている', 'どこへ'], ['別の市区町村へ', 'いつですか'], ['2026年11月15日', '出しましたか']] as const) {
    expect(await answerTo(() => type(text))).toContain(question);
  }
  const move = await answerTo(() => type('いいえ'));
  expect(move).toContain('2026年11月29日(日)');
  expect(move).toContain('2026年11月30日(月)');
});

test('a conversation in English by keyboard alone, through both guides', async () => {
  await open('/?lang=en');
  expect(await answers().first().innerText()).toContain('I answer automatically');
  expect(await answers().first().getAttribute('lang')).toBe('en');
  expect(await answerTo(() => type('How long does it take until my card is ready?'))).toContain('about 1 month');
  expect(await answerTo(() => type('1'))).toContain('Has the postcard come');
  for (const [text, question] of [['not yet', 'moved or changed your name'], ['no', 'something is wrong'], ['no', 'How did you apply'], ['by mail', 'When did you apply'], ['1 November', 'status page']] as const) {
    expect(await answerTo(() => type(text))).toContain(question);
  }
  const where = await answerTo(() => type('I have not looked'));
  expect(where).toContain('Sunday 6 December 2026');
  expect(await answerTo(() => type('menu'))).toContain('Just write');
  expect(await answerTo(() => type('2'))).toContain('Where are you with the card');
  for (const [text, question] of [['have it', 'What kind of move'], ['1', 'On which day'], ['15 November', 'Have you filed']] as const) {
    expect(await answerTo(() => type(text))).toContain(question);
  }
  expect(await answerTo(() => type('no'))).toContain('Sunday 29 November 2026');
});

test('Enter that ends a kana-kanji conversion does not send', async () => {
  await open();
  const client = await context.newCDPSession(page);
  const input = page.getByRole('textbox');
  await client.send('Input.imeSetComposition', { text: 'かーどを', selectionStart: 4, selectionEnd: 4 });
  await client.send('Input.dispatchKeyEvent', { type: 'keyDown', windowsVirtualKeyCode: 229, key: 'Process', code: 'Enter' });
  await input.dispatchEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: false });
  await input.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  expect(await log().locator('.you').count()).toBe(0);
  await client.send('Input.insertText', { text: 'カードをなくした' });
  // The order of other engines: the conversion ends first, and its Enter follows at once.
  await page.evaluate(`{
    const field = document.querySelector('#madoguchi').shadowRoot.querySelector('textarea');
    field.dispatchEvent(new CompositionEvent('compositionend', { data: 'カードをなくした' }));
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  }`);
  expect(await log().locator('.you').count()).toBe(0);
  await page.waitForTimeout(100);
  expect(await answerTo(() => page.keyboard.press('Enter'))).toContain('0120-95-0178');
});

test('what was said stays after a reload and in a second tab, and is said once', async () => {
  await open();
  await answerTo(() => type('カードをなくしました'));
  const before = await log().innerText();
  await open();
  await page.waitForTimeout(300);
  expect(await log().innerText()).toBe(before);
  const second = await context.newPage();
  await second.goto(base);
  await second.locator('button.launcher').click();
  await second.locator('.you').first().waitFor();
  expect(await second.getByRole('log').innerText()).toBe(before);
});

test('an answer begins with its title as a heading, its parts have headings below, steps are a list, and a number can be called', async () => {
  await open();
  await answerTo(() => type('カードをなくしました'));
  await answerTo(() => type('同じ市の別の区へ引っ越したらカードの申請はどうなる'));
  expect(await log().getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(['カードをなくした・盗まれたとき、まずすること', '同じ市の他の区へ引っ越した(政令指定都市)']);
  expect(await answers().last().getByRole('heading', { level: 4 }).allInnerTexts()).toEqual(['申請した後で、交付通知書がまだ届いていない方', '交付通知書が届いている方', 'カードを持っている方']);
  const lost = answers().nth(1);
  expect(await lost.getByRole('list').first().getByRole('listitem').count()).toBe(3);
  expect(await lost.getByRole('link', { name: '0120-95-0178' }).getAttribute('href')).toBe('tel:0120950178');
  for (const text of ['担当: 市民課', '公式ページ', '内容を確かめた日']) expect(await lost.innerText()).toContain(text);
});

test('a number that must not be written is shown masked', async () => {
  await open();
  await answerTo(() => type('123456789018'));
  expect(await log().locator('.you').last().innerText()).toContain('[番号]');
});

test('Escape closes and gives the focus back', async () => {
  await open();
  await page.keyboard.press('Escape');
  expect(await page.locator('button.launcher').evaluate((button) => button.matches(':focus'))).toBe(true);
  expect(await page.locator('.panel').isVisible()).toBe(false);
});

test('the picture in README is of a real conversation', async () => {
  await withJapaneseFont(page, base);
  await open();
  await answerTo(() => type('引越したらカードはどうすればいい？'));
  await picture(page, 'conversation');
});

test('a status result shows the way with the place on it, to the eye and to a screen reader', async () => {
  await withJapaneseFont(page, base);
  await page.setViewportSize({ width: 440, height: 900 });
  await open();
  const asked = await answerTo(() => type('3週間前にスマホで申請したけど届かない'));
  expect(asked).toContain('2026年11月1日(日)');
  for (const text of ['ない', 'いいえ']) await answerTo(() => type(text));
  await answerTo(() => type('見ていない'));
  const way = answers().last().getByRole('list').first();
  expect(await way.getByRole('listitem').count()).toBeGreaterThanOrEqual(4);
  expect(await way.locator('[aria-current="step"]').count()).toBe(1);
  await picture(page, 'status');
});

test('a relocation checklist gives the last day as an entry for the calendar', async () => {
  await withJapaneseFont(page, base);
  await page.setViewportSize({ width: 440, height: 900 });
  await open('/?lang=en');
  await answerTo(() => type('I moved to another city on 15 November, what about my card?'));
  for (let tries = 0; tries < 6 && (await answers().last().getByRole('link', { name: /calendar/i }).count()) === 0; tries += 1) {
    const question = await answers().last().innerText();
    await answerTo(() => type(question.includes('Where are you with the card') ? 'have it' : question.includes('On which day') ? '15 November' : question.includes('What kind of move') ? 'To another city' : 'no'));
  }
  const link = answers().last().getByRole('link', { name: /calendar/i });
  const entry = await context.request.get(new URL((await link.getAttribute('href'))!, base).href);
  expect(entry.headers()['content-type']).toContain('text/calendar');
  expect(await entry.text()).toMatch(/DTSTART;VALUE=DATE:20261130/);
  await picture(page, 'relocation');
});
