import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { answersOn, ask as askOn, openOn, openSite, visit, type Site } from '../../visit.ts';

let site: Site;
let city: Server;
let context: BrowserContext;
let page: Page;
let faults: readonly string[];
let base: string;
/** Address of a page of the city on another origin, with a strict policy and the widget as README tells. */
let home: string;
/** What the city's page writes into the script tag. */
let options = '';

beforeAll(async () => {
  city = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': `default-src 'none'; script-src ${base}; style-src ${base}; connect-src ${base}` });
    response.end(`<!doctype html><html lang="ja"><title>みほん市</title><body><h1>みほん市</h1><script src="${base}/widget.js" ${options} defer></script></body></html>`);
  });
  await new Promise<void>((resolve) => city.listen(0, '127.0.0.1', resolve));
  home = `http://127.0.0.1:${(city.address() as AddressInfo).port}/`;
  site = await openSite({ ALLOWED_ORIGINS: home });
  base = site.base;
}, 120_000);
afterAll(async () => {
  await site.close();
  city.close();
});
beforeEach(async () => {
  options = '';
  ({ context, page, faults } = await visit(site.browser, { permissions: ['clipboard-read', 'clipboard-write'] }));
});
afterEach(() => context.close());

const answers = () => answersOn(page);
const open = (): Promise<void> => openOn(page, home);
const ask = (text: string): Promise<string> => askOn(page, text);
const styleOf = (place: string, property: string): Promise<string> => page.locator(place)
  .evaluate((one, name) => (globalThis as unknown as { getComputedStyle(of: unknown): Record<string, string> }).getComputedStyle(one)[name]!, property);
const button = (name: string) => page.getByRole('button', { name, exact: true });

test('works on a page of another origin under a policy that allows our host and nothing else', async () => {
  await open();
  await ask('カードをなくしました');
  expect(await answers().last().innerText()).toContain('0120-95-0178');
  await page.locator('.tools button').nth(0).click();
  await page.getByRole('button', { name: 'コピーしました' }).waitFor();
  const copied = await page.evaluate('navigator.clipboard.readText()') as string;
  expect(copied).toMatch(/^カードをなくした[^\n]*\n\n[^]*\n\n1\. 電話で/);
  expect(copied).toContain(`\n${base}/faq/ja/lost/what-to-do-first`);
  expect(copied).not.toMatch(/\*\*|\]\(/);
  expect(faults).toEqual([]);
});

test('the page chooses side, colours, label and a first question, and hears what happens but not what is said', async () => {
  options = 'data-lang="en" data-position="left" data-accent="#7a0019" data-on-accent="#ffffff" data-label="Ask the city" data-start="I lost my card"';
  await page.goto(home);
  await page.evaluate(`window.heard = []; document.addEventListener('madoguchi', ({ detail }) => heard.push(detail))`);
  const launcher = page.locator('button.launcher');
  await launcher.waitFor();
  expect(await launcher.innerText()).toBe('Ask the city');
  expect(await styleOf('button.launcher', 'backgroundColor')).toBe('rgb(122, 0, 25)');
  expect((await launcher.boundingBox())!.x).toBeLessThan(50);
  await page.evaluate(`document.dispatchEvent(new CustomEvent('madoguchi:open'))`);
  await answers().nth(1).waitFor();
  expect(await answers().nth(1).innerText()).toContain('0120-95-0178');
  await page.evaluate(`document.dispatchEvent(new CustomEvent('madoguchi:open', { detail: { question: 'Where do I collect the card?' } }))`);
  await answers().nth(2).waitFor();
  await page.evaluate(`document.dispatchEvent(new CustomEvent('madoguchi:close'))`);
  const heard = await page.evaluate('heard') as { type: string; entry?: string }[];
  expect(heard.map(({ type }) => type)).toEqual(expect.arrayContaining(['open', 'ask', 'answer', 'close']));
  expect(JSON.stringify(heard)).not.toContain('lost my');
});

