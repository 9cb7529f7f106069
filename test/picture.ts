import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { root } from './helpers.ts';
import { smallPng } from './small-png.ts';

/** Takes a picture of a real page, or a part of it; with PICTURES=on it replaces the one in docs. Throws where hardly anything is to be seen. */
export async function picture(page: Page, name: string, part: Page | Locator = page): Promise<void> {
  const isKept = process.env.PICTURES === 'on';
  if (isKept) {
    await page.evaluate('document.fonts.ready');
    await page.waitForTimeout(500);
  }
  const taken = await part.screenshot();
  if (taken.byteLength < 20_000) throw new Error(`The picture ${name} is nearly empty.`);
  if (isKept) await writeFile(join(root, 'docs', `${name}.png`), await smallPng(page.context().browser()!, taken));
}
