import { readFileSync } from 'node:fs';
import type { Day } from '../../../knowledge/days.ts';
import type { Library } from '../../../knowledge/library.ts';
import { inLocale } from '../../../knowledge/locales.ts';
import { sayIn, type DeskLanguage, type Say } from '../command.ts';
import type { Due } from '../due.ts';
import { html } from '../html.ts';
import type { Draft } from './draft.ts';
import { entriesSections } from './entries-sections.ts';
import type { Quality } from './quality.ts';
import { qualitySection } from './quality-section.ts';
import type { Tally } from './tally.ts';
import { loadSection, outcomesSection, overviewSection, trafficSection } from './traffic-sections.ts';
import { unansweredSection } from './unanswered-section.ts';
import type { UnansweredTally } from './unanswered.ts';
import { namesIn, type Names } from './words.ts';

/** Everything the page says, before it is said. */
export interface Report {
  readonly language: DeskLanguage;
  readonly library: Library;
  readonly today: Day;
  readonly tally: Tally;
  readonly unanswered: UnansweredTally;
  /** One for each group. */
  readonly drafts: readonly Draft[];
  readonly due: readonly Due[];
  readonly quality: Quality | undefined;
}

/** A report with what its sections need to say it. */
export interface Spoken extends Report {
  readonly say: Say;
  readonly names: Names;
  /** An entry as the page names it: title and id, as HTML. */
  readonly entry: (id: string) => string;
  readonly title: (id: string) => string;
}

export interface Section {
  readonly id: string;
  readonly heading: string;
  /** HTML below the heading. */
  readonly body: string;
}

const style = readFileSync(new URL('./style.css', import.meta.url), 'utf8');

/** The report as one page that needs nothing else: no script, no picture, no address it would load. */
export function reportPage(report: Report): string {
  const { language, library, today, tally: { period } } = report;
  const say = sayIn(language);
  const title = (id: string): string => library.entry(id, language, today)?.title ?? id;
  const spoken: Spoken = { ...report, say, names: namesIn(say), title, entry: (id) => (title(id) === id ? html(id) : `${html(title(id))} <span class="note">(${html(id)})</span>`) };
  const sections = [overviewSection, trafficSection, outcomesSection, unansweredSection, ...entriesSections, qualitySection, loadSection].map((section) => section(spoken));
  const city = inLocale(library.municipality.name, language);
  const heading = say(`${city} 案内係の報告`, `${city}: report on the assistant`);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(heading)} ${period.from} – ${period.until}</title>
<style>
${style}</style>
</head>
<body>
<header>
<h1>${html(heading)}</h1>
<p>${say(`${period.from} から ${period.until} まで(${html(period.timeZone)})。作った日 ${today}。`, `${period.from} to ${period.until} (${html(period.timeZone)}). Made on ${today}.`)}</p>
<nav aria-label="${say('目次', 'Contents')}"><ul>
${sections.map(({ id, heading: name }) => `<li><a href="#${id}">${html(name)}</a></li>`).join('\n')}
</ul></nav>
</header>
<main>
${sections.map(({ id, heading: name, body }) => `<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${html(name)}</h2>
${body}
</section>`).join('\n')}
</main>
</body>
</html>
`;
}
