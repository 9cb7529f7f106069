import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import stringWidth from 'string-width';
import { playTraffic } from '../../../adapters/desk/demo/traffic.ts';
import { readQuestions } from '../../../adapters/desk/questions.ts';
import { makeReport } from '../../../adapters/desk/report.ts';
import { reportPage } from '../../../adapters/desk/report/page.ts';
import { sqliteStore } from '../../../bot/store/sqlite.ts';
import { addDays } from '../../../knowledge/days.ts';
import { openBrowser } from '../../browser.ts';
import { knowledgeFolder, root, shippedLibrary, today } from '../../helpers.ts';
import { picture } from '../../picture.ts';

jest.setTimeout(120_000);

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let folder: string;
let browser: Browser;
const pages: Record<string, string> = {};
const fileOf = (language: string): string => pathToFileURL(join(folder, `${language}.html`)).href;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi report '));
  const store = await sqliteStore(':memory:');
  const opening = openBrowser();
  await playTraffic({ library: await shippedLibrary(), questions: await readQuestions(join(knowledgeFolder, 'questions.jsonl')), store, timeZone: 'Asia/Tokyo', until: today, days: 30, visits: 15 });
  const log = await store.questions(new Date(0));
  await store.close();
  for (const language of ['ja', 'en'] as const) {
    pages[language] = reportPage(await makeReport(log, { from: addDays(today, -29), until: today, timeZone: 'Asia/Tokyo' }, knowledgeFolder, language));
    await writeFile(join(folder, `${language}.html`), pages[language]);
  }
  browser = await opening;
}, 120_000);
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

test('the page is one file: it has no script and would load nothing', () => {
  for (const text of Object.values(pages)) expect(text).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|url\(|@import|\bon\w+="/);
});

test('names beside bars take the room there is, in either script, and the page says what a month cost', () => {
  const names = (text: string): string[] => [...text.matchAll(/text-anchor="end">([^<]*…)</g)].map(([, name]) => name!);
  for (const text of Object.values(pages)) for (const name of names(text)) expect([name, stringWidth(name) >= 24]).toEqual([name, true]);
  expect(names(pages.en!).length).toBeGreaterThan(0);
  expect(pages.ja).toContain('件への返信は無料で、プランの通数に数えられません。');
  expect(pages.en).toContain('questions on LINE are free and do not count against the plan.');
});

test('every plot says what it shows, and the same figures stand in tables with captions and heads', () => {
  for (const text of Object.values(pages)) {
    const plots = text.match(/<svg [^]*?<\/svg>/g) ?? [];
    expect(plots.length).toBeGreaterThanOrEqual(8);
    for (const plot of plots) expect(plot).toMatch(/^<svg [^>]*role="img"[^>]*>\s*<title>[^<]+<\/title>\s*<desc>[^<]+<\/desc>/);
    const tables = text.match(/<table>[^]*?<\/table>/g) ?? [];
    expect(tables.length).toBeGreaterThanOrEqual(plots.length);
    for (const table of tables) expect(table).toMatch(/^<table><caption>[^<]+<\/caption>\s*<thead><tr><th scope="col">[^]*<th scope="row">/);
  }
});

/** What axe-core finds against WCAG 2.2 A and AA: rule and place. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(`axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + JSON.stringify(target))))`);
}

test.each([['ja', 'light', 320], ['ja', 'dark', 1280], ['en', 'light', 1280], ['en', 'dark', 320]] as const)('axe finds nothing on the report in %s, %s, %i wide, and nothing sticks out', async (language, colorScheme, width) => {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  await page.goto(fileOf(language));
  await page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  await page.close();
});

test('on paper the tables are open, and nothing asks to be clicked', async () => {
  const page = await browser.newPage();
  await page.goto(fileOf('ja'));
  const table = page.locator('#traffic table');
  expect(await table.isVisible()).toBe(false);
  await page.emulateMedia({ media: 'print' });
  expect(await table.isVisible()).toBe(true);
  expect(await page.locator('nav').isVisible()).toBe(false);
  // A draft stands in a font that has Japanese.
  expect(await page.evaluate("getComputedStyle(document.querySelector('pre code')).fontFamily")).toContain('BIZ UDGothic');
  await page.close();
});

test('the picture in README is of the real report', async () => {
  const page = await browser.newPage({ viewport: { width: 1000, height: 1180 } });
  await page.goto(fileOf('ja'));
  const fonts = join(root, 'node_modules/@fontsource/noto-sans-jp');
  const faces = ['400', '700'].map((weight) => readFileSync(join(fonts, `${weight}.css`), 'utf8')).join('\n').replaceAll('./files/', `${pathToFileURL(fonts).href}/files/`);
  await page.addStyleTag({ content: `${faces} body, svg, pre { font-family: "Noto Sans JP"; }` });
  await picture(page, 'report');
  await page.close();
});
