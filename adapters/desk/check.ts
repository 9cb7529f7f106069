import { keyOf, openMemo } from '../../knowledge/cache.ts';
import { checkFiles } from '../../knowledge/check/files-check.ts';
import type { Day } from '../../knowledge/days.ts';
import { readFiles } from '../../knowledge/files.ts';
import { FindingsError, inWords, type Finding } from '../../knowledge/finding.ts';
import { openDictionary, type Dictionary } from '../../knowledge/search/kuromoji.ts';
import { readWords, settings, UsageError, type Command } from './command.ts';

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

/** Checks a folder again and again, quickly: what a save did not touch is remembered, in this process and the next. */
export function openCheck(): (folder: string, today: Day) => Promise<readonly Finding[]> {
  let opened: Dictionary | undefined;
  const dictionary = (): Dictionary => (opened ??= openDictionary());
  const memo = openMemo('check', keyOf([]));
  return async (folder, today) => {
    try {
      const findings = checkFiles(await readFiles(folder), dictionary, today, memo.of);
      memo.save();
      return findings;
    } catch (error) {
      if (error instanceof FindingsError) return error.findings;
      throw error;
    }
  };
}

/** Checks the knowledge files for staff. */
export const check: Command = {
  usage: '[--lang ja|en] [--json]',
  about: { ja: 'knowledge フォルダーのファイルを調べ、直すところを表示します。', en: 'Checks the knowledge files and says what to correct.' },
  async run(words) {
    const { values } = readWords(words, { lang: { type: 'string', default: 'ja' }, json: { type: 'boolean', default: false } });
    if (values.lang !== 'ja' && values.lang !== 'en') throw new UsageError('--lang には ja か en を書いてください。');
    const language = values.lang;
    const { folder, today } = settings();
    const findings = await openCheck()(folder, today);
    if (values.json) console.log(JSON.stringify({ findings }, undefined, 2));
    else console.log([...findings.map((finding) => inWords(finding, language)), closingWords(findings, language)].join('\n\n'));
    return findings.length === 0 ? 0 : 1;
  },
};
