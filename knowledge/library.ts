import { createHash } from 'node:crypto';
import { check, checkErrors } from './check/check.ts';
import type { CheckInput } from './check/rule.ts';
import type { Day } from './days.ts';
import { easyWordsFile, noEasyWords, readEasyWords, type EasyWords } from './easy.ts';
import { isServed, readEntry, type Entry } from './entry.ts';
import type { Files } from './files.ts';
import { byPlace, FindingsError, type Finding } from './finding.ts';
import type { Guide } from './guides/guide.ts';
import { guides } from './guides/index.ts';
import type { Dictionary } from './search/kuromoji.ts';
import { locales, type Locale } from './locales.ts';
import { fillText } from './markdown.ts';
import { municipalityFile, municipalitySlots, readMunicipality, type Department, type Municipality } from './municipality.ts';
import { buildIndex } from './search/index.ts';
import { makeCut, type Language } from './search/terms.ts';
import { decide, type Verdict } from './search/verdict.ts';
import { commands as commandNames, readCommands, readPhrases, readSynonyms, readTerms, readTopics, type Command, type PhraseKey, type Phrases, type Topics } from './words.ts';
import type { Read } from './yaml.ts';

/** All entries, phrases, words, guides and the search index, checked and frozen. An edit makes a new library. */
export interface Library {
  /** Changes with every change of a file. */
  readonly version: string;
  /** What is wrong with the files; the files concerned are left out. */
  readonly findings: readonly Finding[];
  readonly municipality: Municipality;
  readonly easyWords: EasyWords;
  readonly topics: Topics;
  /** Runs the whole table of checks, notices too. */
  check(): Finding[];
  readonly entries: readonly Entry[];
  readonly commands: Readonly<Record<Command, readonly string[]>>;
  /** The entry in `locale`, or in Japanese where that is missing; undefined when it is not served on `today`. */
  entry(id: string, locale: Locale, today: Day): Entry | undefined;
  /** The department of an entry. */
  department(entry: Entry): Department;
  guide(id: string): Guide | undefined;
  /** A sentence of the assistant, its slots filled. */
  phrase(key: PhraseKey, locale: Locale, slots?: Readonly<Record<string, string>>): string;
  /** The verdict on a question among the entries served on `today`. */
  answer(question: string, language: Language, today: Day): Verdict;
}

const noCommands = Object.fromEntries(commandNames.map((name) => [name, []])) as unknown as Record<Command, string[]>;
const languageOf = (locale: Locale): Language => (locale === 'en' ? 'en' : 'ja');

/** @throws FindingsError when a file is missing or broken without which nothing can be said */
function needed<Value>(file: string, texts: ReadonlyMap<string, string>, read: (text: string) => Read<Value>): Value {
  const text = texts.get(file);
  const { value, findings } = text === undefined ? { value: undefined, findings: [missing(file)] } : read(text);
  if (value === undefined) throw new FindingsError(findings);
  return value;
}

const missing = (file: string): Finding => ({
  rule: 'file-missing', file, line: 1, level: 'error',
  what: { ja: 'このファイルがありません。', en: 'This file is missing.' },
  remedy: { ja: '元に戻すか、見本の knowledge フォルダーから写してください。', en: 'Restore it, or copy it from the sample knowledge folder.' },
});

function readEntries(texts: ReadonlyMap<string, string>, municipality: Municipality): { entries: Entry[]; findings: Finding[] } {
  const entries: Entry[] = [];
  const findings: Finding[] = [];
  for (const [file, text] of texts) {
    if (!file.endsWith('.md')) continue;
    const { entry, findings: found } = readEntry(file, text, texts.get(file.replace(/\.md$/, '.phrases.txt')));
    findings.push(...found);
    if (entry === undefined) continue;
    const unknown = municipality.departments[entry.department] === undefined ? unknownDepartment(entry, municipality)
      : entry.guide !== undefined && !guides.some(({ id }) => id === entry.guide) ? unknownGuide(entry) : undefined;
    if (unknown === undefined) entries.push(entry);
    else findings.push(unknown);
  }
  return { entries, findings };
}

function unknownDepartment({ department, file, lineOf }: Entry, { departments }: Municipality): Finding {
  const known = Object.keys(departments);
  return { rule: 'department-unknown', file, line: lineOf(['department']), level: 'error',
    what: { ja: `「${department}」という部署は municipality.yaml にありません。`, en: `There is no department “${department}” in municipality.yaml.` },
    remedy: { ja: `${known.join('、')} のどれかを書いてください。`, en: `Write one of ${known.join(', ')}.` } };
}

function unknownGuide({ guide, file, lineOf }: Entry): Finding {
  const known = guides.map(({ id }) => id);
  return { rule: 'guide-unknown', file, line: lineOf(['guide']), level: 'error',
    what: { ja: `「${guide}」という案内はありません。`, en: `There is no guide “${guide}”.` },
    remedy: { ja: `${known.join('、')} のどれかにするか、この行を消してください。`, en: `Write one of ${known.join(', ')}, or remove the line.` } };
}

