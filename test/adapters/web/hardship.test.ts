import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
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
const news = /activities\?watermark/;
/** Makes a page believe that nobody sees it, or somebody does. */
const see = (page: Page, isSeen: boolean): Promise<unknown> => page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${!isSeen}, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))`);

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

test('a network that neither answers nor fails is told as none, and what was written is answered once', async () => {
  const page = await come();
  await page.clock.install();
  await open(page);
  let isHeld = false;
  await page.route('**/activities', async (route) => {
    if (isHeld) return route.continue();
    isHeld = true;
  });
  await page.getByRole('textbox').fill('カードをなくしました');
  await Promise.all([page.waitForRequest('**/activities'), page.keyboard.press('Enter')]);
  await page.clock.fastForward(20_000);
  await page.getByText('つながりません').waitFor();
  expect(await page.locator('.typing').filter({ visible: true }).count()).toBe(0);
  await page.clock.fastForward(1000);
  await page.locator('.assistant', { hasText: '0120-95-0178' }).waitFor();
  expect(await page.locator('.you').count()).toBe(1);
});

test('a conversation that lasts longer than half an hour gets a new token and goes on; a page nobody sees asks for no news', async () => {
  const page = await come();
  await page.clock.install();
  await open(page);
  await ask(page, 'カードをなくしました');
  await Promise.all([page.waitForRequest('**/tokens/refresh'), page.clock.fastForward('31:00')]);
  await ask(page, '暗証番号を忘れました');
  expect(await page.locator('.you').count()).toBe(2);

  await Promise.all([page.waitForResponse(news), see(page, false)]);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.clock.runFor(60_000);
  expect(asked).toEqual([]);
  await Promise.all([page.waitForRequest(news), see(page, true)]);
});

test('larger text chosen while news is on its way keeps the conversation', async () => {
  const page = await come();
  await open(page);
  await ask(page, 'カードをなくしました');
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => { release = resolve; });
  await Promise.all([page.waitForRequest(news), page.route(news, async (route) => {
    await released;
    await route.continue();
  })]);
  await page.locator('.gear').click();
  await page.locator('.settings .group').nth(1).getByRole('button').nth(1).click();
  release();
  await page.locator('.you', { hasText: 'カードをなくしました' }).waitFor();
});

test('a style that does not come at once, and a storage that is spoilt, keep nobody out', async () => {
  const page = await come();
  await page.addInitScript(`localStorage.setItem('madoguchi:' + origin, '{"id":1}')`);
  let failed = 0;
  await page.route('**/widget.css', (route) => {
    failed += 1;
    return failed === 1 ? route.abort() : route.continue();
  });
  await open(page);
  expect(failed).toBe(2);
});

test('where the service refuses, it says that it cannot be reached, and is not asked without end', async () => {
  const page = await come();
  let asked = 0;
  await page.route('**/tokens/generate', (route) => {
    asked += 1;
    return route.fulfill({ status: 403, body: '{}' });
  });
  await page.goto(site.base);
  await page.locator('button.launcher').click();
  await page.getByText('つながりません').waitFor();
  expect(asked).toBeLessThan(3);
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
