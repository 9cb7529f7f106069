import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { locales } from '../../../knowledge/locales.ts';
import { withJapaneseFont } from '../../browser.ts';
import { shippedLibrary } from '../../helpers.ts';
import { picture } from '../../picture.ts';
import { openSite, type Site } from '../../visit.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite({ PUBLIC_URL: 'https://madoguchi.city.mihon.example.jp' });
}, 120_000);
afterAll(() => site.close());

const get = async (path: string, headers: Record<string, string> = {}) => fetch(site.base + path, { headers, redirect: 'manual' });

test('every entry has a page in every language, with its language, canonical address and data for search engines', async () => {
  const { entries } = await shippedLibrary();
  const ids = [...new Set(entries.map(({ id }) => id))].filter((id) => !id.startsWith('guide-'));
  for (const locale of locales) {
    for (const id of ids) {
      const response = await get(`/faq/${locale}/${id}`);
      const text = await response.text();
      expect([id, response.status]).toEqual([id, 200]);
      expect(text).toContain(`<html lang="${locale === 'en' ? 'en' : 'ja'}"`);
      expect(text).toContain(`<link rel="canonical" href="https://madoguchi.city.mihon.example.jp/faq/${locale}/${id}">`);
      const [, data] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)!;
      expect(JSON.parse(data!)).toMatchObject({ '@type': 'QAPage', mainEntity: { '@type': 'Question', acceptedAnswer: { '@type': 'Answer' } } });
      expect(text).not.toMatch(/\{\w+\}/);
    }
  }
});

test('what is not there says so, and ends of guides have no page of their own', async () => {
  for (const path of ['/faq/ja/moving/nowhere', '/faq/fr', '/faq/ja/guide-status/ready']) expect((await get(path)).status).toBe(404);
});

test('the address without a language leads to the reader’s own', async () => {
  expect((await get('/faq/', { 'Accept-Language': 'en-GB' })).headers.get('location')).toBe('/faq/en');
  expect((await get('/faq/?q=PIN', { 'Accept-Language': 'ja' })).headers.get('location')).toBe('/faq/ja?q=PIN');
});

test.each([['ja', '引っ越したら住所変更'], ['en', 'I lost my card'], ['ja-easy', 'カードを なくしました']] as const)('in %s one can search and read without script', async (locale, question) => {
  const context = await site.browser.newContext({ javaScriptEnabled: false, viewport: { width: 440, height: 900 } });
  const page = await context.newPage();
  await withJapaneseFont(page, site.base);
  await page.goto(`${site.base}/faq/${locale}`);
  await page.getByRole('searchbox').fill(question);
  await page.keyboard.press('Enter');
  const first = page.locator('ol a').first();
  const title = await first.innerText();
  await first.click();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(title);
  expect(await page.locator('a[href^="tel:"]').count()).toBeGreaterThan(0);
  expect(await page.locator('ruby').count() > 0).toBe(locale === 'ja-easy');
  await picture(page, `faq-${locale}`);
  await context.close();
});

test('printing leaves out what paper cannot use, and says when it was printed', async () => {
  const page = await site.browser.newPage();
  await page.goto(`${site.base}/faq/ja/lost/what-to-do-first`);
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('search').count()).toBe(0);
  expect(await page.locator('.print-only').isVisible()).toBe(true);
  expect(await page.locator('button.launcher').isVisible()).toBe(false);
  await page.close();
});
