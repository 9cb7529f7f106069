import { questionsFile } from '../../../knowledge/questions.ts';
import { asText, labels } from '../eval.ts';
import { html, htmlTable } from '../html.ts';
import { calibrationPlot } from '../plot.ts';
import { colours } from './bars.ts';
import type { Section, Spoken } from './page.ts';

/** How often the search is right on the staff's questions, and how well it knows. */
export function qualitySection({ say, names, quality, language }: Spoken): Section {
  const heading = say('検索の正しさ', 'How right the search is');
  if (quality === undefined) return { id: 'quality', heading, body: `<p>${say(`${questionsFile} に質問がないので、測れません。`, `${questionsFile} has no questions to judge by.`)}</p>` };
  const { columns, judged } = quality;
  const judgement = { ours: say('ここの用件か', 'the question is ours'), right: say('1番目の回答でよいか', 'the first entry is right') };
  const description = judged.map(({ of, error }) => say(`${judgement[of]}: 確信と結果のずれ ${error.toFixed(3)}`, `${judgement[of]}: expected calibration error ${error.toFixed(3)}`)).join(say('、', ', '));
  const title = say('確信の度合いと、実際に正しかった割合', 'How sure it was, how often it was right');
  const plot = calibrationPlot({ title, description, sure: say('確信の度合い', 'said to be sure'), right: say('正しかった割合 %', 'was right, %') },
    judged.map(({ of, bands, error }) => ({ name: `${judgement[of]} (${say('ずれ', 'error')} ${error.toFixed(3)})`, points: bands })),
    { ink: 'currentColor', paper: 'none', line: 'var(--line)', colours });
  return {
    id: 'quality', heading, body: `
<p>${say(`${questionsFile} の質問(正解の分かっているもの)を、いまの回答に聞いた結果です。`, `The questions of ${questionsFile}, whose right answers are known, asked of the files as they are.`)}</p>
${htmlTable({ caption: say('正しかった割合', 'Figures'), columns: [{ head: say('測るもの', 'Figure') }, ...columns.map(({ lang }) => ({ head: lang === 'all' ? say('計', 'all') : names.locale(lang), number: true }))],
      rows: Object.keys(columns[0]!.figures).map((name) => [html(labels[language][name] ?? name), ...columns.map(({ figures }) => asText(name, figures[name]!))]) })}
${plot.replace('<svg ', '<svg class="square" ')}
<p class="note">${say('点線の上なら、「70 % 確か」と言った10回のうち7回が正しいということです。点の大きさは質問の数です。', 'On the dashed line, what is said to be 70 % sure is right 7 times in 10. A point is as large as its number of questions.')}</p>
${judged.map(({ of, bands }) => htmlTable({ caption: judgement[of], columns: [{ head: say('確信の度合い', 'Sure') }, { head: say('正しかった割合', 'Right'), number: true }, { head: say('質問', 'Questions'), number: true }],
      rows: bands.map(({ sure, right, count }) => [`${(sure * 100).toFixed(0)} %`, `${(right * 100).toFixed(0)} %`, String(count)]) })).join('\n')}` };
}
