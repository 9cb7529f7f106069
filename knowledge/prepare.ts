import { createHash } from 'node:crypto';
import { makeAnew, type Remember } from './cache.ts';
import { checkErrors } from './check/check.ts';
import type { CheckInput } from './check/rule.ts';
import { easyWordsFile, noEasyWords, readEasyWords, type EasyWords } from './easy.ts';
import { lineOf, readEntry, type Entry } from './entry.ts';
import type { Files } from './files.ts';
import { byPlace, FindingsError, type Finding } from './finding.ts';
import { endsOf, type Guide } from './guides/guide.ts';
import { guides } from './guides/index.ts';
import { type Locale } from './locales.ts';
import { plainLines } from './markdown.ts';
import { noticeFile, readNotice, type Notice } from './notice.ts';
import { readRichMenu, richMenuFile, type RichMenu } from './rich-menu.ts';
import { municipalityFile, municipalitySlots, readMunicipality, type Municipality } from './municipality.ts';
import type { Concepts } from './search/concepts.ts';
import type { Language } from './search/terms.ts';
import { bodyWeight, type Document } from './search/index.ts';
import {
  commands as commandNames, elsewhereFolder, readCommands, readElsewhere, readEmergencies, readOtherLanguages, readPhrases, readSynonyms, readTerms, readTopics,
  type Command, type Elsewhere, type Emergencies, type OtherLanguages, type Phrases, type Topics,
} from './words.ts';
import type { Read } from './yaml.ts';

/** Everything that was read from the files and found good, before the search has learnt from it; plain data that can pass between threads. */
export interface Prepared {
  /** Changes with every change of a file. */
  readonly version: string;
  readonly findings: readonly Finding[];
  readonly easyWords: EasyWords;
  readonly municipality: Municipality;
  readonly phrases: Readonly<Record<Locale, Phrases>>;
  readonly commands: Readonly<Record<Command, readonly string[]>>;
  readonly topics: Topics;
  readonly elsewhere: Elsewhere;
  readonly emergencies: Emergencies;
  readonly otherLanguages: OtherLanguages;
  /** The menu on LINE; undefined where the municipality has none. */
  readonly richMenu: RichMenu | undefined;
  /** What residents are told first, perhaps for a time only; undefined where there is nothing. */
  readonly notice: Notice | undefined;
  readonly entries: readonly Entry[];
  /** Ids of the guides of which every end has an entry. */
  readonly guides: readonly string[];
  /** Words laid over the dictionary, with their readings. */
  readonly terms: Readonly<Record<string, string>>;
  /** Words that mean nearly the same. */
  readonly concepts: Concepts;
  /** Concepts that ask about any matter, such as its price: a question of nothing else goes on from the answer before it. */
  readonly aspects: readonly string[];
}

export const languageOf = (locale: Locale): Language => (locale === 'en' ? 'en' : 'ja');

const missing = (file: string): Finding => ({
  rule: 'file-missing', file, line: 1, level: 'error',
  what: { ja: 'このファイルがありません。', en: 'This file is missing.' },
  remedy: { ja: '元に戻すか、見本の knowledge フォルダーから写してください。', en: 'Restore it, or copy it from the sample knowledge folder.' },
});

type ReadText<Value> = (text: string) => Read<Value>;

/** What can be remembered of a reading: plain data. */
const plainly = <Value>({ value, findings }: Read<Value>): Pick<Read<Value>, 'value' | 'findings'> => ({ value, findings });

/** @throws FindingsError when a file is missing or broken without which nothing can be said */
function needed<Value>(file: string, { texts, findings: unread }: Files, read: ReadText<Value>): Value {
  const text = texts.get(file);
  const why = unread.filter((finding) => finding.file === file);
  const { value, findings } = text === undefined ? { value: undefined, findings: why.length > 0 ? why : [missing(file)] } : read(text);
  if (value === undefined) throw new FindingsError(findings);
  return value;
}

function unknownDepartment(entry: Entry, { departments }: Municipality): Finding {
  const { department, file } = entry;
  const known = Object.keys(departments);
  return { rule: 'department-unknown', file, line: lineOf(entry, 'department'), level: 'error',
    what: { ja: `「${department}」という部署は municipality.yaml にありません。`, en: `There is no department “${department}” in municipality.yaml.` },
    remedy: { ja: `${known.join('、')} のどれかを書いてください。`, en: `Write one of ${known.join(', ')}.` } };
}

