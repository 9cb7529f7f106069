import type { Day } from '../../knowledge/days.ts';
import type { Library } from '../../knowledge/library.ts';
import { inLocale, locales, type Locale } from '../../knowledge/locales.ts';
import { noticeOn } from '../../knowledge/notice.ts';
import { callable, html, ruby } from './html.ts';

export const languageTag = (locale: Locale): string => (locale === 'en' ? 'en' : 'ja');
const labels = { ja: 'label_japanese', en: 'label_english', 'ja-easy': 'label_easy' } as const;

/** How a language writes text into a page: easy Japanese carries furigana. */
export const writer = ({ easyWords }: Library, locale: Locale) => (text: string): string => (locale === 'ja-easy' ? ruby(text, easyWords) : html(text));

export interface PageParts {
  readonly title: string;
  readonly today: Day;
  readonly body: string;
  readonly widget: boolean;
  /** Address of this page in another language, relative to the site. */
  readonly addressIn: (locale: Locale) => string;
  /** Further elements of the head. */
  readonly head?: string;
}

/** A page of the sample municipality around some content. */
export function page(library: Library, locale: Locale, { title, today, body, widget, addressIn, head = '' }: PageParts): string {
  const notice = noticeOn(library.notice, today);
  const told = notice && inLocale(notice.text, locale).split('\n').map(writer(library, locale)).join('<br>');
  const city = html(inLocale(library.municipality.name, locale));
  const others = locales.filter((one) => one !== locale).map((one) =>
    `<a href="${html(addressIn(one))}" lang="${languageTag(one)}" hreflang="${languageTag(one)}">${html(library.phrase(labels[one], one))}</a>`).join(' ');
  return `<!doctype html>
<html lang="${languageTag(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)} | ${city}</title>
<link rel="stylesheet" href="/page.css">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${head}</head>
<body>
<a class="skip" href="#main">${html(library.phrase('page_skip', locale))}</a>
<header><p class="city"><a href="/?lang=${locale}"><span class="crest" aria-hidden="true">${city.slice(0, 1)}</span>${city}</a></p><nav aria-label="${html(library.phrase('page_languages', locale))}">${others}</nav></header>
${told === undefined ? '' : `<div class="notice" role="status">${told}</div>\n`}<main id="main">
${body}
</main>
<footer><p><strong>${city}</strong></p><p>${html(inLocale(library.municipality.address, locale))}</p></footer>
${widget ? `<script src="/widget.js" data-lang="${locale}" defer></script>` : ''}
</body>
</html>
`;
}

/** The sample municipal page with the widget embedded as a city would embed it. */
export function homePage(library: Library, locale: Locale, today: Day): string {
  const { municipality, topics, entries } = library;
  const write = writer(library, locale);
  const say = (key: Parameters<Library['phrase']>[0], slots: Record<string, string> = {}): string => write(library.phrase(key, locale, slots));
  const office = Object.values(municipality.departments)[0]!;
  const popular = municipality.menu.map((id) => /^entry:(.+)$/.exec(id)?.[1]).map((id) => (id === undefined ? undefined : library.entry(id, locale, today))).filter((entry) => entry !== undefined);
  const filled = Object.entries(topics).filter(([topic]) => entries.some(({ id }) => id.startsWith(`${topic}/`)));
  return page(library, locale, {
    title: library.phrase('page_title', locale), today, widget: true, addressIn: (one) => `/?lang=${one}`,
    body: `<p class="trail">${say('page_trail')}</p>
<h1>${say('page_title')}</h1>
<p class="lead">${say('greeting')}</p>
<p>${say('privacy')}</p>
<noscript><p><a href="/faq/${locale}">${say('page_without_script')}</a></p></noscript>
<section aria-labelledby="popular"><h2 id="popular">${say('page_popular')}</h2>
<ul class="cards">${popular.map(({ id, title }) => `<li><a href="/faq/${locale}/${id}">${write(title)}</a></li>`).join('')}</ul></section>
<section aria-labelledby="topics"><h2 id="topics">${say('page_topics')}</h2>
<ul class="chips">${filled.map(([topic, name]) => `<li><a href="/faq/${locale}#topic-${topic}">${write(inLocale(name, locale))}</a></li>`).join('')}</ul>
<p><a href="/faq/${locale}">${say('page_faq')}</a></p></section>
<aside aria-labelledby="office"><h2 id="office">${say('page_office')}</h2>
<p>${callable(library.phrase('contact', locale, { department: inLocale(office.name, locale), tel: office.tel, hours: inLocale(office.hours, locale) }), write)}</p></aside>`,
  });
}
