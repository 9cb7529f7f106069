import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { root } from '../../helpers.ts';
import { openSite, type Site } from '../../visit.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site.close());

interface Heard { id: string; text: string; mine: string | undefined; choices: string[] }
/** What a page says to Microsoft's own client, and what it hears; runs in the page. */
interface Client {
  DirectLine: { DirectLine: new (options: object) => {
    activity$: { subscribe(next: (activity: { type: string; id: string; text: string; channelData?: { clientActivityID?: string }; suggestedActions?: { actions: { title: string }[] } }) => void): void };
    connectionStatus$: { subscribe(next: (status: number) => void): void };
    postActivity(activity: object): { subscribe(next: (id: string) => void, error: (error: unknown) => void): void };
  } };
}

test.each([['WebSocket', true], ['polling', false]])("Microsoft's own client holds a conversation over %s", async (_name, webSocket) => {
  const context = await site.browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.goto(site.base);
  await page.addScriptTag({ path: join(root, 'node_modules/botframework-directlinejs/dist/directline.js') });
  const { heard, statuses, sent } = await page.evaluate(async ({ domain, stream }) => {
    const { token } = await (await fetch(`${domain}/tokens/generate`, { method: 'POST' })).json() as { token: string };
    const client = new (globalThis as unknown as Client).DirectLine.DirectLine({ domain, token, webSocket: stream, pollingInterval: 250 });
    const said: Heard[] = [];
    const seen: number[] = [];
    client.connectionStatus$.subscribe((status) => seen.push(status));
    client.activity$.subscribe(({ type, id, text, channelData, suggestedActions }) => {
      if (type === 'message') said.push({ id, text, mine: channelData?.clientActivityID, choices: (suggestedActions?.actions ?? []).map(({ title }) => title) });
    });
    const until = async (count: number): Promise<void> => {
      for (let tries = 0; said.length < count && tries < 300; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    const say = (activity: object): Promise<string> => new Promise((resolve, reject) => client.postActivity({ type: 'message', from: { id: 'whoever' }, ...activity }).subscribe(resolve, reject));
    await until(1);
    const first = await say({ text: 'カードをなくしました', locale: 'ja', channelData: { clientActivityID: 'webchat.1' } });
    await until(3);
    await say({ text: '', value: 'entry:lost/reissue' });
    await until(5);
    return { heard: said, statuses: seen, sent: first };
  }, { domain: `${site.base}/v3/directline`, stream: webSocket });
  expect(statuses).toContain(2);
  expect(sent).toMatch(/^said-/);
  expect(heard).toHaveLength(5);
  expect(heard[1]!.mine).toBe('webchat.1');
  expect(heard[2]!.text).toContain('0120-95-0178');
  expect(heard[2]!.choices).toContain('メニュー');
  expect(heard[4]!.text).toContain('再発行');
  expect(new Set(heard.map(({ id }) => id)).size).toBe(5);
  await context.close();
}, 60_000);
