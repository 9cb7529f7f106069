import { guard } from '../../bot/guard.ts';
import { answerOf } from '../../knowledge/answer.ts';
import { spellDay, type Day } from '../../knowledge/days.ts';
import type { Entry } from '../../knowledge/entry.ts';
import type { Library } from '../../knowledge/library.ts';
import { inLocale, isLocale, locales, type Locale } from '../../knowledge/locales.ts';
import { plainLines } from '../../knowledge/markdown.ts';
import { Refusal, type Answer, type Asked, type Route } from '../server.ts';
import { blocksHtml, callable, html } from './html.ts';
import { languageTag, page, writer } from './page.ts';

export interface FaqParts {
  readonly library: () => Library;
  readonly today: () => Day;
  /** Address residents see, for canonical links; undefined leaves them out. */
  readonly publicUrl: string | undefined;
}

const mostFound = 8;
const longestQuery = 200;
const address = (locale: Locale, id = ''): string => `/faq/${locale}${id === '' ? '' : `/${id}`}`;

/** A text as a script block of data: it cannot end the block. */
const asData = (value: object): string => `<script type="application/ld+json">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>\n`;

/** The same answers as plain pages that need no script, in every language. */
export function faq({ library: current, today, publicUrl }: FaqParts): Route[] {
  const head = (id: string, locale: Locale, data?: object): string => [
    ...(publicUrl === undefined ? [] : [`<link rel="canonical" href="${html(new URL(address(locale, id), publicUrl).href)}">\n`]),
    ...locales.map((one) => `<link rel="alternate" hreflang="${one === 'ja-easy' ? 'ja-x-easy' : one}" href="${html(publicUrl === undefined ? address(one, id) : new URL(address(one, id), publicUrl).href)}">\n`),
    ...(data === undefined ? [] : [asData(data)]),
  ].join('');
  const answerPage = (body: string): Answer => ({ headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' }, body });
  const localeOf = ({ params }: Asked): Locale => {
    if (!isLocale(params.lang)) throw new Refusal(404, 'NotFound', 'There are pages in ja, en and ja-easy.');
    return params.lang;
  };
  const searched = ({ entries }: Library): Entry[] => entries.filter(({ locale, id }) => locale === 'ja' && !id.startsWith('guide-'));

  const list = async (asked: Asked): Promise<Answer> => {
    const locale = localeOf(asked);
    const library = current();
    const write = writer(library, locale);
    const say = (key: Parameters<Library['phrase']>[0]): string => write(library.phrase(key, locale));
    const query = guard((asked.query.get('q') ?? '').slice(0, longestQuery).trim()).text;
    const link = ({ id }: Entry): string => {
      const entry = library.entry(id, locale, today());
      return entry === undefined ? '' : `<li><a href="${address(locale, id)}">${write(entry.title)}</a></li>`;
    };
    const found = query === '' ? undefined : library.answer(query, locale === 'en' ? 'en' : 'ja', today()).hits.slice(0, mostFound)
      .map(({ entry }) => library.entry(entry, locale, today())).filter((entry) => entry !== undefined);
    const results = found === undefined ? '' : `<section aria-labelledby="found"><h2 id="found">${say('faq_found')}</h2>${found.length === 0 ? `<p>${say('faq_nothing')}</p>` : `<ol>${found.map(link).join('')}</ol>`}</section>`;
    const topics = Object.entries(library.topics).map(([topic, name]) => {
      const links = searched(library).filter(({ id }) => id.startsWith(`${topic}/`)).map(link).join('');
      return links === '' ? '' : `<section aria-labelledby="topic-${topic}"><h2 id="topic-${topic}">${write(inLocale(name, locale))}</h2><ul>${links}</ul></section>`;
    }).join('\n');
    return answerPage(page(library, locale, {
      title: library.phrase('faq_title', locale), today: today(), widget: true, addressIn: (one) => address(one), head: head('', locale),
      body: `<h1>${say('faq_title')}</h1>
<form action="${address(locale)}" method="get" role="search"><label for="q">${say('faq_search')}</label> <input id="q" name="q" type="search" maxlength="${longestQuery}" value="${html(query)}"> <button>${say('faq_search')}</button></form>
${results}
${topics}`,
    }));
  };

  const one = async (asked: Asked): Promise<Answer> => {
    const locale = localeOf(asked);
    const library = current();
    const id = `${asked.params.topic}/${asked.params.name}`;
    const entry = id.startsWith('guide-') ? undefined : library.entry(id, locale, today());
    if (entry === undefined) throw new Refusal(404, 'NotFound', 'There is no such question, or it is not published any more.');
    const write = writer(library, locale);
    const say = (key: Parameters<Library['phrase']>[0], slots: Record<string, string> = {}): string => write(library.phrase(key, locale, slots));
    const { title, body, source, checked, ...office } = answerOf(entry, library.department(entry), library.municipality, locale);
    const related = entry.related.map((other) => library.entry(other, locale, today())).filter((other) => other !== undefined);
    const plain = plainLines(body).join('\n');
    return answerPage(page(library, locale, {
      title, today: today(), widget: true, addressIn: (other) => address(other, id),
      head: head(id, locale, { '@context': 'https://schema.org', '@type': 'QAPage', inLanguage: languageTag(locale), mainEntity: { '@type': 'Question', name: title, answerCount: 1, acceptedAnswer: { '@type': 'Answer', text: plain, dateModified: entry.checked } } }),
      body: `<article lang="${languageTag(entry.locale)}">
<h1>${write(title)}</h1>
${entry.locale !== locale && locale === 'en' ? `<p lang="en">${say('only_japanese')}</p>` : ''}
${blocksHtml(body, write)}
${entry.confirm ? `<p>${say('confirm')}</p>` : ''}
</article>
<aside>
<p>${callable(library.phrase('office', locale, office), write)}</p>
<p><a href="${html(source)}" rel="noopener">${say('source')}</a></p>
<p>${say('checked', { day: checked })}</p>
<p class="print-only">${say('faq_print', { day: spellDay(today(), locale) })}</p>
</aside>
${related.length === 0 ? '' : `<nav aria-labelledby="related"><h2 id="related">${say('related')}</h2><ul>${related.map((other) => `<li><a href="${address(locale, other.id)}">${write(other.title)}</a></li>`).join('')}</ul></nav>`}
<p><a href="${address(locale)}">${say('faq_all')}</a></p>`,
    }));
  };

  const toOwnLanguage = async (asked: Asked): Promise<Answer> => {
    const wanted = asked.header('accept-language')?.toLowerCase().startsWith('en') === true ? 'en' : 'ja';
    return { status: 302, headers: { Location: `${address(wanted)}${asked.query.has('q') ? `?q=${encodeURIComponent(guard(asked.query.get('q')!).text)}` : ''}` } };
  };
  return [
    { method: 'get', path: '/faq', handle: toOwnLanguage },
    { method: 'get', path: '/faq/', handle: toOwnLanguage },
    { method: 'get', path: '/faq/:lang', handle: list },
    { method: 'get', path: '/faq/:lang/:topic/:name', handle: one },
  ];
}
