import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { readConfig } from '../../../adapters/config.ts';
import { start, type Running } from '../../../adapters/start.ts';
import { openBrowser } from '../../browser.ts';
import { knowledgeFolder, shelfOf, today } from '../../helpers.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let service: Running;
let base: string;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi axe '));
  const config = readConfig({ PORT: '0', KNOWLEDGE_DIR: knowledgeFolder, DATABASE_URL: `file:${folder}/test.db`, LOG_LEVEL: 'silent', TODAY: today });
  [service, browser] = await Promise.all([start(config, shelfOf(config)), openBrowser()]);
  base = `http://127.0.0.1:${service.port}`;
}, 120_000);
afterAll(async () => {
  await browser.close();
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What axe-core finds against WCAG 2.2 A and AA: rule and place. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(`axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + JSON.stringify(target))))`);
}

const screens = [{ name: 'phone', width: 320, height: 640 }, { name: 'desktop', width: 1280, height: 800 }] as const;
const cases = (['ja', 'en', 'ja-easy'] as const).flatMap((lang) => (['light', 'dark'] as const).flatMap((colorScheme) => screens.map((screen) => ({ lang, colorScheme, screen, name: `${lang}, ${colorScheme}, ${screen.name}` }))));

test.each(cases.map((one) => [one.name, one] as const))('axe finds nothing in %s: page, open conversation, list and answer', async (_, { lang, colorScheme, screen }) => {
  const context = await browser.newContext({ viewport: screen, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${base}/?lang=${lang}`);
  const launcher = page.locator('button.launcher');
  await launcher.waitFor();
  expect(await violations(page)).toEqual([]);
  await launcher.click();
  const answers = page.getByRole('log').locator('.assistant');
  await answers.first().waitFor();
  const before = await answers.count();
  await page.keyboard.insertText(lang === 'en' ? 'I lost my card' : 'カードをなくしました');
  await page.keyboard.press('Enter');
  await answers.nth(before).waitFor();
  expect(await violations(page)).toEqual([]);
  for (const path of [`/faq/${lang}`, `/faq/${lang}/lost/what-to-do-first`]) {
    await page.goto(base + path);
    await launcher.waitFor();
    expect(await violations(page)).toEqual([]);
  }
  await context.close();
});