function unknownGuide(entry: Entry): Finding {
  const { guide, file } = entry;
  const known = guides.map(({ id }) => id);
  return { rule: 'guide-unknown', file, line: lineOf(entry, 'guide'), level: 'error',
    what: { ja: `「${guide}」という案内はありません。`, en: `There is no guide “${guide}”.` },
    remedy: { ja: `${known.join('、')} のどれかにするか、この行を消してください。`, en: `Write one of ${known.join(', ')}, or remove the line.` } };
}

function readEntries(texts: ReadonlyMap<string, string>, municipality: Municipality, remember: Remember): { entries: Entry[]; findings: Finding[] } {
  const entries: Entry[] = [];
  const findings: Finding[] = [];
  for (const [file, text] of texts) {
    if (!file.endsWith('.md')) continue;
    const { entry, findings: found } = remember(`${file}\n${text}`, () => readEntry(file, text));
    findings.push(...found);
    if (entry === undefined) continue;
    const unknown = municipality.departments[entry.department] === undefined ? unknownDepartment(entry, municipality)
      : entry.guide !== undefined && !guides.some(({ id }) => id === entry.guide) ? unknownGuide(entry) : undefined;
    if (unknown === undefined) entries.push(entry);
    else findings.push(unknown);
  }
  return { entries, findings };
}

/** Guides of which every end has an entry; a finding for each that has not. */
function completeGuides(entries: readonly Entry[]): { complete: Guide[]; findings: Finding[] } {
  const ids = new Set(entries.filter(({ locale }) => locale === 'ja').map(({ id }) => id));
  const findings: Finding[] = [];
  const complete = guides.filter((guide) => {
    const { id } = guide;
    const lost = endsOf(guide).filter((end) => !ids.has(end));
    findings.push(...lost.map((end): Finding => ({ rule: 'guide-end-missing', file: `faq/${end}.ja.md`, line: 1, level: 'error',
      what: { ja: `案内「${id}」の行き先であるこの回答がありません。`, en: `The guide “${id}” ends in this entry, which is missing.` },
      remedy: { ja: 'このファイルを書くか、誤りを直してください。それまで案内は使えません。', en: 'Write or mend this file. The guide is withdrawn until then.' } })));
    return lost.length === 0;
  });
  return { complete, findings };
}

/** More ways to ask, one a line, as they are kept beside an entry in `….phrases.txt`, and for a service that is not ours in `words/elsewhere/`. */
export const phrasesBeside = (text = ''): string[] => text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).map((line) => line.trim()).filter((line) => line !== '');
const wordings = ({ file }: Entry, { texts }: Files): string[] => phrasesBeside(texts.get(file.replace(/\.md$/, '.phrases.txt')));

function documentsIn(files: Files, { entries, elsewhere }: Prepared, language: Language): Document[] {
  // Ends of guides have no phrases: they are reached by their guide only. From drafts nothing is learnt, so that they change no other answer.
  const ours = entries.filter(({ locale, phrases, draft }) => languageOf(locale) === language && phrases.length > 0 && !draft).flatMap((entry) => {
    const { id, title, phrases, body } = entry;
    return [...[title, ...phrases, ...wordings(entry, files)].map((text): Document => ({ entry: id, text, weight: 1 })),
      ...plainLines(body).map((text): Document => ({ entry: id, text, weight: bodyWeight }))];
  });
  const others = Object.entries(elsewhere).flatMap(([elsewhereName, { phrases }]) => [...phrases[language], ...phrasesBeside(files.texts.get(`${elsewhereFolder}${elsewhereName}.${language}.txt`))].map((text): Document => ({ elsewhere: elsewhereName, text, weight: 1 })));
  return [...ours, ...others];
}

/** Questions and answers of both languages, as the search learns them. */
export const documentsOf = (files: Files, prepared: Prepared): Record<Language, Document[]> =>
  ({ ja: documentsIn(files, prepared, 'ja'), en: documentsIn(files, prepared, 'en') });

/** Changes with every change of a file. */
function versionOf(texts: ReadonlyMap<string, string>): string {
  const digest = createHash('sha256');
  for (const [file, text] of texts) digest.update(`${file}\0${text.length}\0`).update(text);
  return digest.digest('hex').slice(0, 12);
}

