import { join } from 'node:path';
import { addMonths } from '../../knowledge/days.ts';
import { frontMatter } from '../../knowledge/entry.ts';
import { readFiles } from '../../knowledge/files.ts';
import { inLocale, locales, type Locale } from '../../knowledge/locales.ts';
import { readAll, type Prepared } from '../../knowledge/prepare.ts';
import { expectation, fieldText } from '../../knowledge/yaml.ts';
import { readLanguage, readWords, sayIn, settings, UsageError, type Command, type DeskLanguage, type Say } from './command.ts';
import { withBody, withField } from './entry-text.ts';
import { findingLines, hang, wrap, widest } from './layout.ts';
import { openPrompt, type Prompt } from './prompt.ts';
import { columns, type Field } from './sheet/columns.ts';
import { tryChanges } from './trial.ts';
import { textOf, writeAll, type FileChange } from './write-all.ts';

/** What is asked: the option that answers it, the question, and whether it may be left empty. */
interface Question {
  readonly option: string;
  readonly ask: (say: Say, prepared: Prepared) => string;
  readonly isList?: true;
  readonly mayBeEmpty?: true;
  /** What is wrong with an answer; undefined for a good one. */
  readonly wrong: (answer: readonly string[], say: Say, prepared: Prepared) => string | undefined;
}

const names = (prepared: Prepared): string => Object.keys(prepared.municipality.departments).join(', ');
const topicsOf = ({ topics, entries }: Prepared): string[] => [...new Set([...Object.keys(topics), ...entries.map(({ id }) => id.split('/')[0]!)])].filter((topic) => !topic.startsWith('guide-'));

/** An answer is wrong as the file would be. */
const asField = (name: Field) => (answer: readonly string[], say: Say): string | undefined => {
  const { kind } = columns.find((column) => column.name === name)!;
  const value = kind === 'lines' || kind === 'list' ? answer : answer.join('\n');
  const expects = expectation(frontMatter, [name])!;
  return frontMatter.shape[name].safeParse(value).success ? undefined : say(expects.ja, expects.en);
};
const fine = (): undefined => undefined;

const questions: readonly Question[] = [
  {
    option: 'id', ask: (say, prepared) => say(`回答の名前(話題/名前。話題は ${topicsOf(prepared).join('、')})`, `Name of the entry (topic/name; topics: ${topicsOf(prepared).join(', ')})`),
    wrong: ([id = ''], say, prepared) => {
      if (!/^[a-z0-9-]+\/[a-z0-9-]+$/.test(id)) return say('moving/other-ward のように、半角の英小文字と「-」で書いてください。', 'Write it like moving/other-ward, in lower-case letters and “-”.');
      if (prepared.entries.some((entry) => entry.id === id)) return say(`${id} はもうあります。別の名前にしてください。`, `${id} is there already. Choose another name.`);
      return topicsOf(prepared).includes(id.split('/')[0]!) ? undefined : say(`話題は ${topicsOf(prepared).join('、')} のどれかにしてください(新しい話題は words/topics.yaml に足します)。`, `The topic is one of ${topicsOf(prepared).join(', ')}; a new one is added in words/topics.yaml.`);
    },
  },
  { option: 'title', ask: (say) => say('題名(日本語)', 'Title in Japanese'), wrong: asField('title') },
  { option: 'title-en', ask: (say) => say('題名(英語。あとで書くなら空のまま)', 'Title in English (empty: later)'), mayBeEmpty: true, wrong: fine },
  {
    option: 'department', ask: (say, prepared) => say(`担当の部署(${names(prepared)})`, `Department (${names(prepared)})`),
    wrong: ([name = ''], say, prepared) => (prepared.municipality.departments[name] === undefined ? say(`${names(prepared)} のどれかを書いてください。`, `Write one of ${names(prepared)}.`) : undefined),
  },
  { option: 'source', ask: (say) => say('もとになった公式ページ(https://…)', 'The official page it rests on (https://…)'), wrong: asField('source') },
  { option: 'facts', ask: (say) => say('よりどころの事実番号(F3-01 など。「,」で区切る)', 'Ids of the facts it rests on, like F3-01, with commas'), wrong: asField('facts') },
  { option: 'phrase', ask: (say) => say('住民の方の聞き方(1行に1つ。空の行で終わり)', 'How residents ask, one a line; an empty line ends'), isList: true, wrong: asField('phrases') },
  { option: 'phrase-en', ask: (say) => say('英語の聞き方(1行に1つ。空の行で終わり)', 'How they ask in English, one a line; an empty line ends'), isList: true, mayBeEmpty: true, wrong: fine },
  { option: 'answer', ask: (say) => say('回答(日本語。空の行を2つで終わり)', 'The answer in Japanese; two empty lines end'), isList: true, wrong: (answer, say) => (answer.join('').trim() === '' ? say('結論を先に、1文でも書いてください。', 'Write the conclusion, were it one sentence.') : undefined) },
  { option: 'answer-en', ask: (say) => say('回答(英語。あとで書くなら空のまま)', 'The answer in English (empty: later); two empty lines end'), isList: true, mayBeEmpty: true, wrong: fine },
];

