import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ConfigError, readConfig } from '../../../../adapters/config.ts';
import { withJapaneseFont } from '../../../browser.ts';
import { picture } from '../../../picture.ts';
import { openSite, visit, type Site } from '../../../visit.ts';

let site: Site;
let page: Page;
let faults: readonly string[];

beforeAll(async () => {
  site = await openSite({}, true);
  ({ page, faults } = await visit(site.browser, { viewport: { width: 900, height: 860 } }));
  await withJapaneseFont(page, site.base);
  await page.goto(`${site.base}/line-demo`);
}, 120_000);
afterAll(() => site.close());

const theirs = () => page.locator('#chat .theirs');
/** Waits until something new has arrived after an act and gives its text. */
async function arriving(act: () => Promise<unknown>): Promise<string> {
  const before = await theirs().count();
  await act();
  await theirs().nth(before).waitFor();
  await page.waitForTimeout(400);
  return (await theirs().allInnerTexts()).slice(before).join('\n');
}
const write = (text: string) => async (): Promise<void> => {
  await page.getByLabel('メッセージ / Message').fill(text);
  await page.keyboard.press('Enter');
};

test('somebody new is greeted, with choices to tap and the menu below', async () => {
  await page.locator('#quick button').first().waitFor();
  expect(await theirs().first().innerText()).toContain('マイナンバーカード');
  await page.locator('#menu .area').nth(6).waitFor();
});

test('an answer arrives as a bubble with its office, its official page and a telephone that can be tapped', async () => {
  const heard = await arriving(write('カードをなくしました'));
  expect(heard).toContain('0120-95-0178');
  expect(await page.locator('.bubble a[href^="tel:"]').count()).toBeGreaterThan(0);
  await picture(page, 'line-demo', page.locator('.phone'));
});

test('a choice tapped below the chat goes through the webhook and is answered', async () => {
  await arriving(write('いつ届きますか'));
  const pill = page.locator('#quick button').first();
  const label = await pill.innerText();
  expect(await arriving(() => pill.click())).not.toBe('');
  expect(await page.locator('#chat .mine').last().innerText()).toContain(label.replace(/^\d+ /, '').replace(/…$/, ''));
});

test('a day is picked with the limits the question sets', async () => {
  await arriving(write('カードが今どこまで進んでいるか調べる'));
  for (const answer of ['まだ届いていない', 'ない', 'いいえ', 'スマートフォン']) await arriving(write(answer));
  const day = page.locator('#quick input[type=date]');
  expect(await day.getAttribute('max')).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(await arriving(() => day.fill('2026-11-10'))).not.toBe('');
});

test('the strip of the menu changes its language without a word in the chat', async () => {
  await page.locator('#menu .bar').click();
  const before = await page.locator('#chat .line').count();
  await page.locator('#menu .area').first().click();
  await page.locator('#menu .area[aria-label="Lost card"], #menu .area[aria-label*="ost"]').first().waitFor();
  await page.waitForTimeout(500);
  expect(await page.locator('#chat .line').count()).toBe(before);
});

test('beginning again forgets the conversation and greets anew', async () => {
  await page.getByRole('button', { name: /やり直す/ }).click();
  await theirs().first().waitFor();
  expect(await page.locator('#chat .mine').count()).toBe(0);
});

test('the page had no fault and broke no rule of its own content policy', () => {
  expect(faults).toEqual([]);
});

test('the trial is refused beside a real channel, and where others could reach it', () => {
  const line = { LINE_CHANNEL_SECRET: 'a secret of 16 characters', LINE_CHANNEL_ACCESS_TOKEN: 'a token of 16 characters' };
  expect(() => readConfig(line, true)).toThrow(ConfigError);
  expect(() => readConfig({ HOST: '0.0.0.0', DIRECT_LINE_SECRET: 'x'.repeat(32) }, true)).toThrow(/HOST is 0\.0\.0\.0/);
});

test.each([
  ['an event of nobody', { user: 'me', tapped: { type: 'follow' } }],
  ['an unknown event', { user: `U${'a'.repeat(32)}`, tapped: { type: 'beacon' } }],
])('the pretend phone refuses %s', async (_name, body) => {
  const { status } = await fetch(`${site.base}/line-demo/events`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  expect(status).toBe(400);
});
