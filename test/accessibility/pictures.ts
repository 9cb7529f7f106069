import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { withJapaneseFont } from '../browser.ts';
import { root } from '../helpers.ts';
import { answersOn, ask, openOn } from '../visit.ts';

const sizes = [{ name: 'phone', width: 390, height: 844 }, { name: 'desktop', width: 1280, height: 800 }] as const;
const questions = { ja: 'カードをなくしました', en: 'I lost my card' } as const;

export const pictureFolder = join(root, 'docs/widget');

/** The pictures of the widget in docs, each with its language, size and look. */
export const pictures = (['ja', 'en'] as const).flatMap((lang) => sizes.flatMap((size) => (['light', 'dark'] as const).map((look) => ({ lang, size, look, name: `${lang}-${size.name}-${look}.png` }))));

/** Holds a short conversation in every language, size and look, and takes a picture of each. */
export async function takePictures(browser: Browser, base: string): Promise<void> {
  await mkdir(pictureFolder, { recursive: true });
  for (const { lang, size: { name: kind, ...viewport }, look, name } of pictures) {
    const context = await browser.newContext({ viewport, colorScheme: look, reducedMotion: 'reduce', ...(kind === 'phone' ? { hasTouch: true, isMobile: true } : {}) });
    const page = await context.newPage();
    await withJapaneseFont(page, base);
    await openOn(page, `${base}/?lang=${lang}`);
    await ask(page, questions[lang]);
    await answersOn(page).last().locator('.choices button').first().waitFor();
    await page.evaluate('document.activeElement.shadowRoot.activeElement.blur()');
    await page.evaluate('document.fonts.ready');
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(pictureFolder, name) });
    console.log(name);
    await context.close();
  }
}
