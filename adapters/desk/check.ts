import type { Day } from '../../knowledge/days.ts';
import { readFiles } from '../../knowledge/files.ts';
import type { Finding } from '../../knowledge/finding.ts';
import { readLanguage, readWords, settings, type Command } from './command.ts';
import { findingLines, widest, wrap } from './layout.ts';
import { openFilesCheck } from './trial.ts';

/** What the findings come to, and what the public sees meanwhile. */
export function closingWords(findings: readonly Finding[], language: 'ja' | 'en'): string {
  const errors = findings.filter(({ level }) => level === 'error').length;
  const notices = findings.length - errors;
  if (language === 'ja') {
    return findings.length === 0 ? '問題は見つかりませんでした。'
      : `直していただきたいところが${errors}件、お知らせが${notices}件あります。${errors > 0 ? '直るまで、公開中の内容は変わりません。' : 'このまま公開できます。'}`;
  }
  return findings.length === 0 ? 'Nothing was found.'
    : `${errors} to correct, ${notices} notices. ${errors > 0 ? 'What the public sees stays as it is until they are corrected.' : 'This can be published.'}`;
}

/** Checks a folder again and again. */
export function openCheck(): (folder: string, today: Day) => Promise<readonly Finding[]> {
  const check = openFilesCheck();
  return async (folder, today) => check(await readFiles(folder), today);
}

/** Checks the knowledge files for staff. */
export const check: Command = {
  usage: '[--lang ja|en] [--json]',
  about: { ja: 'knowledge フォルダーのファイルを調べ、直すところを表示します。', en: 'Checks the knowledge files and says what to correct.' },
  examples: [
    { words: '', about: { ja: '直すところを表示します', en: 'says what to correct' } },
    { words: '--json', about: { ja: 'プログラムで読む形', en: 'for programs' } },
  ],
  exits: { ja: '0 何も見つからない、1 直すところかお知らせがある、2 実行できなかった', en: '0 nothing found, 1 something to correct or a notice, 2 could not run' },
  async run(words) {
    const { values } = readWords(words, { lang: { type: 'string' }, json: { type: 'boolean', default: false } });
    const language = readLanguage(values.lang);
    const { folder, today } = settings();
    const findings = await openCheck()(folder, today);
    if (values.json) console.log(JSON.stringify({ findings }, undefined, 2));
    else console.log([...findings.map((finding) => findingLines(finding, language)), wrap(closingWords(findings, language), widest).join('\n')].join('\n\n'));
    return findings.length === 0 ? 0 : 1;
  },
};