/** Guides of which every end has an entry; a finding for each that has not. */
function completeGuides(entries: readonly Entry[]): { complete: Guide[]; findings: Finding[] } {
  const ids = new Set(entries.filter(({ locale }) => locale === 'ja').map(({ id }) => id));
  const findings: Finding[] = [];
  const complete = guides.filter(({ id, ends }) => {
    const lost = ends.filter((end) => !ids.has(end));
    findings.push(...lost.map((end): Finding => ({ rule: 'guide-end-missing', file: `faq/${end}.ja.md`, line: 1, level: 'error',
      what: { ja: `案内「${id}」の行き先であるこの回答がありません。`, en: `The guide “${id}” ends in this entry, which is missing.` },
      remedy: { ja: 'このファイルを書くか、誤りを直してください。それまで案内は使えません。', en: 'Write or mend this file. The guide is withdrawn until then.' } })));
    return lost.length === 0;
  });
  return { complete, findings };
}

/**
 * Builds a library from the files of a knowledge folder. Files with an error are left out and named in `findings`.
 * @param today decides which findings there are about dates
 * @throws FindingsError when municipality.yaml or the sentences in Japanese or English cannot be used
 */
export function buildLibrary(files: Files, dictionary: Dictionary, today: Day): Library {
  const { texts } = files;
  const municipality = needed(municipalityFile, texts, readMunicipality);
  const slotNames = Object.keys(municipalitySlots(municipality, undefined, 'ja'));
  const phraseFile = (locale: Locale): string => `words/phrases.${locale}.yaml`;
  const phrasesIn = (locale: Locale): Phrases => needed(phraseFile(locale), texts, (text) => readPhrases(phraseFile(locale), text, slotNames));
  const easy = readPhrases(phraseFile('ja-easy'), texts.get(phraseFile('ja-easy')) ?? '', slotNames);
  const phrases: Record<Locale, Phrases> = { ja: phrasesIn('ja'), en: phrasesIn('en'), 'ja-easy': easy.value ?? phrasesIn('ja') };

  const commands = readCommands(texts.get('words/commands.yaml') ?? '');
  const terms = readTerms(texts.get('words/terms.yaml') ?? '{}');
  const synonyms = readSynonyms(texts.get('words/synonyms.yaml') ?? '{ja: [], en: []}');
  const topics = readTopics(texts.get('words/topics.yaml') ?? '{}');
  const easyWords = readEasyWords(texts.get(easyWordsFile) ?? '{readings: {}, katakana: []}');
  const read = readEntries(texts, municipality);
  const input: CheckInput = {
    texts, entries: read.entries, municipality, easyWords: easyWords.value ?? noEasyWords, today,
    index: (language) => indexes[language],
    slotsOf: (id) => [...slotNames, ...guides.filter(({ ends }) => ends.includes(id)).flatMap(({ slots }) => slots)],
  };
  const wrong = checkErrors(input);
  const broken = new Set(wrong.map(({ file }) => file));
  const entries = read.entries.filter(({ file }) => !broken.has(file));
  const { complete, findings: guideFindings } = completeGuides(entries);

  const cut = makeCut(dictionary, terms.value ?? {});
  const index = (language: Language) => buildIndex(
    entries.filter(({ locale, phrases: asked }) => languageOf(locale) === language && asked.length > 0), language, cut, {});
  const indexes = { ja: index('ja'), en: index('en') };
  const byId = new Map(entries.map((entry) => [`${entry.id}.${entry.locale}`, entry]));
  const entry = (id: string, locale: Locale, today: Day): Entry | undefined =>
    [locale, 'ja' as const].map((wanted) => byId.get(`${id}.${wanted}`)).find((found) => found !== undefined && isServed(found, today));
  const common = Object.fromEntries(locales.map((locale) => [locale, municipalitySlots(municipality, undefined, locale)])) as
    Record<Locale, Record<string, string | undefined>>;

  return Object.freeze<Library>({
    version: createHash('sha256').update(JSON.stringify([...texts])).digest('hex').slice(0, 12),
    findings: [...files.findings, ...easy.findings, ...commands.findings, ...terms.findings, ...synonyms.findings, ...easyWords.findings, ...topics.findings, ...read.findings, ...wrong, ...guideFindings].sort(byPlace),
    municipality,
    easyWords: input.easyWords,
    topics: topics.value ?? {},
    check: () => check(input),
    entries,
    commands: commands.value ?? noCommands,
    entry,
    department: ({ department }) => municipality.departments[department]!,
    guide: (id) => complete.find((guide) => guide.id === id),
    phrase: (key, locale, slots = {}) => fillText(phrases[locale][key], { ...common[locale], ...slots }) ?? '',
    answer(question, language, today) {
      const ranking = indexes[language].search(question);
      return decide({ ...ranking, hits: ranking.hits.filter((hit) => entry(hit.entry, language, today) !== undefined) }, language);
    },
  });
}
