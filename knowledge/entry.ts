import { z } from 'zod';
import { isDay, type Day } from './days.ts';
import type { Finding } from './finding.ts';
import { isLocale, type Locale } from './locales.ts';
import { parseMarkdown, slotsIn, markdownText, type Block } from './markdown.ts';
import { field, readYaml } from './yaml.ts';

/** One question and its answer, in one language. */
export interface Entry extends FrontMatter {
  /** The path, `moving/other-ward`. */
  readonly id: string;
  readonly locale: Locale;
  readonly file: string;
  readonly body: readonly Block[];
  /** Slots the body names, such as `notice_from`. */
  readonly slots: readonly string[];
  /** Lines of the file, counted from 1: of each field, of each phrase, and the first of the answer. */
  readonly lines: Readonly<Record<string, number>>;
  readonly phraseLines: readonly number[];
  readonly bodyLine: number;
}

const day = z.string().refine(isDay).meta({ format: 'date' });
const example = '2027-03-31';
const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/);

const aDay = (purpose: string, english: string) => field(day, {
  ja: `${purpose} ${example} のように、年-月-日を半角の数字で書いてください。`,
  en: `${english} Write year-month-day, for example ${example}.`,
});

/** What staff write above the answer. */
export const frontMatter = z.strictObject({
  title: field(text.regex(/^.*$/), { ja: 'この回答の題名を1行で書いてください。', en: 'Write the title of this answer on one line.' }),
  phrases: field(z.array(text).default([]), {
    ja: '住民の方の聞き方を、「- 」で始めて1行に1つずつ書いてください。',
    en: 'Write how residents ask, one a line, each beginning with “- ”.',
  }),
  department: field(text, {
    ja: '担当の部署を、municipality.yaml の departments にある名前(card など)で書いてください。',
    en: 'Name the department as in municipality.yaml, for example card.',
  }),
  source: field(z.string().regex(/^https:\/\/\S+$/), {
    ja: 'もとになった公式ページの住所を https:// から書いてください。',
    en: 'Write the address of the official page, beginning with https://.',
  }),
  facts: field(z.array(z.string().regex(/^(F\d{1,2}-\d{2}|S-\d{2})$/)).min(1), {
    ja: 'よりどころの事実番号を [F3-01, S-04] のように書いてください。',
    en: 'List the fact ids it rests on, for example [F3-01, S-04].',
  }),
  checked: aDay('最後に内容を確かめた日です。', 'The day the content was last verified.'),
  review: aDay('次に見直す日です。', 'The day of the next review.'),
  from: aDay('公開を始める日です。', 'The first day it is served.').optional(),
  until: aDay('公開を終える日です。', 'The last day it is served.').optional(),
  confirm: field(z.boolean().default(false), {
    ja: '「窓口で確認を」と添えるときは true と書いてください。',
    en: 'Write true to add “please confirm with your municipal office”.',
  }),
  related: field(z.array(id).default([]), {
    ja: '次に読むとよい回答を [apply/by-post] のように書いてください。',
    en: 'List entries to read next, for example [apply/by-post].',
  }),
  guide: field(text.optional(), { ja: '案内の名前(status など)を書いてください。', en: 'Name a guide, for example status.' }),
  draft: field(z.boolean().default(false), { ja: '下書きのあいだは true と書いてください。', en: 'Write true while it is a draft.' }),
});
type FrontMatter = Readonly<z.infer<typeof frontMatter>>;

