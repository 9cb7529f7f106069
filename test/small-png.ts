import { crc32, deflateSync } from 'node:zlib';
import type { Browser } from 'playwright-core';

/** Runs in a page: the picture's size, its most frequent colours, and for each dot the nearest of them, one sign a dot. */
const reduce = `async (address, most) => {
  const image = await createImageBitmap(await (await fetch(address)).blob());
  const { width, height } = image;
  const canvas = new OffscreenCanvas(width, height).getContext('2d');
  canvas.drawImage(image, 0, 0);
  const dots = new Uint32Array(canvas.getImageData(0, 0, width, height).data.buffer);
  const counts = new Map();
  for (const dot of dots) counts.set(dot, (counts.get(dot) ?? 0) + 1);
  const parts = (dot) => [dot & 255, dot >> 8 & 255, dot >> 16 & 255];
  const far = (a, b) => parts(a).reduce((sum, part, index) => sum + (part - parts(b)[index]) ** 2, 0);
  const colours = [];
  // Colours that can hardly be told from one that is in are left out.
  for (const [dot] of [...counts].sort(([, a], [, b]) => b - a)) if (colours.length < most && colours.every((one) => far(one, dot) > 20)) colours.push(dot);
  const nearest = new Map([...counts.keys()].map((dot) => [dot, colours.reduce((best, one, index) => (far(one, dot) < far(colours[best], dot) ? index : best), 0)]));
  return { width, height, colours: colours.map(parts), dots: Array.from(dots, (dot) => String.fromCharCode(nearest.get(dot))).join('') };
}`;

const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

/** A screenshot in at most 256 colours, a third of the size: pages have few. */
export async function smallPng(browser: Browser, screenshot: Buffer): Promise<Buffer> {
  const page = await browser.newPage();
  const { width, height, colours, dots } = await page.evaluate(`(${reduce})('data:image/png;base64,${screenshot.toString('base64')}', 256)`) as { width: number; height: number; colours: number[][]; dots: string };
  await page.close();
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const rows = Array.from({ length: height }, (_, row) => Buffer.concat([Buffer.of(0), Buffer.from(dots.slice(row * width, (row + 1) * width), 'latin1')]));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('PLTE', Buffer.from(colours.flat())), chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
