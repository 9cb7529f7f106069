import { readFile } from 'node:fs/promises';
import type { Day } from '../../knowledge/days.ts';
import type { Library } from '../../knowledge/library.ts';
import { isLocale, type Locale } from '../../knowledge/locales.ts';
import type { Asked, Route } from '../server.ts';
import { homePage } from './page.ts';
import { cached, makeWidget } from './widget.ts';

const icon = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b4f9e"/><path d="M7 9h18v10H15l-5 5v-5H7z" fill="#fff"/></svg>';

const localeOf = ({ query }: Asked): Locale => {
  const wanted = query.get('lang');
  return isLocale(wanted) ? wanted : 'ja';
};

/** The sample page and what it is made of, and the widget for any page. */
export function site(library: () => Library, today: () => Day): { routes: Route[]; prepare: () => Promise<string> } {
  const widget = makeWidget(library);
  const css = readFile(new URL('./page.css', import.meta.url), 'utf8');
  const routes: Route[] = [
    { method: 'get', path: '/', handle: async (asked) => ({ headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' }, body: homePage(library(), localeOf(asked), today()) }) },
    { method: 'get', path: '/page.css', handle: async (asked) => cached(asked, 'text/css; charset=utf-8', await css) },
    { method: 'get', path: '/icon.svg', handle: async (asked) => cached(asked, 'image/svg+xml', icon) },
    { method: 'get', path: '/widget.js', handle: widget.script },
    { method: 'get', path: '/widget.css', handle: widget.style },
    { method: 'get', path: '/widget/readings.json', handle: widget.readings },
  ];
  return { routes, prepare: widget.prepare };
}
