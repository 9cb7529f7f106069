import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { root } from './helpers.ts';

interface Chrome {
  readonly path: string;
  readonly libraries: string | undefined;
}

/** Unpacks the Chromium of the npm package once on this machine; all at once under its own name, so that no other process sees half of it. */
async function unpackedChrome(): Promise<Chrome> {
  if (process.env.CHROME_PATH) return { path: process.env.CHROME_PATH, libraries: undefined };
  const { version } = JSON.parse(await readFile(join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8')) as { version: string };
  const home = join(tmpdir(), `madoguchi-chromium-${version}`);
  if (!existsSync(home)) {
    const half = await mkdtemp(`${home}-`);
    // In a process of its own, since the package unpacks where the whole process has its temporary files.
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval',
      "import chromium, { inflate } from '@sparticuz/chromium'; await chromium.executablePath(); await inflate('node_modules/@sparticuz/chromium/bin/al2023.tar.br');"], { cwd: root, env: { ...process.env, TMPDIR: half } });
    // Another process may have been faster; its copy is as good.
    await rename(half, home).catch((error: unknown) => { if (!existsSync(home)) throw error; });
  }
  return { path: join(home, 'chromium'), libraries: join(home, 'al2023/lib') };
}

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-zygote', '--disable-setuid-sandbox', '--font-render-hinting=none'];

/** A real Chromium: the one at CHROME_PATH, or the one that npm brought. */
export async function openBrowser(): Promise<Browser> {
  const { path, libraries } = await unpackedChrome();
  return chromium.launch({
    executablePath: path, headless: true, args: flags,
    env: { ...process.env as Record<string, string>, ...(libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries }) },
  });
}

/** A connection kept open may end just when it is used again. */
const again = { maxRetries: 3 };

/** Gives pages a Japanese font, which a bare machine lacks, so that screenshots can be read. */
export async function withJapaneseFont(page: Page, base: string): Promise<void> {
  const folder = join(root, 'node_modules/@fontsource/noto-sans-jp');
  await page.route(`${base}/test-fonts/**`, async (route) => route.fulfill({ path: join(folder, 'files', basename(new URL(route.request().url()).pathname)), contentType: 'font/woff2' }));
  await page.route((url) => url.origin === base && ['/page.css', '/line-demo/phone.css'].includes(url.pathname), async (route) => {
    const response = await route.fetch(again);
    const faces = await Promise.all(['400', '700'].map((weight) => readFile(join(folder, `${weight}.css`), 'utf8')));
    await route.fulfill({ response, body: `${faces.join('\n').replaceAll('./files/', '/test-fonts/')}${await response.text()}body { font-family: "Noto Sans JP"; }` });
  });
  await page.route(`${base}/widget.css`, async (route) => {
    const response = await route.fetch(again);
    await route.fulfill({ response, body: (await response.text()).replace('system-ui, ', '') });
  });
  await page.route((url) => url.origin === base && !url.pathname.includes('.'), async (route) => {
    // Only pages have a policy; what they ask for afterwards goes its own way.
    if (route.request().resourceType() !== 'document') return route.continue();
    const response = await route.fetch(again);
    const policy = `${response.headers()['content-security-policy']}; font-src 'self'`;
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
  });
}

