import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { addDays, dayIn, momentIn } from '../../../knowledge/days.ts';
import { knowledgeFolder } from '../../helpers.ts';
import { openOn, openSite, visit, type Site } from '../../visit.ts';

let folder: string;
let site: Site;
let base: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi notice '));
  // A few entries are enough, and are read again in a moment.
  await cp(knowledgeFolder, join(folder, 'knowledge'), { recursive: true, filter: (path) => !path.includes('/elsewhere/') && (!path.includes('/faq/') || /faq\/(lost|guide-\w+)(\/|$)/.test(path)) });
  site = await openSite({ KNOWLEDGE_DIR: join(folder, 'knowledge'), TODAY: '' });
  base = site.base;
});
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true, force: true });
});

const save = (text: string, file = 'notice.yaml'): Promise<void> => writeFile(join(folder, 'knowledge', file), text);
const notice = (more = ''): string => `text:\n  ja: 停電のため、<窓口>を休みます。\n  en: The desk is closed.\nuntil: 2099-12-31\n${more}`;
async function begin(): Promise<(path?: string, body?: object) => Promise<Record<string, unknown>>> {
  const call = async (method: string, path: string, token?: string, body?: object): Promise<Record<string, string>> =>
    await (await fetch(`${base}/v3/directline${path}`, { method, headers: { 'Content-Type': 'application/json', ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })).json() as Record<string, string>;
  const { token, conversationId } = await call('POST', '/tokens/generate');
  await call('POST', '/conversations', token, {});
  return (_path, body) => call(body === undefined ? 'GET' : 'POST', `/conversations/${conversationId!}/activities`, token, body);
}
/** Looks until a page shows, or shows no more, what is expected. */
async function seen(path: string, expected: string, isThere = true): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await (await fetch(base + path)).text()).includes(expected) === isThere) return;
    await wait(50);
  }
  throw new Error(`${path} ${isThere ? 'does not show' : 'still shows'} ${expected}`);
}

test('a saved notice stands on the pages and above every conversation, and is gone with its file', async () => {
  const talk = await begin();
  expect(await talk()).not.toHaveProperty('notice');
  await save(notice());
  await seen('/', '<div class="notice" role="status">停電のため、&lt;窓口&gt;を休みます。</div>');
  await seen('/faq/en', 'The desk is closed.');
  expect(await talk()).toMatchObject({ notice: { ja: '停電のため、<窓口>を休みます。', en: 'The desk is closed.' } });
  await rm(join(folder, 'knowledge/notice.yaml'));
  await seen('/', '停電', false);
  expect(await talk()).not.toHaveProperty('notice');
});

test('a notice saved while pages are open stands above their conversations in their languages, is told once, and is gone after its last day', async () => {
  const visits = await Promise.all((['ja', 'en'] as const).map(async (lang) => {
    const { context, page } = await visit(site.browser);
    await openOn(page, `${base}/?lang=${lang}`);
    await page.evaluate(`(() => {
      window.told = [];
      const notice = document.querySelector('#madoguchi').shadowRoot.querySelector('.notice');
      // Screen readers tell what changes in a region that was there before.
      if (notice.checkVisibility() && notice.getAttribute('role') === 'status') new MutationObserver(() => told.push(notice.textContent)).observe(notice, { childList: true, characterData: true, subtree: true });
    })()`);
    return { lang, context, page, notice: page.locator('.panel .notice') };
  }));
  const lastDay = dayIn('Asia/Tokyo', new Date());
  await save(notice().replace('2099-12-31', lastDay));
  await Promise.all(visits.map(async ({ lang, page, notice: above }) => {
    const text = lang === 'ja' ? '停電のため、<窓口>を休みます。' : 'The desk is closed.';
    await above.filter({ hasText: text }).waitFor();
    const [box, log] = [await above.boundingBox(), await page.getByRole('log').boundingBox()];
    expect(box!.y + box!.height).toBeLessThanOrEqual(log!.y);
    for (let looks = 0; looks < 2; looks += 1) await page.waitForResponse(/activities\?watermark/);
    expect(await page.evaluate('told')).toEqual([text]);
  }));
  jest.useFakeTimers({ now: momentIn('Asia/Tokyo', addDays(lastDay, 1), 0), doNotFake: ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
  try {
    await Promise.all(visits.map(async ({ context, page, notice: above }) => {
      await above.waitFor({ state: 'hidden' });
      expect((await page.evaluate('told') as string[]).at(-1)).toBe('');
      await context.close();
    }));
  } finally {
    jest.useRealTimers();
  }
  await rm(join(folder, 'knowledge/notice.yaml'));
  await seen('/', '停電', false);
});

test('a notice with a fault changes nothing; one without is put up even while another file has a fault', async () => {
  await save(notice().replace('2099-12-31', '来週'));
  await seen('/readyz', 'incomplete');
  await seen('/', '停電', false);
  await save('name: [', 'words/topics.yaml');
  await save(notice('closed: true'));
  await seen('/', '停電');
  const talk = await begin();
  await talk('', { type: 'message', text: 'カードをなくしました' });
  const { activities } = await talk() as { activities: { text: string }[] };
  expect(activities.map(({ text }) => text)).toEqual(['停電のため、<窓口>を休みます。', 'カードをなくしました', '停電のため、<窓口>を休みます。']);
});
