import type { Day } from '../../knowledge/days.ts';
import { readFiles } from '../../knowledge/files.ts';
import { inLocale } from '../../knowledge/locales.ts';
import type { Municipality } from '../../knowledge/municipality.ts';
import { readAll } from '../../knowledge/prepare.ts';
import { readLanguage, readWords, sayIn, settings, UsageError, type Command, type DeskLanguage } from './command.ts';
import { reasonWords, votesSince, whatIsDue, type Due } from './due.ts';
import { loggedQuestions } from './known.ts';
import { html } from './html.ts';
import { hang, styled } from './layout.ts';

interface Letter {
  readonly due: readonly Due[];
  readonly municipality: Municipality;
  readonly today: Day;
  readonly language: DeskLanguage;
}

/** Entries by the department that looks after them, in the order of the municipality's departments. */
const byOwner = ({ due, municipality, language }: Letter): { name: string; key: string; entries: readonly Due[] }[] =>
  Object.entries(municipality.departments).map(([key, { name }]) => ({ key, name: inLocale(name, language), entries: due.filter(({ owner }) => owner === key) })).filter(({ entries }) => entries.length > 0);

function asText(letter: Letter): string {
  const say = sayIn(letter.language);
  return byOwner(letter).map(({ name, key, entries }) => [
    styled('bold', say(`■ ${name}(${key}) ${entries.length}件`, `■ ${name} (${key}), ${entries.length}`)),
    ...entries.flatMap(({ id, title, reasons }) => [hang('  ', `${id}  ${title[letter.language]}`), ...reasons.map((reason) => hang('      ', reasonWords(reason, say)))]),
  ].join('\n')).join('\n\n');
}

/** A page that stands in a mail as it is: no script, no picture, every style on its element. */
function asHtml(letter: Letter): string {
  const { language, today, municipality, due } = letter;
  const say = sayIn(language);
  const city = inLocale(municipality.name, language);
  const heading = say(`${city} 案内係の回答の見直し(${today})`, `${city}: answers of the assistant to look at (${today})`);
  const cell = 'style="border:1px solid #767676;padding:6px 8px;text-align:left;vertical-align:top"';
  const sections = byOwner(letter).map(({ name, entries }) => `<h2 style="font-size:17px;margin:24px 0 8px">${html(name)}</h2>
<table style="border-collapse:collapse;width:100%">
<thead><tr><th scope="col" ${cell}>${say('回答', 'Entry')}</th><th scope="col" ${cell}>${say('見直すわけ', 'Why')}</th></tr></thead>
<tbody>
${entries.map(({ id, title, reasons }) => `<tr><td ${cell}>${html(title[language])}<br><span style="color:#555">faq/${html(id)}</span></td><td ${cell}>${reasons.map((reason) => html(reasonWords(reason, say))).join('<br>')}</td></tr>`).join('\n')}
</tbody></table>`);
  const nothing = `<p>${say('今月、見直すものはありません。', 'Nothing is to be looked at this month.')}</p>`;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${html(heading)}</title></head>
<body style="font-family:sans-serif;font-size:15px;line-height:1.6;color:#1a1a1a;background:#fff;max-width:760px;margin:16px auto;padding:0 12px">
<h1 style="font-size:20px">${html(heading)}</h1>
${due.length === 0 ? nothing : sections.join('\n')}
</body></html>`;
}

/** Lists what to look at this month, by department. */
export const stale: Command = {
  usage: '[--department NAME] [--html] [--lang ja|en]',
  about: {
    ja: '今月見直す回答を、部署ごとに表示します。見直す日を過ぎた・1か月以内に来るもの、公開が終わった・1か月以内に終わるもの、「役に立たなかった」が多いものです。--html は、そのままメールに貼れる形です。',
    en: 'Lists the entries to look at this month, by department. Their review is past or within a month, they ended or end within a month, or several people found them useless. --html prints a page that can be mailed as it is.',
  },
  examples: [
    { words: '', about: { ja: 'すべての部署の分', en: 'for all departments' } },
    { words: '--department card --html > stale.html', about: { ja: '1つの部署の分をメール用のHTMLで', en: 'one department’s, as HTML for a mail' } },
  ],
  exits: { ja: '0 見直すものはない、1 見直すものがある、2 実行できなかった', en: '0 nothing to look at, 1 something is, 2 could not run' },
  async run(words) {
    const { values } = readWords(words, { department: { type: 'string' }, html: { type: 'boolean', default: false }, lang: { type: 'string' } });
    const language = readLanguage(values.lang);
    const { folder, database, today } = settings();
    const { entries, municipality } = readAll(await readFiles(folder)).prepared;
    const known = Object.keys(municipality.departments);
    if (values.department !== undefined && !known.includes(values.department)) throw new UsageError({ ja: `「${values.department}」という部署はありません。${known.join('、')} のどれかを書いてください。`, en: `There is no department “${values.department}”. Write one of ${known.join(', ')}.` });
    const due = whatIsDue(entries, await loggedQuestions(database, votesSince(today)), municipality, today).filter(({ owner }) => values.department === undefined || owner === values.department);
    const letter = { due, municipality, today, language };
    console.log(values.html ? asHtml(letter) : due.length === 0 ? sayIn(language)('今月、見直すものはありません。', 'Nothing is to be looked at this month.') : asText(letter));
    return due.length === 0 ? 0 : 1;
  },
};