/** A list item that YAML reads as nothing but its text. */
const plainItem = /^ {2}- (?![\s'"[\]{}>|*&!%#`@,]|[-?:] )(?!.*(: | #|:$))(.*\S)\s*$/;

/**
 * Takes the phrases out of the fields before YAML reads them: they are nine tenths of the text and as good as always plain lines,
 * and the parser would spend half a second on them at every start.
 * @returns the phrases and the fields with blank lines in their place, or nothing when one of them is not plain
 */
function takePhrases(fields: readonly string[]): { phrases: string[]; at: number; rest: string[] } | undefined {
  const at = fields.indexOf('phrases:');
  if (at < 0) return undefined;
  const phrases: string[] = [];
  for (const line of fields.slice(at + 1)) {
    const item = plainItem.exec(line);
    if (item === null) {
      if (/^\S/.test(line)) break;
      return undefined;
    }
    phrases.push(item[2]!);
  }
  return phrases.length === 0 ? undefined : { phrases, at, rest: fields.map((line, index) => (index === at ? 'phrases: [x]' : index > at && index <= at + phrases.length ? '' : line)) };
}

const pathPattern = /^faq\/([a-z0-9-]+\/[a-z0-9-]+)\.([a-z-]+)\.md$/;

const problem = (file: string, line: number, rule: string, what: Finding['what'], remedy: Finding['remedy']): Finding =>
  ({ rule, file, line, level: 'error', what, remedy });

/**
 * Reads one entry file.
 * @param file path below the knowledge folder, `faq/moving/other-ward.ja.md`
 * @returns the entry, or what keeps it from being read
 */
export function readEntry(file: string, source: string): { entry?: Entry; findings: readonly Finding[] } {
  const [, entryId, locale] = pathPattern.exec(file) ?? [];
  if (entryId === undefined || !isLocale(locale)) {
    return { findings: [problem(file, 1, 'file-name',
      { ja: 'ファイルの名前が決まりに合っていません。', en: 'The file name does not follow the rule.' },
      { ja: 'faq/話題/名前.ja.md のように、半角の英小文字と「-」で付けてください(ja、en、ja-easy のどれか)。',
        en: 'Name it faq/topic/name.ja.md in lower-case letters and “-” (ja, en or ja-easy).' })] };
  }
  const lines = source.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const close = lines.indexOf('---', 1);
  if (lines[0] !== '---' || close < 0) {
    return { findings: [problem(file, 1, 'front-matter-missing',
      { ja: 'ファイルの先頭に「---」で囲んだ見出し欄がありません。', en: 'The file does not begin with a block between two “---” lines.' },
      { ja: '1行目と、見出し欄の終わりに「---」だけの行を書いてください。', en: 'Write a line “---” first and another after the fields.' })] };
  }
  const fields = lines.slice(1, close);
  const taken = takePhrases(fields);
  const read = readYaml((taken?.rest ?? fields).join('\n'), frontMatter, { file, linesBefore: 1 });
  if (read.value === undefined) return { findings: read.findings };
  const markdown = parseMarkdown(lines.slice(close + 1).join('\n'));
  const bodyLine = close + 2;
  const findings = markdown.beyond.map((line) => problem(file, line + bodyLine - 1, 'markdown-too-rich',
    { ja: 'ここには使えない書き方(見出し・表・画像・入れ子の箇条書きなど)があります。', en: 'This line uses more than the small Markdown (headings, tables, images, nested lists).' },
    { ja: '段落、「1. 」「- 」の箇条書き、**太字**、[文字](https://…) だけを使ってください。', en: 'Use only paragraphs, “1. ” and “- ” lists, **bold** and [text](https://…).' }));
  if (markdown.blocks.length === 0) {
    findings.push(problem(file, bodyLine, 'answer-missing', { ja: '回答の文がありません。', en: 'There is no answer.' },
      { ja: '見出し欄の下に回答を書いてください。', en: 'Write the answer below the fields.' }));
  }
  if (findings.length > 0) return { findings };
  const entry: Entry = {
    ...read.value, ...(taken === undefined ? {} : { phrases: taken.phrases }),
    id: entryId, locale, file, body: markdown.blocks, bodyLine,
    lines: Object.fromEntries(fields.flatMap((line, index) => { const [, field] = /^(\w+):/.exec(line) ?? []; return field === undefined ? [] : [[field, index + 2]]; })),
    phraseLines: read.value.phrases.length === 0 ? [] : taken === undefined ? read.value.phrases.map((_, index) => read.lineOf(['phrases', index])) : taken.phrases.map((_, index) => taken.at + 3 + index),
    slots: [...new Set(slotsIn(decodeURI(markdownText(markdown.blocks))))],
  };
  return { entry: Object.freeze(entry), findings };
}

/** Whether an entry is served on `today`: published, and inside its `from` and `until`. */
export const isServed = ({ draft, from, until }: Entry, today: Day): boolean =>
  !draft && (from === undefined || from <= today) && (until === undefined || today <= until);

/** The line on which a field of an entry stands. */
export const lineOf = ({ lines }: Entry, field: keyof FrontMatter): number => lines[field] ?? 2;
