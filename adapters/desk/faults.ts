import { FindingsError } from '../../knowledge/finding.ts';
import { ConfigError } from '../config.ts';
import { LogError, UsageError, type DeskLanguage } from './command.ts';
import { findingLines, hang, wrap, widest } from './layout.ts';

type Words = Readonly<Record<DeskLanguage, string>>;

/** What the system says of a file, as staff can use it. */
const ofFiles: Readonly<Record<string, (path: string) => Words>> = {
  ENOENT: (path) => ({ ja: `${path} が見つかりません。名前と場所を確かめてください。`, en: `${path} cannot be found. See whether its name and place are right.` }),
  ENOTDIR: (path) => ({ ja: `${path} の途中の名前がフォルダーではありません。場所を確かめてください。`, en: `A part of ${path} is no folder. See whether its place is right.` }),
  EISDIR: (path) => ({ ja: `${path} はフォルダーです。ファイルの名前を書いてください。`, en: `${path} is a folder. Name a file.` }),
  ENOSPC: (path) => ({ ja: `ディスクがいっぱいで、${path} を書けません。要らないファイルを消してから、もう一度実行してください。`, en: `The disk is full, so ${path} cannot be written. Make room and try again.` }),
};
const notAllowed = (path: string): Words => ({
  ja: `${path} を開けません。Excelなどで開いていれば閉じ、書き込みの許可があるかを確かめてから、もう一度実行してください。`,
  en: `${path} cannot be opened. Close it where it is open, for example in Excel, see whether you may write it, and try again.`,
});
for (const code of ['EACCES', 'EPERM', 'EBUSY', 'EROFS', 'ETXTBSY']) Object.assign(ofFiles, { [code]: notAllowed });

const couldNot: Words = { ja: '実行できませんでした', en: 'This could not be done' };
const ofSettings: Words = { ja: '設定(.env)に直すところがあるので、実行できませんでした。サーバーの担当者に伝えてください。', en: 'The settings (.env) have to be corrected first; tell the administrator.' };
const ofDatabase: Words = { ja: '質問の記録(データベース)を開けません。場所(--from や DATABASE_URL)を確かめるか、サーバーの担当者に伝えてください。', en: 'The log of questions (database) cannot be opened. See whether its place (--from, DATABASE_URL) is right, or tell the administrator.' };

/**
 * Why a command could not run, in sentences for staff.
 * @param called how the command is called
 */
export function faultWords(error: unknown, called: string, language: DeskLanguage): string {
  const lines = (words: string): string => wrap(words, widest).join('\n');
  if (error instanceof UsageError) {
    return `${lines(error.said[language])}\n${lines(language === 'ja' ? `使い方は ${called} --help で見られます。` : `${called} --help shows how.`)}`;
  }
  if (error instanceof FindingsError) {
    const closing = { ja: '直るまで、この命令は実行できません。公開中の内容は変わっていません。', en: 'Until this is corrected, this cannot be done. What the public sees has not changed.' };
    return [...error.findings.map((finding) => findingLines(finding, language)), lines(closing[language])].join('\n\n');
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ConfigError) return `${lines(ofSettings[language])}\n${message.split('\n').map((line) => hang('  ', line)).join('\n')}`;
  const { code = '', path, dest, isPutBack = false } = (error ?? {}) as NodeJS.ErrnoException & { dest?: string; isPutBack?: boolean };
  const file = dest ?? path;
  // What is written under another name first is known by its own.
  const known = file === undefined ? undefined : ofFiles[code]?.(file.replace(/\.([^/\\]+)\.half$/, '$1'));
  const nothing = !isPutBack ? '' : language === 'ja' ? '何も書いていません。' : ' Nothing was written.';
  if (known !== undefined) return lines(known[language] + nothing);
  if (error instanceof LogError || code === 'ERR_SQLITE_ERROR') return `${lines(ofDatabase[language])}\n${hang('  ', message)}`;
  return lines(`${couldNot[language]}: ${message}${nothing}`);
}
