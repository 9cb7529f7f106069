import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Library } from '../../knowledge/library.ts';
import { locales } from '../../knowledge/locales.ts';
import type { PhraseKey } from '../../knowledge/words.ts';
import { bundle } from '../bundle.ts';
import type { Answer, Asked } from '../server.ts';

const folder = fileURLToPath(new URL('./widget/', import.meta.url));
const wordKeys = ['title', 'open', 'close', 'input', 'send', 'log', 'you', 'assistant', 'typing', 'offline', 'too_long', 'choices', 'vote', 'faq', 'again', 'busy', 'settings', 'languages', 'size', 'size_normal', 'size_large', 'size_huge', 'furigana', 'tools', 'copy', 'copied', 'print', 'share'] as const;

/** The widget's script without its words. */
export const bundleWidget = (): Promise<string> => bundle(`${folder}main.ts`);

/** The widget's words in every language, from the library's sentences. */
function wordsOf(library: Library): Record<string, Record<string, string>> {
  return Object.fromEntries(locales.map((locale) => [locale,
    Object.fromEntries(wordKeys.map((key) => [key, library.phrase(`page_${key}` as PhraseKey, locale, { limit: '1000' })]))]));
}

/** A text that changes seldom: sent once, then confirmed by its tag. */
export function cached(asked: Asked, type: string, text: string): Answer {
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 16)}"`;
  const headers = { 'Content-Type': type, ETag: tag, 'Cache-Control': 'public, max-age=300', 'Access-Control-Allow-Origin': '*' };
  return asked.header('if-none-match') === tag ? { status: 304, headers } : { headers, body: text };
}

/** Serves `/widget.js`, `/widget.css` and, for furigana, `/widget/readings.json`; the script is bundled once, at the first request or before. */
export function makeWidget(library: () => Library) {
  let bundle: Promise<string> | undefined;
  const script = (): Promise<string> => (bundle ??= bundleWidget());
  const style = readFile(`${folder}style.css`, 'utf8');
  return {
    prepare: script,
    script: async (asked: Asked): Promise<Answer> =>
      cached(asked, 'text/javascript; charset=utf-8', `var madoguchiWords=${JSON.stringify(wordsOf(library()))};${await script()}`),
    readings: async (asked: Asked): Promise<Answer> => cached(asked, 'application/json; charset=utf-8', JSON.stringify(library().easyWords.readings)),
    style: async (asked: Asked): Promise<Answer> => cached(asked, 'text/css; charset=utf-8', await style),
  };
}
