import type { Remember } from '../cache.ts';
import type { Day } from '../days.ts';
import { byPlace, type Finding } from '../finding.ts';
import type { Said } from '../locales.ts';
import { contentRules } from './content.ts';
import { easyRules } from './easy.ts';
import { fileRules } from './files.ts';
import { municipalityRules } from './municipality.ts';
import { noticeRules } from './notice.ts';
import { questionRules } from './questions.ts';
import type { CheckInput, Rule, Spot } from './rule.ts';

/** The table of checks that look at what was read. */
export const rules: readonly Rule[] = [...contentRules, ...easyRules, ...fileRules, ...questionRules, ...municipalityRules, ...noticeRules];

/** Rules that reading itself holds; a file that breaks one is not served. */
export const readingRules: readonly { readonly name: string; readonly why: Said }[] = [
  { name: 'encoding', why: { ja: 'UTF-8でないファイルは、文字が化けます。', en: 'Files in another encoding turn into gibberish.' } },
  { name: 'file-missing', why: { ja: 'このファイルがないと、何も話せません。', en: 'Without this file nothing can be said.' } },
  { name: 'file-name', why: { ja: 'ファイルの名前が、回答の名前になります。', en: 'The file name is the name of the entry.' } },
  { name: 'front-matter-missing', why: { ja: '題名や担当の欄がないと、誰の回答か分かりません。', en: 'Without its fields nobody knows whose answer it is.' } },
  { name: 'yaml-broken', why: { ja: '読み取れない欄は、使えません。', en: 'Fields that cannot be read cannot be used.' } },
  { name: 'field-missing', why: { ja: '必要な欄がないと、住民の方に担当や出典を示せません。', en: 'Without its required fields an answer has no office and no source.' } },
  { name: 'field-wrong', why: { ja: '日付やリンクは、決まった形でないと働きません。', en: 'Dates and links work only in their form.' } },
  { name: 'field-unknown', why: { ja: '知らない欄は、たいてい書き間違いです。', en: 'An unknown field is usually a misspelt known one.' } },
  { name: 'field-twice', why: { ja: '同じ欄が2つあると、どちらが正しいか分かりません。', en: 'Of two equal fields nobody knows which counts.' } },
  { name: 'answer-missing', why: { ja: '回答のない題名は、何も答えません。', en: 'A title without an answer answers nothing.' } },
  { name: 'markdown-too-rich', why: { ja: '表や画像は、LINEや読み上げでは伝わりません。', en: 'Tables and images are lost on LINE and to screen readers.' } },
  { name: 'department-unknown', why: { ja: '担当の電話番号を示せません。', en: 'No telephone number can be shown.' } },
  { name: 'guide-unknown', why: { ja: 'ない案内は始められません。', en: 'A guide that is not there cannot begin.' } },
  { name: 'guide-end-missing', why: { ja: '行き先のない案内は、途中で止まってしまいます。', en: 'A guide without its end would stop half-way.' } },
];

/** What keeps a file from being served, whatever day it is; quick enough for every load. */
export const checkErrors = (input: CheckInput, remember: Remember): Finding[] => run(rules.filter(({ level }) => level === 'error'), input, '', remember);

/** Runs rules over what was read, sorted by file and line. */
export function run(chosen: readonly Rule[], input: CheckInput, today: Day, remember: Remember): Finding[] {
  const places = ({ name, find, looksAt }: Rule): readonly Spot[] =>
    (looksAt === undefined ? find(input, today) : remember(`${name} ${looksAt(input)}`, () => find(input, today)));
  // What a draft says nobody sees, so that it holds nothing back; a number stands in its file all the same.
  const drafts = new Set(input.entries.filter(({ draft }) => draft).map(({ file }) => file));
  const levelAt = (rule: Rule, file: string): Finding['level'] => (drafts.has(file) && !fileRules.includes(rule) ? 'notice' : rule.level);
  return chosen.flatMap((rule) => places(rule).map((spot): Finding => ({ rule: rule.name, level: levelAt(rule, spot.file), ...spot }))).sort(byPlace);
}
