import { html, htmlTable } from '../html.ts';
import { columnPlot, rowPlot } from './bars.ts';
import type { Section, Spoken } from './page.ts';
import { percent } from './words.ts';

const shortDay = (day: string): string => day.slice(5).replace('-', '/');

/** The figures one looks at first. */
export function overviewSection({ say, tally, unanswered }: Spoken): Section {
  const { asked, chosen, askers, useful, useless } = tally;
  const figures: readonly (readonly [string, string])[] = [
    [say('質問', 'Questions'), String(asked)],
    [say('のべ人数', 'People, day by day'), String(askers)],
    [say('見つからなかった', 'Not found'), percent(unanswered.questions, asked)],
    [say('回答のボタンを押した', 'Entries tapped'), String(chosen)],
    [say('役に立った', 'Found useful'), percent(useful, useful + useless)],
    [say('新しい回答の下書き', 'Drafts proposed'), String(unanswered.groups.length)],
  ];
  return {
    id: 'overview', heading: say('あらまし', 'Overview'), body: `<dl class="figures">
${figures.map(([name, value]) => `<div><dt>${html(name)}</dt><dd>${html(value)}</dd></div>`).join('\n')}
</dl>
<p class="note">${say('質問の記録には、番号や連絡先を伏せたことばだけがあり、だれのものかは分かりません。1人は、その日のうちは1人と数え、次の日は別の人と数えます。意味の近い質問のまとまりを聞いたのが3人未満なら、ことばを出さず、数だけを出します。',
    'The question log holds masked words and nobody’s name. A person counts once a day, and as somebody else the next day. Groups of like questions that fewer than three people asked are counted and not shown.')}</p>` };
}

/** Questions day by day, where and in which language. */
export function trafficSection({ say, names, tally: { days, channels, locales, asked } }: Spoken): Section {
  const [channelNames, localeNames] = [channels.map(([name]) => name), locales.map(([name]) => name)];
  const plot = (title: string, list: readonly string[], word: (name: string) => string, of: 'channels' | 'locales', totals: typeof channels): string => columnPlot({
    title, description: totals.map(([name, count]) => `${word(name)} ${count} (${percent(count, asked)})`).join(say('、', ', ')),
    parts: list.map(word), bars: days.map((day) => ({ label: shortDay(day.day), values: list.map((name) => day[of][name] ?? 0) })),
  });
  const numbers = (names_: readonly string[], word: (name: string) => string) => names_.map((name) => ({ head: word(name), number: true }));
  return {
    id: 'traffic', heading: say('日ごとの質問', 'Questions by day'), body: `
${plot(say('日ごとの質問(どこから)', 'Questions a day, by channel'), channelNames, names.channel, 'channels', channels)}
${plot(say('日ごとの質問(ことば)', 'Questions a day, by language'), localeNames, names.locale, 'locales', locales)}
<details><summary>${say('同じ数を表で', 'The same figures as a table')}</summary>
${htmlTable({
    caption: say('日ごとの質問の数', 'Questions a day'),
    columns: [{ head: say('日', 'Day') }, ...numbers(channelNames, names.channel), ...numbers(localeNames, names.locale)],
    rows: [
      ...days.map((day) => [day.day, ...channelNames.map((name) => String(day.channels[name] ?? 0)), ...localeNames.map((name) => String(day.locales[name] ?? 0))]),
      [say('計', 'All'), ...channels.map(([, count]) => String(count)), ...locales.map(([, count]) => String(count))],
    ],
  })}
</details>` };
}

/** How questions ended. */
export function outcomesSection({ say, names, tally: { outcomes, outcomesIn, locales, asked, chosen } }: Spoken): Section {
  const localeNames = locales.map(([name]) => name);
  const offered = outcomes.find(([name]) => name === 'choose')?.[1] ?? 0;
  return {
    id: 'outcomes', heading: say('答えられたか', 'How questions ended'), body: `
${rowPlot({
    title: say('質問の結果', 'How questions ended'), description: outcomes.map(([name, count]) => `${names.outcome(name)} ${count} (${percent(count, asked)})`).join(say('、', ', ')),
    parts: localeNames.map(names.locale), bars: outcomes.map(([name, count]) => ({ label: `${names.outcome(name)} ${percent(count, asked)}`, values: localeNames.map((locale) => outcomesIn[name]?.[locale] ?? 0) })),
  })}
${htmlTable({
    caption: say('質問の結果', 'How questions ended'),
    columns: [{ head: say('結果', 'Outcome') }, ...localeNames.map((name) => ({ head: names.locale(name), number: true })), { head: say('計', 'All'), number: true }, { head: say('割合', 'Share'), number: true }],
    rows: outcomes.map(([name, count]) => [html(names.outcome(name)), ...localeNames.map((locale) => String(outcomesIn[name]?.[locale] ?? 0)), String(count), percent(count, asked)]),
  })}
<p>${say(`選択肢を示したのは${offered}回です。示した回答やほかの回答のボタンは、${chosen}回押されました。`, `A choice was offered ${offered} times. Buttons of entries, offered or suggested, were tapped ${chosen} times.`)}</p>` };
}

