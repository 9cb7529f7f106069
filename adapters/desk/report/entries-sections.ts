import { isServed } from '../../../knowledge/entry.ts';
import { inLocale } from '../../../knowledge/locales.ts';
import { isBad, reasonWords } from '../due.ts';
import { html, htmlTable } from '../html.ts';
import { cut } from '../layout.ts';
import { rowPlot } from './bars.ts';
import type { Section, Spoken } from './page.ts';
import type { Counts } from './tally.ts';
import { percent } from './words.ts';

const most = 15;
/** A title that fits beside its bar. */
const short = (text: string): string => cut(text, 36);

/** The first three of a list in words, for who does not see the plot. */
const firstThree = (counts: Counts, { title, say }: Spoken): string => counts.slice(0, 3).map(([id, count]) => `${title(id)} ${count}`).join(say('、', ', '));

function readSection(spoken: Spoken): Section {
  const { say, title, entry, tally: { read } } = spoken;
  const top = read.slice(0, most);
  const total = read.reduce((sum, [, count]) => sum + count, 0);
  const heading = say('よく読まれた回答', 'Entries read most');
  const plot = (): string => rowPlot({
    title: say(`よく読まれた回答(上から${top.length}件)`, `The ${top.length} entries read most`), description: firstThree(top, spoken), parts: [''],
    bars: top.map(([id, count]) => ({ label: short(title(id)), values: [count] })),
  });
  const table = (): string => htmlTable({
    caption: heading, columns: [{ head: say('回答', 'Entry') }, { head: say('回数', 'Times'), number: true }, { head: say('割合', 'Share'), number: true }],
    rows: top.map(([id, count]) => [entry(id), String(count), percent(count, total)]),
  });
  return { id: 'read', heading, body: top.length === 0 ? `<p>${say('まだありません。', 'None yet.')}</p>` : `${plot()}\n${table()}` };
}

function votesSection(spoken: Spoken): Section {
  const { say, title, entry, tally: { votes, useful, useless } } = spoken;
  const worst = [...votes].filter(([, vote]) => vote.useless > 0)
    .sort(([a, x], [b, y]) => Number(isBad(y)) - Number(isBad(x)) || y.useless - x.useless || (a < b ? -1 : 1)).slice(0, most);
  const [name, liked, disliked] = [say('役に立たなかったと言われた回答', 'Entries found useless'), say('役に立った', 'useful'), say('役に立たなかった', 'useless')];
  const plot = (): string => rowPlot({
    title: name, description: firstThree(worst.map(([id, vote]) => [id, vote.useless] as const), spoken), parts: [liked, disliked],
    bars: worst.map(([id, vote]) => ({ label: short(title(id)), values: [vote.useful, vote.useless] })),
  });
  const table = (): string => htmlTable({
    caption: name, columns: [{ head: say('回答', 'Entry') }, { head: liked, number: true }, { head: disliked, number: true }, { head: say('見直すか', 'Look at it?') }],
    rows: worst.map(([id, vote]) => [entry(id), String(vote.useful), String(vote.useless), isBad(vote) ? say('見直してください', 'yes') : say('様子を見る', 'not yet')]),
  });
  const sentence = say(
    `役に立った ${useful}件、役に立たなかった ${useless}件(${percent(useful, useful + useless)}が役に立った)。1人の最後の返事だけを数えています。`,
    `Useful ${useful}, useless ${useless}: ${percent(useful, useful + useless)} useful. Of each person only the last vote on an entry counts.`);
  return { id: 'votes', heading: say('役に立ったか', 'Was it useful?'), body: `<p>${sentence}</p>\n${worst.length === 0 ? '' : `${plot()}\n${table()}`}` };
}

function unaskedSection({ say, entry, library, language, today, tally: { met } }: Spoken): Section {
  const served = library.entries.filter((one) => one.locale === 'ja' && one.phrases.length > 0 && isServed(one, today)).map(({ id }) => id);
  const unasked = served.filter((id) => !met.has(id));
  const topics = Object.entries(library.topics).map(([topic, name]) => ({ name: inLocale(name, language), of: unasked.filter((id) => id.startsWith(`${topic}/`)) }));
  const heading = say('だれも聞かなかった回答', 'Entries nobody asked for');
  const sentence = say(
    `公開中の回答${served.length}件のうち、${unasked.length}件は、この期間に一度も示されませんでした。要らないのか、聞き方(phrases)が足りないのかを、ときどき確かめてください。`,
    `Of ${served.length} entries served, ${unasked.length} were never given or offered in these days. See now and then whether nobody needs them, or whether phrases are missing.`);
  const table = (): string => htmlTable({
    caption: heading, columns: [{ head: say('話題', 'Topic') }, { head: say('回答', 'Entries') }],
    rows: topics.filter(({ of }) => of.length > 0).map(({ name, of }) => [html(name), of.map(entry).join('<br>')]),
  });
  return { id: 'unasked', heading, body: `<p>${sentence}</p>\n${unasked.length === 0 ? '' : table()}` };
}

function dueSection({ say, entry, due, library, language }: Spoken): Section {
  const office = (owner: string): string => {
    const department = library.municipality.departments[owner];
    return department === undefined ? owner : inLocale(department.name, language);
  };
  const table = (): string => htmlTable({
    caption: say('見直す日や公開の終わりが、過ぎたか1か月以内に来る回答', 'Reviews and ends that are past or come within a month'),
    columns: [{ head: say('回答', 'Entry') }, { head: say('部署', 'Department') }, { head: say('わけ', 'Why') }],
    rows: due.map(({ id, owner, reasons }) => [entry(id), html(office(owner)), reasons.map((reason) => html(reasonWords(reason, say))).join('<br>')]),
  });
  const nothing = say('1か月以内に見直すもの、公開が終わるものはありません。', 'No review and no end comes within a month.');
  return { id: 'due', heading: say('見直す回答', 'Entries to review'), body: due.length === 0 ? `<p>${nothing}</p>` : table() };
}

/** What was read, liked, never met, and what is to be looked at. */
export const entriesSections: readonly ((spoken: Spoken) => Section)[] = [readSection, votesSection, unaskedSection, dueSection];
