import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { withJapaneseFont } from '../browser.ts';
import { root } from '../helpers.ts';
import { smallPng } from '../small-png.ts';
import { ask, openOn } from '../visit.ts';

const sizes = [{ name: 'phone', width: 390, height: 844 }, { name: 'desktop', width: 1280, height: 800 }] as const;
const questions = { ja: 'カードをなくしました', en: 'I lost my card' } as const;
const waiting = { ja: '3週間前にスマホで申請したけど届かない', en: 'I applied on my phone three weeks ago, when will my card be ready?' } as const;

const replies = { ja: ['ない', 'いいえ'], en: ['not yet', 'no', 'no'] } as const;

export const pictureFolder = join(root, 'docs/widget');

/** The pictures of the widget in docs, each with its language, size and look. */
export const pictures = (['ja', 'en'] as const).flatMap((lang) => sizes.flatMap((size) => (['light', 'dark'] as const).map((look) => ({ lang, size, look, name: `${lang}-${size.name}-${look}.png` }))));

/** On the phone an answer with steps, at the desk a guide in its third question; in every language and look. */
export async function takePictures(browser: Browser, base: string): Promise<void> {
  await mkdir(pictureFolder, { recursive: true });
  for (const { lang, size: { name: kind, ...viewport }, look, name } of pictures) {
    const context = await browser.newContext({ viewport, colorScheme: look, reducedMotion: 'reduce', ...(kind === 'phone' ? { hasTouch: true, isMobile: true } : {}) });
    const page = await context.newPage();
    await withJapaneseFont(page, base);
    await openOn(page, `${base}/?lang=${lang}`);
    if (kind === 'phone') await ask(page, questions[lang]);
    else {
      await ask(page, waiting[lang]);
      for (const text of replies[lang]) await ask(page, text);
      await page.locator('.log').evaluate((log: { scrollTop: number; scrollHeight: number }) => { log.scrollTop = log.scrollHeight; });
    }
    await page.evaluate('document.activeElement.shadowRoot.activeElement.blur()');
    await page.evaluate('document.fonts.ready');
    await page.waitForTimeout(300);
    await writeFile(join(pictureFolder, name), await smallPng(browser, await page.screenshot()));
    console.log(name);
    await context.close();
  }
}