test('a colour that is none is left aside', async () => {
  options = 'data-accent="url(https://elsewhere.example/)"';
  await page.goto(home);
  await page.locator('button.launcher').waitFor();
  expect(await styleOf('button.launcher', 'backgroundColor')).toBe('rgb(11, 79, 158)');
});

test('language, size of text and furigana are chosen in the settings, last, and keep the conversation', async () => {
  await open();
  await ask('カードをなくしました');
  await button('設定').click();
  await page.locator('.settings').getByText('やさしい日本語').click();
  await page.locator('ruby').first().waitFor();
  await page.locator('.you', { hasText: 'カードをなくしました' }).waitFor();
  await ask('カードを なくしました');
  expect(await answers().last().locator('ruby rt').count()).toBeGreaterThan(5);
  await page.getByRole('textbox').fill('やっぱり');
  await page.locator('.gear').click();
  await page.locator('.settings .group').nth(1).getByRole('button').nth(2).click();
  expect(await page.getByRole('textbox').inputValue()).toBe('やっぱり');
  await page.getByRole('textbox').fill('');
  expect(parseFloat(await styleOf('.log', 'fontSize'))).toBeCloseTo(25.6, 0);
  await page.reload();
  await page.locator('button.launcher').click();
  await page.locator('ruby').first().waitFor();
  expect(parseFloat(await styleOf('.log', 'fontSize'))).toBeCloseTo(25.6, 0);
  await page.locator('.gear').click();
  await page.locator('.settings .group').nth(2).getByRole('button').click();
  await page.locator('.you').first().waitFor();
  expect(await page.locator('.log ruby').count()).toBe(0);
  await page.locator('.gear').click();
  await page.locator('.settings').getByRole('button', { name: 'English' }).click();
  await page.getByText('Was this answer helpful?').first().waitFor();
  await ask('how much does a new one cost');
  expect(await answers().last().getAttribute('lang')).toBe('en');
});

test('one answer is printed alone, in its own words', async () => {
  await page.addInitScript('window.print = () => { top.printed = { title: document.title, text: document.body.innerText }; }');
  await open();
  await ask('カードをなくしました');
  await button('印刷する').click();
  const printed = await page.evaluate('printed') as { title: string; text: string };
  expect(printed.title).toContain('なくした');
  expect(printed.text).toContain('0120-95-0178');
  expect(printed.text).not.toContain('役に立ちましたか');
  await page.evaluate(`document.querySelector('iframe').contentWindow.dispatchEvent(new Event('afterprint'))`);
  expect(await button('印刷する').evaluate((one) => one.matches(':focus'))).toBe(true);
});

test("the link of an answer goes through the device's own sheet, and leads to the same answer", async () => {
  await page.addInitScript(`navigator.share = (data) => { window.shared = data; return Promise.resolve(); }`);
  await open();
  await ask('カードをなくしました');
  await button('リンクを送る').click();
  const { url } = await page.evaluate('shared') as { url: string };
  await page.goto(url);
  expect(await page.getByRole('main').innerText()).toContain('0120-95-0178');
});

test('without a connection what was written waits in sight, and is answered once when it is back', async () => {
  await open();
  await context.setOffline(true);
  await page.getByRole('textbox').fill('カードをなくしました');
  await page.keyboard.press('Enter');
  await page.getByText('つながりません').waitFor();
  expect(await page.locator('.you').last().innerText()).toContain('カードをなくしました');
  await context.setOffline(false);
  await page.locator('.assistant', { hasText: '0120-95-0178' }).waitFor({ timeout: 20_000 });
  await page.getByText('つながりません').waitFor({ state: 'hidden' });
  expect(await page.locator('.you').count()).toBe(1);
});

