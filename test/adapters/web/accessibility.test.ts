import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { criteria } from '../../accessibility/criteria.ts';
import { pictureFolder, pictures } from '../../accessibility/pictures.ts';
import { waicReport } from '../../accessibility/report.ts';
import { screens, walk } from '../../accessibility/screens.ts';
import { root, today } from '../../helpers.ts';
import { answersOn, answerTo, ask, openOn, openSite, visit, type Site, type Visit } from '../../visit.ts';

let site: Site;
let visits: Visit[] = [];
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site.close());
afterEach(async () => {
  for (const { context } of visits) await context.close();
  visits = [];
});

async function come(options: BrowserContextOptions = {}): Promise<Page> {
  const came = await visit(site.browser, options);
  visits.push(came);
  return came.page;
}
const oldPhone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
const open = (page: Page): Promise<void> => openOn(page, site.base);
const isWriting = (page: Page): Promise<boolean> => page.locator('textarea').evaluate((field) => field.matches(':focus'));

test.each(screens.map((one) => [one.name, one] as const))('axe finds nothing in %s: page, conversation, settings, list and answer', async (_, screen) => {
  expect(await walk(site.browser, site.base, screen)).toEqual([]);
});

test('on a telephone the keyboard comes only when somebody touches the field, and covers nothing', async () => {
  const page = await come(oldPhone);
  await open(page);
  expect(await isWriting(page)).toBe(false);
  await ask(page, 'カードをなくしました');
  await answerTo(page, () => answersOn(page).last().locator('.choices button').first().tap());
  expect(await isWriting(page)).toBe(false);
  await page.evaluate(`Object.defineProperty(visualViewport, 'height', { value: 300 }); visualViewport.dispatchEvent(new Event('resize'))`);
  expect((await page.locator('.panel').boundingBox())!).toMatchObject({ y: 0, height: 300 });
  await page.locator('.send').click({ trial: true });
});

test('who tabs on from a panel that covers the page sees what has the focus', async () => {
  const page = await come({ viewport: { width: 320, height: 600 } });
  await open(page);
  for (let tabs = 0; tabs < 30 && await page.locator('.panel').isVisible(); tabs += 1) await page.keyboard.press('Shift+Tab');
  expect(await page.locator('.panel').isVisible()).toBe(false);
  expect(await page.locator('a:focus').isVisible()).toBe(true);
});

test('who begins again by keyboard, or stands at a button that goes, is still in the window', async () => {
  const page = await come();
  await open(page);
  await page.locator('.gear').press('Enter');
  await Promise.all([page.waitForRequest(/tokens\/generate/), page.locator('.settings').getByRole('button').last().press('Enter')]);
  expect(await isWriting(page)).toBe(true);
  await page.waitForResponse(/activities\?watermark/);
  await answersOn(page).last().locator('.choices button').first().focus();
  // Another tab began another conversation.
  await page.evaluate(`(() => { const key = 'madoguchi:' + origin; const kept = JSON.parse(localStorage.getItem(key)); localStorage.setItem(key, JSON.stringify({ ...kept, id: 'another' })); dispatchEvent(new StorageEvent('storage', { key })); })()`);
  await page.locator('.log:focus').waitFor();
});

test('at 320 by 256 dots, as at 400 %, and with very large text, everything can be reached and nothing runs out at the side', async () => {
  const page = await come({ viewport: { width: 320, height: 256 } });
  await open(page);
  await page.locator('.gear').click();
  await page.locator('.settings .group').nth(1).getByRole('button').nth(2).click();
  await ask(page, 'カードをなくしました');
  await page.locator('.gear').click();
  expect((await page.locator('.log').boundingBox())!.height).toBeGreaterThan(150);
  for (const place of ['.panel', '.log', '.settings']) expect([place, await page.locator(place).evaluate((one: { scrollWidth: number; clientWidth: number }) => one.scrollWidth - one.clientWidth)]).toEqual([place, 0]);
  for (const place of ['.settings a', '.you', '.send']) {
    await page.locator(place).scrollIntoViewIfNeeded();
    await page.locator(place).click({ trial: true });
  }
});

test('a screen reader hears the greeting and each answer, and after a reload not the history', async () => {
  const page = await come();
  /** What a live region of the log would say: who, where it is announced. */
  const listen = (): Promise<unknown> => page.evaluate(`(() => {
    window.heard = [];
    const log = document.querySelector('#madoguchi').shadowRoot.querySelector('.log');
    new MutationObserver((changes) => { for (const { addedNodes } of changes) for (const node of addedNodes) if (log.getAttribute('aria-live') === 'polite') heard.push(node.className); }).observe(log, { childList: true });
  })()`);
  await page.goto(site.base);
  await page.locator('button.launcher').waitFor();
  await listen();
  await page.locator('button.launcher').click();
  await answersOn(page).first().waitFor();
  await ask(page, 'カードをなくしました');
  expect(await page.evaluate('heard')).toEqual(['message assistant', 'message you', 'message assistant']);
  await page.reload();
  await page.locator('button.launcher').waitFor();
  await listen();
  await page.locator('button.launcher').click();
  await page.locator('.log[aria-live=polite] .you').waitFor();
  expect(await page.evaluate('heard')).toEqual([]);
  await ask(page, '暗証番号を忘れました');
  expect(await page.evaluate('heard')).toEqual(['message you', 'message assistant']);
});

test('every picture of the widget is there, is small, and is shown or linked in README', async () => {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  for (const { name } of pictures) {
    expect(readme).toContain(`docs/widget/${name}`);
    expect((await stat(join(pictureFolder, name))).size).toBeLessThan(80_000);
  }
});

test('the report names all 38 criteria of levels A and AA, and a fault at the criterion it breaks', () => {
  expect(new Set(criteria.map(({ number }) => number)).size).toBe(38);
  const report = waicReport([{ rule: 'color-contrast', criteria: ['wcag143'], place: '["p"]' }], today);
  expect(report.match(/^\| \d\.\d\.\d .*$/gm)).toHaveLength(38);
  expect(report).toMatch(/^\| 1\.4\.3 .*\| × \|.*color-contrast/m);
  expect(waicReport([], today)).not.toContain('×');
});