const slotNamesOf = (municipality: Municipality): string[] => Object.keys(municipalitySlots(municipality, undefined, 'ja'));

const noCommands = Object.fromEntries(commandNames.map((name) => [name, []])) as unknown as Record<Command, string[]>;

/**
 * Reads and checks the files of a knowledge folder. Files with an error are left out and named in `findings`.
 * @throws FindingsError when municipality.yaml or the sentences in Japanese or English cannot be used
 */
export const prepare = (files: Files, remember: Remember = makeAnew): Prepared => readAll(files, remember).prepared;

/** The same, with what the checks look at. */
export function readAll(files: Files, remember: Remember = makeAnew): { prepared: Prepared; input: CheckInput } {
  const { texts } = files;
  const unread = new Set(files.findings.map(({ file }) => file));
  const municipality = needed(municipalityFile, files, readMunicipality);
  const slotNames = slotNamesOf(municipality);
  const phraseFile = (locale: Locale): string => `words/phrases.${locale}.yaml`;
  const phrasesIn = (locale: Locale): Phrases => needed(phraseFile(locale), files, (text) => readPhrases(phraseFile(locale), text, slotNames));
  const optional = <Value>(file: string, read: ReadText<Value>, without: Value): { value: Value; findings: readonly Finding[] } => {
    const text = texts.get(file);
    const { value, findings } = text === undefined ? { value: undefined, findings: unread.has(file) ? [] : [missing(file)] } : remember(`${file}\n${text}\n${slotNames.join()}`, () => plainly(read(text)));
    return { value: value ?? without, findings };
  };
  const japanese = phrasesIn('ja');
  const easy = optional(phraseFile('ja-easy'), (text) => readPhrases(phraseFile('ja-easy'), text, slotNames), japanese);
  const commands = optional('words/commands.yaml', readCommands, noCommands);
  const terms = optional('words/terms.yaml', readTerms, {});
  const synonyms = optional('words/synonyms.yaml', readSynonyms, {});
  const topics = optional('words/topics.yaml', readTopics, {});
  const elsewhere = optional('words/elsewhere.yaml', readElsewhere, {});
  const emergencies = optional('words/emergencies.yaml', readEmergencies, {});
  const otherLanguages = optional('words/other-languages.yaml', readOtherLanguages, {});
  const menu = texts.has(richMenuFile) ? optional<RichMenu | undefined>(richMenuFile, readRichMenu, undefined) : { value: undefined, findings: [] };
  const notice = texts.has(noticeFile) ? optional<Notice | undefined>(noticeFile, readNotice, undefined) : { value: undefined, findings: [] };
  const easyWords = optional(easyWordsFile, readEasyWords, noEasyWords);
  const read = readEntries(texts, municipality, remember);
  const input: CheckInput = {
    texts, unread, entries: read.entries, municipality, easyWords: easyWords.value, slotNames, services: Object.keys(elsewhere.value),
    unanswered: Object.entries(elsewhere.value).filter(([, { unanswered }]) => unanswered === true).map(([name]) => name),
  };
  const wrong = checkErrors(input, remember);
  const broken = new Set(wrong.filter(({ level }) => level === 'error').map(({ file }) => file));
  const entries = read.entries.filter(({ file }) => !broken.has(file));
  const { complete, findings: guideFindings } = completeGuides(entries);
  const others = [easy, commands, terms, synonyms, topics, elsewhere, emergencies, otherLanguages, easyWords, menu, notice, read];
  const prepared: Prepared = {
    version: versionOf(texts),
    findings: [...files.findings, ...others.flatMap(({ findings }) => findings), ...wrong, ...guideFindings].sort(byPlace),
    easyWords: easyWords.value, municipality, phrases: { ja: japanese, en: phrasesIn('en'), 'ja-easy': easy.value },
    commands: commands.value, topics: topics.value, elsewhere: elsewhere.value, emergencies: emergencies.value, otherLanguages: otherLanguages.value, richMenu: menu.value, notice: notice.value, entries, guides: complete.map(({ id }) => id),
    terms: terms.value,
    aspects: Object.entries(synonyms.value).filter(([, { aspect }]) => aspect === true).map(([name]) => name),
    concepts: Object.fromEntries(Object.entries(synonyms.value).map(([name, { ja = [], en = [] }]) => [name, { ja, en }])),
  };
  return { prepared, input };
}