type Answers = Readonly<Record<string, readonly string[]>>;
type Given = Readonly<Record<string, string | string[] | undefined>>;

/** Lists end with an empty line, and answers, which have paragraphs, with two. */
async function askLines(prompt: Prompt, isAnswer: boolean): Promise<string[] | undefined> {
  const lines: string[] = [];
  for (;;) {
    const line = await prompt.ask('> ');
    const isOver = line === undefined || (line === '' && (!isAnswer || lines.length === 0 || lines.at(-1) === ''));
    if (line === undefined && lines.length === 0) return undefined;
    if (isOver) return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
    lines.push(line);
  }
}

const partsOf = (text: string): string[] => text.split(/[,、，\s]+/).filter((part) => part !== '');

/** What was given as an option is taken, the rest is asked until it is right. @throws UsageError when there is nobody to ask any more */
async function hearAnswers(given: Given, prompt: Prompt, prepared: Prepared, say: Say): Promise<Answers> {
  const answers: Record<string, readonly string[]> = {};
  for (const { option, ask, isList, mayBeEmpty, wrong } of questions) {
    const asGiven = given[option];
    const split = (text: string): string[] => (option === 'facts' ? partsOf(text) : [text]);
    let answer = asGiven === undefined ? undefined : Array.isArray(asGiven) ? asGiven : isList ? asGiven.split('\n') : split(asGiven);
    const wrongGiven = answer && wrong(answer, say, prepared);
    if (wrongGiven !== undefined) throw new UsageError(`--${option}: ${wrongGiven}`);
    while (answer === undefined) {
      const words = wrap(ask(say, prepared), widest - 2).join('\n');
      let heard: string[] | undefined;
      if (isList) {
        console.log(words);
        heard = await askLines(prompt, option.startsWith('answer'));
      } else {
        const line = await prompt.ask(`${words}: `);
        heard = line === undefined ? undefined : split(line);
      }
      if (heard === undefined) {
        if (!mayBeEmpty) throw new UsageError({ ja: `途中で終わりました(まだ答えのないもの: --${option})。何も書いていません。`, en: `This ended before --${option} was answered. Nothing was written.` });
        heard = [];
      }
      const fault = wrong(heard, say, prepared);
      if (fault === undefined || (mayBeEmpty && heard.join('').trim() === '')) answer = heard;
      else console.log(hang('  → ', fault));
    }
    answers[option] = answer;
  }
  return answers;
}

/** Stands where a translation is still to be written; the Japanese below it is what is to be translated. */
const toTranslate: Readonly<Record<Exclude<Locale, 'ja'>, string>> = { en: 'To be translated:', 'ja-easy': 'やさしい 日本語に して ください。' };

