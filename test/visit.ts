import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { readConfig } from '../adapters/config.ts';
import { start } from '../adapters/start.ts';
import { openBrowser } from './browser.ts';
import { knowledgeFolder, shelfOf, today } from './helpers.ts';

/** The real service, and a real browser to visit it with. */
export interface Site {
  readonly base: string;
  readonly browser: Browser;
  /** A folder of its own, gone with it. */
  readonly folder: string;
  close(): Promise<void>;
}

/**
 * Starts both, on a day of the tests.
 * @param settings further settings, or others
 */
export async function openSite(settings: Readonly<Record<string, string>> = {}, lineDemo = false): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi visit '));
  const config = readConfig({ PORT: '0', KNOWLEDGE_DIR: knowledgeFolder, DATABASE_URL: `file:${folder}/test.db`, LOG_LEVEL: 'silent', TODAY: today, ...settings }, lineDemo);
  const [service, browser] = await Promise.all([start(config, shelfOf(config)), openBrowser()]);
  return {
    base: `http://127.0.0.1:${service.port}`, browser, folder,
    async close() {
      await browser.close();
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Somebody who visits, with what the browser finds fault with. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly faults: readonly string[];
}

export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (line) => { if (line.type() === 'error') faults.push(line.text()); });
  return { context, page, faults };
}

/** What the assistant has said. */
export const answersOn = (page: Page): Locator => page.getByRole('log').locator('.assistant');

/** Opens the assistant on a page by a tap. */
export async function openOn(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator('button.launcher').click();
  await answersOn(page).first().waitFor();
}

/** Waits for one more answer than there were before an act, and gives the text of all that came. */
export async function answerTo(page: Page, act: () => Promise<void>): Promise<string> {
  const answers = answersOn(page);
  const before = await answers.count();
  await act();
  await answers.nth(before).waitFor();
  return (await answers.allInnerTexts()).slice(before).join('\n');
}

/** Writes a question into the field and sends it. */
export const ask = (page: Page, text: string): Promise<string> => answerTo(page, async () => {
  await page.getByRole('textbox').fill(text);
  await page.keyboard.press('Enter');
});
