import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openSite } from '../visit.ts';

const version = '4.18.1';
const run = promisify(execFile);

/** Microsoft's Web Chat, unchanged, in a real browser against the real service. Its bundle is fetched for this run only, since it weighs more than the whole project. */
export async function webChat(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi webchat '));
  await run('npm', ['pack', `botframework-webchat@${version}`, '--silent'], { cwd: folder });
  await run('tar', ['-xzf', (await readdir(folder)).find((name) => name.endsWith('.tgz'))!, 'package/dist/webchat.js'], { cwd: folder });
  const { base, browser, close } = await openSite();
  const page = await (await browser.newContext({ bypassCSP: true })).newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(`${base}/faq/ja`);
  await page.addScriptTag({ path: join(folder, 'package/dist/webchat.js') });
  await page.evaluate(`(async () => {
    const { token } = await (await fetch('/v3/directline/tokens/generate', { method: 'POST' })).json();
    document.body.innerHTML = '<div id="chat" style="height:600px"></div>';
    window.WebChat.renderWebChat({ directLine: window.WebChat.createDirectLine({ domain: location.origin + '/v3/directline', token }), locale: 'ja-JP' }, document.getElementById('chat'));
  })()`);
  await page.getByText('マイナンバーカードの案内係です').first().waitFor();
  await page.locator('input[type=text], textarea').first().fill('カードをなくしました');
  await page.keyboard.press('Enter');
  await page.getByText('0120-95-0178').first().waitFor();
  await page.getByRole('button', { name: 'なくした後の再発行' }).first().click();
  await page.getByText('再発行').nth(2).waitFor();
  const unsent = await page.getByText('送信できません').count();
  console.log(`Web Chat ${version}: greeting, question, answer and a tapped choice; ${unsent} messages shown as unsent, ${faults.length} faults of the page${faults.length === 0 ? '' : `: ${faults[0]}`}`);
  await close();
  await rm(folder, { recursive: true, force: true });
  process.exitCode = faults.length + unsent === 0 ? 0 : 1;
}