/** The files of a new entry, each a draft. */
function filesOf(answers: Answers, locale: Locale, today: string): FileChange {
  const text = (option: string): string => (answers[option] ?? []).join('\n').trim();
  const own = (option: string): string => (locale === 'en' ? text(`${option}-en`) : locale === 'ja' ? text(option) : '');
  const title = own('title') || text('title');
  const body = own('answer') || `${locale === 'ja' ? '' : `${toTranslate[locale]}\n\n`}${text('answer')}`;
  const phrases = own('phrase').split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const fields: readonly (readonly [Field, string | boolean | readonly string[]])[] = [
    ['title', title], ...(phrases.length === 0 ? [] : [['phrases', phrases] as const]), ['department', text('department')], ['source', text('source')],
    ['facts', answers.facts ?? []], ['checked', today], ['review', addMonths(today, 6)], ['draft', true],
  ];
  const head = fields.reduce((file, [name, value]) => withField(file, name, fieldText(name, value, name === 'phrases' ? 'lines' : 'brackets')), '---\n---\n');
  return { file: `faq/${text('id')}.${locale}.md`, before: undefined, after: withBody(head, body) };
}

const options = Object.fromEntries(questions.map(({ option }) => [option, option.startsWith('phrase') ? { type: 'string', multiple: true } as const : { type: 'string' } as const]));

/** What to do with a new draft. */
const nextSteps = (id: string, language: DeskLanguage, departments: string): string => wrap(sayIn(language)(
  `下書きなので、まだ公開されません。文と聞き方(12個以上)を書き足し、英語とやさしい日本語に訳し、npm run knowledge -- try --drafts で試してから、3つのファイルの draft: true の行を消してください。見直す部署は${departments}です。`,
  `These are drafts and are not served. Write on, translate, try them with npm run knowledge -- try --drafts, and then remove the line draft: true from all three files of ${id}. ${departments} looks after it.`,
), widest).join('\n');

/** Begins a new entry in all languages. */
export const newEntry: Command = {
  usage: '[--id TOPIC/NAME --title … --title-en … --department … --source … --facts … --phrase … --phrase-en … --answer … --answer-en …] [--lang ja|en]',
  about: {
    ja: 'いくつか質問をして、新しい回答のファイルを3つの言語で作ります。どれも下書き(draft: true)で、公開されません。質問の答えは、すべて指定として書くこともできます(--phrase は何度でも)。',
    en: 'Asks a few questions and makes the files of a new entry in three languages. All are drafts that are not served. Every answer may be given as an option instead (--phrase again and again).',
  },
  examples: [
    { words: '', about: { ja: '質問に答えて作ります', en: 'asks everything' } },
    { words: '--id moving/second-home --title "別荘を買ったとき"', about: { ja: '残りだけを聞きます', en: 'asks the rest' } },
  ],
  exits: { ja: '0 作った、1 直すところがあり、作らなかった、2 実行できなかった', en: '0 made, 1 not made since something is to correct, 2 could not run' },
  async run(words) {
    const { values } = readWords(words, { ...options, lang: { type: 'string' } });
    const given = values as Given;
    const language = readLanguage(values.lang as string | undefined);
    const say = sayIn(language);
    const { folder, today } = settings();
    const { prepared } = readAll(await readFiles(folder));
    const prompt = openPrompt();
    const answers = await hearAnswers(given, prompt, prepared, say).finally(() => prompt.close());
    const files = locales.map((locale) => filesOf(answers, locale, today));
    for (const { file } of files) if (await textOf(join(folder, file)) !== undefined) throw new UsageError({ ja: `${file} はもうあります。何も書いていません。`, en: `${file} is there already. Nothing was written.` });
    const { errors, notices } = await tryChanges(folder, files, today);
    if (errors.length > 0) {
      console.log([...errors.map((finding) => findingLines(finding, language)), say('何も書いていません。', 'Nothing was written.')].join('\n\n'));
      return 1;
    }
    await writeAll(folder, files);
    const department = prepared.municipality.departments[answers.department!.join('')]!;
    console.log(['', ...files.map(({ file }) => say(`作りました: ${file}`, `made: ${file}`)), '', ...notices.map((finding) => `${findingLines(finding, language)}\n`), nextSteps(answers.id!.join(''), language, inLocale(department.name, language))].join('\n'));
    return 0;
  },
};