/** How busy it was, and what that cost. */
export function loadSection({ say, quality, tally: { days, hours, busiestHour, turns, channels, asked } }: Spoken): Section {
  const busiest = [...days].sort((a, b) => b.turns - a.turns || (a.day < b.day ? -1 : 1))[0];
  const sentences = busiest === undefined || busiestHour === undefined ? say('記録がありません。', 'Nothing was logged.') : say(
    `記録されたやり取り(質問、選択、役に立ったかの返事)は${turns}回、1日に平均${(turns / days.length).toFixed(1)}回です。いちばん多い日は ${busiest.day} の${busiest.turns}回、いちばん多い1時間は ${busiestHour.day} ${busiestHour.hour}時台の${busiestHour.turns}回です。`,
    `${turns} turns were logged (questions, choices, votes), ${(turns / days.length).toFixed(1)} a day on average. The busiest day was ${busiest.day} with ${busiest.turns}, the busiest hour ${busiestHour.day} from ${busiestHour.hour}:00 with ${busiestHour.turns}.`);
  const onLine = channels.find(([name]) => name === 'line')?.[1] ?? 0;
  const ms = quality?.columns.find(({ lang }) => lang === 'all')?.figures.ms_p50;
  const cost = say(
    `質問${asked}件に、外のサービスの料金はかかっていません(人工知能のサービスも使いません)。LINEでの質問${onLine}件への返信は無料で、プランの通数に数えられません。通数に数えられるのは、LINE_PUSH_FALLBACK=on にしたときの送り直しだけです(その数は、サーバーの担当者が /metrics の madoguchi_line_event_seconds_count{ending="pushed"} で見られます)。`,
    `The ${asked} questions cost no fee: no outside service is asked, and no model. Replies to the ${onLine} questions on LINE are free and do not count against the plan. Only what is sent again with LINE_PUSH_FALLBACK=on counts (the administrator finds its number in /metrics: madoguchi_line_event_seconds_count{ending="pushed"}).`);
  const work = ms === undefined || Number.isNaN(ms) ? '' : say(`答え1つの計算は、この機械で約${ms.toFixed(1)}ミリ秒です(中央値)。`, ` To find one answer takes this machine about ${ms.toFixed(1)} ms (median).`);
  return {
    id: 'load', heading: say('混みぐあいと費用', 'Load and cost'), body: `<p>${sentences}</p>
${columnPlot({
    title: say('時間帯ごとのやり取り', 'Turns by the hour of the day'), description: sentences, parts: [''], bars: hours.map((count, hour) => ({ label: String(hour), values: [count] })),
  })}
<details><summary>${say('同じ数を表で', 'The same figures as a table')}</summary>
${htmlTable({
    caption: say('時間帯ごとのやり取りの数', 'Turns by the hour of the day'), columns: [{ head: say('時', 'Hour') }, { head: say('やり取り', 'Turns'), number: true }],
    rows: hours.map((count, hour) => [String(hour), String(count)]),
  })}
${htmlTable({
    caption: say('日ごとのやり取りの数', 'Turns a day'), columns: [{ head: say('日', 'Day') }, { head: say('やり取り', 'Turns'), number: true }], rows: days.map(({ day, turns: count }) => [day, String(count)]),
  })}
</details>
<p>${html(cost)}${work}</p>
<p class="note">${say('案内の途中の返事やメニューは、この記録にはありません。それも含めた数は /metrics にあります。', 'Answers inside a guide and menus are not in this log; /metrics counts those too.')}</p>` };
}
