import { inLocale } from '../../../knowledge/locales.ts';
import { fewest } from '../known.ts';
import { html, htmlTable } from '../html.ts';
import { cut } from '../layout.ts';
import { rowPlot } from './bars.ts';
import { inFull } from './draft.ts';
import type { Section, Spoken } from './page.ts';

/** What a group shares is named by so many features. */
const named = 4;

/** What could not be answered, grouped by what it means, with a draft for each group. */
export function unansweredSection(spoken: Spoken): Section {
  const { say, names, unanswered: { questions, answeredNow, elsewhere, groups, hidden }, drafts, library, language, entry } = spoken;
  const label = (at: number): string => say(`まとまり${at + 1}`, `Group ${at + 1}`);
  const parts: readonly (readonly [string, number])[] = [
    ...groups.map(({ questions: [first], times }, at) => [`${label(at)} ${cut(first!.text, 26)}`, times] as const),
    [say('3人未満のまとまり', 'Groups of fewer than three'), hidden.questions],
    [say('ほかの窓口の用件', 'Other offices’ matters'), elsewhere.questions],
    [say('いまは答えられる', 'Answered by now'), answeredNow],
  ];
  const group = ({ lang, questions: asked, times, askers, shared, near }: Spoken['unanswered']['groups'][number], at: number): string => {
    const draft = drafts[at];
    const features = shared.slice(0, named).map(({ kind, name }) => (kind === 'concept' ? say(`意味「${name}」`, `meaning “${name}”`) : say(`ことば「${inFull(name, asked)}」`, `word “${inFull(name, asked)}”`))).join(say('、', ', '));
    return `<div class="group">
<h3>${label(at)}: ${say(`「${html(asked[0]!.text)}」`, `“${html(asked[0]!.text)}”`)}</h3>
<p>${say(`${names.locale(lang)}、${times}回、のべ${askers}人。`, `${names.locale(lang)}, ${times} times, by ${askers} people.`)}
${features === '' ? '' : say(`共通するもの: ${html(features)}。`, `In common: ${html(features)}.`)}
${near[0] === undefined ? '' : say(`いちばん近い回答: ${entry(near[0])}。これで答えになるなら、下の聞き方をその回答に足してください。`, `The nearest entry: ${entry(near[0])}. If that is the answer, add these phrases to it.`)}</p>
${htmlTable({ caption: say(`${label(at)}の質問`, `Questions of group ${at + 1}`), columns: [{ head: say('質問', 'Question') }, { head: say('回数', 'Times'), number: true }],
      rows: [...asked].sort((a, b) => b.times - a.times).map(({ text, times: count }) => [html(text), String(count)]) })}
${draft === undefined ? '' : `<p>${say(`新しい回答にするなら、これを <code>${html(draft.file)}</code> として保存してください。`, `For a new entry, save this as <code>${html(draft.file)}</code>.`)}</p>
<pre lang="${lang}"><code>${html(draft.text)}</code></pre>
<p>${say('次の1行を questions.jsonl に足すと、diff と eval が正解を知ります。', 'Add this line to questions.jsonl, and diff and eval know the right answer.')}</p>
<pre lang="${lang}"><code>${html(draft.known)}</code></pre>`}
</div>`;
  };
  return {
    id: 'unanswered', heading: say('見つからなかった質問', 'What was not found'), body: `
<p>${say(
      '同じ意味のこと(words/synonyms.yaml)や、めずらしいことばが重なる質問を、1つのまとまりにしています。よく使われることばほど軽く、意味はことばの1.5倍に数えます。平均して十分に似ているあいだ、まとめていきます。同じ記録からは、いつも同じまとまりができます。',
      'Questions that share meanings (words/synonyms.yaml) or rare words stand in one group. The more common a word, the less it counts; a meaning counts one and a half times. What is on average like enough is put together. The same log always makes the same groups.')}</p>
${questions === 0 ? `<p>${say('見つからなかった質問はありません。', 'Everything was found.')}</p>` : `${rowPlot({ title: say('見つからなかった質問の内訳', 'What was not found'), description: parts.map(([name, count]) => `${name} ${count}`).join(say('、', ', ')), parts: [''], bars: parts.map(([name, count]) => ({ label: name, values: [count] })) })}
${htmlTable({ caption: say('見つからなかった質問の内訳', 'What was not found'), columns: [{ head: say('内訳', 'Part') }, { head: say('質問', 'Questions'), number: true }], rows: parts.map(([name, count]) => [html(name), String(count)]) })}
<p>${say(`${fewest}人未満のまとまりは${hidden.groups}個、質問は${hidden.questions}件です。ことばは出しません。`, `${hidden.groups} groups with ${hidden.questions} questions were asked by fewer than ${fewest} people. Their words are not shown.`)}</p>`}
${groups.map(group).join('\n')}
${groups.length === 0 ? '' : `<p class="note">${say(
      '下書きは npm run knowledge -- report --drafts フォルダー で、まとめて書き出せます。{answer} の行に回答を書き、担当・出典・事実番号を確かめ、draft: true の行を消すと公開されます。まとまりの中には、1人だけの言い方もあります。人の名前などがあれば、消してください。',
      'npm run knowledge -- report --drafts FOLDER writes all drafts. Write the answer over the line {answer}, verify department, source and facts, and remove draft: true to publish. Some wordings of a group are one person’s own: remove names and the like.')}</p>`}
${elsewhere.questions === 0 ? '' : htmlTable({ caption: say('ほかの窓口の用件', 'Other offices’ matters'), columns: [{ head: say('用件', 'Matter') }, { head: say('質問', 'Questions'), number: true }],
      rows: [
        ...elsewhere.named.map(([name, count]) => { const matter = library.elsewhere[name]?.name; return [html(matter === undefined ? name : inLocale(matter, language)), String(count)]; }),
        ...(elsewhere.rare === 0 ? [] : [[say(`${fewest}人未満の用件`, `Matters of fewer than ${fewest} people`), String(elsewhere.rare)]]),
      ] })}` };
}
