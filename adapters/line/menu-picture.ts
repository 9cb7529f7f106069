import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { RichMenu } from '../../knowledge/rich-menu.ts';
import { menuSize, places, stripPlace, type MenuLanguage, type Place } from './menu-plan.ts';

const require = createRequire(import.meta.url);
const family = 'Noto Sans JP';

/** A web font (WOFF 1.0) as the TrueType font it was packed from: the same tables, inflated. */
export function unpackFont(packed: Buffer): Buffer {
  const count = packed.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => {
    const at = 44 + 20 * index;
    const [from, length, whole] = [packed.readUInt32BE(at + 4), packed.readUInt32BE(at + 8), packed.readUInt32BE(at + 12)];
    const bytes = packed.subarray(from, from + length);
    return { tag: packed.readUInt32BE(at), sum: packed.readUInt32BE(at + 16), bytes: length < whole ? inflateSync(bytes) : bytes };
  });
  const head = Buffer.alloc(12 + 16 * count);
  head.writeUInt32BE(packed.readUInt32BE(4), 0);
  head.writeUInt16BE(count, 4);
  let offset = head.length;
  const parts: Uint8Array[] = [head];
  tables.forEach(({ tag, sum, bytes }, index) => {
    [tag, sum, offset, bytes.length].forEach((value, field) => head.writeUInt32BE(value, 12 + 16 * index + 4 * field));
    const padding = Buffer.alloc((4 - (bytes.length % 4)) % 4);
    parts.push(bytes, padding);
    offset += bytes.length + padding.length;
  });
  return Buffer.concat(parts);
}

let fonts: Buffer[] | undefined;
async function openFonts(): Promise<Buffer[]> {
  if (fonts === undefined) {
    await initWasm(readFileSync(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
    const folder = join(dirname(require.resolve('@fontsource/noto-sans-jp/package.json')), 'files');
    fonts = ['japanese', 'latin'].map((part) => unpackFont(readFileSync(join(folder, `noto-sans-jp-${part}-700-normal.woff`))));
  }
  return fonts;
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
/** About how wide a text is, in font sizes: Latin letters are little more than half as wide. */
const widthOf = (text: string): number => [...text].reduce((sum, sign) => sum + (sign < '\u2000' ? 0.58 : 1), 0);

/** Words in lines of at most `most` font sizes, as far as there are spaces. */
export function breakLines(text: string, most: number): string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    const joined = `${last ?? ''} ${word}`;
    return last !== undefined && widthOf(joined) <= most ? [...lines.slice(0, -1), joined] : [...lines, word];
  }, []);
}

const biggest = 120;
function inMiddle(text: string, { x, y, width, height }: Place, colour: string, lineWidth: number): string {
  const lines = breakLines(text, lineWidth);
  const size = Math.min(biggest, (width * 0.86) / Math.max(...lines.map(widthOf)));
  const step = size * 1.35;
  const first = y + height / 2 - ((lines.length - 1) * step) / 2 + size * 0.36;
  return lines.map((line, index) =>
    `<text x="${x + width / 2}" y="${first + index * step}" font-family="${family}" font-weight="700" font-size="${size}" text-anchor="middle" fill="${colour}">${escaped(line)}</text>`).join('');
}

const accent = '#0b4f9e';
const gap = 14;

function drawing(menu: RichMenu, language: MenuLanguage): string {
  const tiles = menu.areas.map(({ label }, index) => {
    const { x, y, width, height } = places[index]!;
    return `<rect x="${x + gap}" y="${y + gap}" width="${width - 2 * gap}" height="${height - 2 * gap}" rx="36" fill="#ffffff" stroke="${accent}" stroke-width="6"/>`
      + `<rect x="${x + gap + 60}" y="${y + height - gap - 70}" width="${width - 2 * gap - 120}" height="16" rx="8" fill="${accent}"/>`
      + inMiddle(label[language], places[index]!, '#12233d', language === 'ja' ? 5.2 : 6.4);
  });
  const { width, height } = menuSize;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#e4ebf5"/>`
    + `<rect width="${width}" height="${stripPlace.height}" fill="${accent}"/>${inMiddle(menu.switch[language], stripPlace, '#ffffff', 20)}${tiles.join('')}</svg>`;
}

/** The picture of the menu in one language, as PNG of `menuSize`; made from text alone. */
export async function drawMenu(menu: RichMenu, language: MenuLanguage): Promise<Uint8Array> {
  const fontBuffers = await openFonts();
  const renderer = new Resvg(drawing(menu, language), { font: { fontBuffers, defaultFontFamily: family } });
  const image = renderer.render();
  const png = image.asPng();
  // Freed by hand and in this order: left to the garbage collector, the library fails when one goes before the other.
  image.free();
  renderer.free();
  return png;
}
