import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core found: its rule, the success criteria it belongs to (`wcag143`), and where. */
export interface Violation {
  readonly rule: string;
  readonly criteria: readonly string[];
  readonly place: string;
}

async function violations(page: Page): Promise<Violation[]> {
  await page.evaluate(axe);
  return page.evaluate(`axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    .then(({ violations }) => violations.flatMap(({ id, tags, nodes }) => nodes.map(({ target }) => ({ rule: id, criteria: tags.filter((tag) => /^wcag\\d{3,}$/.test(tag)), place: JSON.stringify(target) }))))`);
}

const sizes = [{ name: 'phone', width: 320, height: 640 }, { name: 'desktop', width: 1280, height: 800 }] as const;
const looks = [{ name: 'light', colorScheme: 'light' }, { name: 'dark', colorScheme: 'dark' }, { name: 'forced colours', colorScheme: 'light', forcedColors: 'active' }] as const;

/** Every language, look and size in which the pages and the widget are looked at. */
export const screens = (['ja', 'en', 'ja-easy'] as const).flatMap((lang) => looks.flatMap((look) => sizes.map((size) => ({ lang, look, size, name: `${lang}, ${look.name}, ${size.name}` }))));
export type Screen = (typeof screens)[number];

/** Walks as a resident does: page, open conversation, an answer, the settings, the list and one answer's own page; what axe-core finds at each stop. */
export async function walk(browser: Browser, base: string, { lang, look, size }: Screen): Promise<Violation[]> {
  const { name: _, ...media } = look;
  const context = await browser.newContext({ viewport: { width: size.width, height: size.height }, reducedMotion: 'reduce', ...media });
  const page = await context.newPage();
  const found: Violation[] = [];
  const stop = async (): Promise<void> => { found.push(...await violations(page)); };
  await page.goto(`${base}/?lang=${lang}`);
  const launcher = page.locator('button.launcher');
  await launcher.waitFor();
  await stop();
  await launcher.click();
  const answers = page.getByRole('log').locator('.assistant');
  await answers.first().waitFor();
  const before = await answers.count();
  await page.keyboard.insertText(lang === 'en' ? 'I lost my card' : 'カードをなくしました');
  await page.keyboard.press('Enter');
  await answers.nth(before).waitFor();
  await stop();
  await page.locator('button.gear').click();
  await stop();
  for (const path of [`/faq/${lang}`, `/faq/${lang}/lost/what-to-do-first`]) {
    await page.goto(base + path);
    await launcher.waitFor();
    await stop();
  }
  await context.close();
  return found;
}