test('when it is too much at once, it says so, waits, and loses nothing', async () => {
  await open();
  let refused = 0;
  await page.route('**/activities', async (route) => {
    if (route.request().method() !== 'POST' || refused > 0) return route.continue();
    refused += 1;
    return route.fulfill({ status: 429, headers: { 'Retry-After': '1', 'Access-Control-Allow-Origin': home.slice(0, -1), 'Access-Control-Expose-Headers': 'Retry-After' }, body: '{}' });
  });
  await page.getByRole('textbox').fill('カードをなくしました');
  await page.keyboard.press('Enter');
  await page.getByText('混み合っています').waitFor();
  await page.locator('.assistant', { hasText: '0120-95-0178' }).waitFor();
  expect(refused).toBe(1);
});

test('after days away, with its conversation gone, it begins anew and still answers', async () => {
  await open();
  await ask('カードをなくしました');
  await page.evaluate(`(() => { const key = Object.keys(localStorage).find((one) => one.includes('127.0.0.1')); const kept = JSON.parse(localStorage.getItem(key)); kept.token = 'an old token'; localStorage.setItem(key, JSON.stringify(kept)); })()`);
  await page.reload();
  await page.locator('button.launcher').click();
  await page.getByRole('textbox').fill('暗証番号を忘れました');
  await page.keyboard.press('Enter');
  await page.locator('.assistant', { hasText: '暗証番号' }).first().waitFor();
});

test('a message at its greatest length says so, and a script in it stays text', async () => {
  await open();
  await page.getByRole('textbox').fill(`<img src=x onerror=alert(1)> ${'あ'.repeat(1100)}`.slice(0, 1000));
  await page.getByText('1000文字まで').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.you').waitFor();
  expect(await page.locator('.you img').count()).toBe(0);
  expect(faults.filter((fault) => !fault.includes('403'))).toEqual([]);
});

const news = /activities\?watermark/;
/** Makes a page believe that nobody sees it, or somebody does. */
const see = (isSeen: boolean): Promise<unknown> => page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${!isSeen}, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))`);

test('a network that neither answers nor fails is told as none, and what was written is answered once', async () => {
  await page.clock.install();
  await open();
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
  await page.clock.install();
  await open();
  await ask('カードをなくしました');
  await Promise.all([page.waitForRequest('**/tokens/refresh'), page.clock.fastForward('31:00')]);
  await ask('暗証番号を忘れました');
  expect(await page.locator('.you').count()).toBe(2);

  await see(false);
  let asked = 0;
  page.on('request', () => { asked += 1; });
  await page.clock.runFor(60_000);
  // One was due already.
  expect(asked).toBeLessThanOrEqual(1);
  await Promise.all([page.waitForRequest(news), see(true)]);
});

test('larger text chosen while news is on its way keeps the conversation', async () => {
  await open();
  await ask('カードをなくしました');
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => { release = resolve; });
  await page.route(news, async (route) => {
    await released;
    await route.continue();
  });
  await page.waitForRequest(news);
  await page.locator('.gear').click();
  await page.locator('.settings .group').nth(1).getByRole('button').nth(1).click();
  release();
  await page.locator('.you', { hasText: 'カードをなくしました' }).waitFor();
});

test('a choice tapped twice on a slow line is sent once', async () => {
  await open();
  const choice = answers().last().locator('.choices button').first();
  await choice.evaluate((one: { click(): void }) => { one.click(); one.click(); });
  await answers().nth(1).waitFor();
  expect(await page.locator('.you').count()).toBe(1);
});

test('a style that does not come at once, and a storage that is spoilt, keep nobody out', async () => {
  await page.addInitScript(`localStorage.setItem('madoguchi:' + origin, '{"id":1}')`);
  let failed = 0;
  await page.route('**/widget.css', (route) => {
    failed += 1;
    return failed === 1 ? route.abort() : route.continue();
  });
  await page.clock.install();
  await Promise.all([page.waitForEvent('requestfailed'), page.goto(base)]);
  await page.clock.fastForward(3000);
  await page.locator('button.launcher').click();
  await answers().first().waitFor();
  expect(failed).toBe(2);
});

test('where the service refuses, it says that it cannot be reached, and is not asked without end', async () => {
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
