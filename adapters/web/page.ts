import { inLocale, type Locale } from '../../knowledge/locales.ts';
import type { Library } from '../../knowledge/library.ts';

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Text as it may stand in HTML and in quoted attributes. */
export const html = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign]!);

export const languageTag = (locale: Locale): string => (locale === 'en' ? 'en' : 'ja');

/** A page of the sample municipality around some content. */
export function page(library: Library, locale: Locale, { title, body, widget }: { title: string; body: string; widget: boolean }): string {
  const city = html(inLocale(library.municipality.name, locale));
  const other = (['ja', 'en', 'ja-easy'] as const).filter((one) => one !== locale).map((one) =>
    `<a href="?lang=${one}" lang="${languageTag(one)}" hreflang="${languageTag(one)}">${html(library.phrase(({ ja: 'label_japanese', en: 'label_english', 'ja-easy': 'label_easy' } as const)[one], one))}</a>`).join(' ');
  return `<!doctype html>
<html lang="${languageTag(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)} | ${city}</title>
<link rel="stylesheet" href="/page.css">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
</head>
<body>
<header><p class="city">${city}</p><nav aria-label="Language">${other}</nav></header>
<main>
${body}
</main>
<footer><p>${html(inLocale(library.municipality.address, locale))}</p></footer>
${widget ? `<script src="/widget.js" data-lang="${locale}" defer></script>` : ''}
</body>
</html>
`;
}

/** The sample municipal page with the widget embedded as a city would embed it. */
export function homePage(library: Library, locale: Locale): string {
  const say = (key: Parameters<Library['phrase']>[0]): string => html(library.phrase(key, locale));
  const office = Object.values(library.municipality.departments)[0]!;
  const contact = html(library.phrase('contact', locale, { department: inLocale(office.name, locale), tel: office.tel, hours: inLocale(office.hours, locale) }));
  return page(library, locale, {
    title: library.phrase('page_title', locale), widget: true,
    body: `<h1>${say('page_title')}</h1>
<p>${say('greeting')}</p>
<p>${say('privacy')}</p>
<p>${contact}</p>
<noscript><p>${say('page_without_script')}</p></noscript>`,
  });
}
