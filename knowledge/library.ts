import { makeAnew, type Remember } from './cache.ts';
import type { Day } from './days.ts';
import type { EasyWords } from './easy.ts';
import { isServed, type Entry } from './entry.ts';
import type { Files } from './files.ts';
import type { Finding } from './finding.ts';
import type { Guide } from './guides/guide.ts';
import { guides as allGuides } from './guides/index.ts';
import { locales, type Locale } from './locales.ts';
import { fillText } from './markdown.ts';
import type { Notice } from './notice.ts';
import { municipalitySlots, type Department, type Municipality } from './municipality.ts';
import { documentsOf, prepare, type Prepared } from './prepare.ts';
import type { ConceptTables } from './search/concepts.ts';
import { openAfter } from './search/follow-up.ts';
import { openIndex, type Ranking } from './search/index.ts';
import { learnAll, type LearnedAll } from './search/learn.ts';
import type { Dictionary } from './search/kuromoji.ts';
import { makeCut, type Language } from './search/terms.ts';
import { decide, type Verdict } from './search/verdict.ts';
import type { Command, Elsewhere, Emergencies, OtherLanguages, PhraseKey, Topics } from './words.ts';

/** All entries, phrases, words, guides and the search index, checked and frozen. An edit makes a new library. */
export interface Library {
  /** Changes with every change of a file. */
  readonly version: string;
  /** Learnt in a hurry after an edit; one of the same files that understands more follows. */
  readonly isRough: boolean;
  /** What is wrong with the files; the files concerned are left out. */
  readonly findings: readonly Finding[];
  readonly municipality: Municipality;
  readonly easyWords: EasyWords;
  readonly topics: Topics;
  readonly elsewhere: Elsewhere;
  readonly emergencies: Emergencies;
  readonly otherLanguages: OtherLanguages;
  readonly notice: Notice | undefined;
  readonly entries: readonly Entry[];
  readonly commands: Readonly<Record<Command, readonly string[]>>;
  /** The entry in `locale`, or in Japanese where that is missing; undefined when it is not served on `today`. */
  entry(id: string, locale: Locale, today: Day): Entry | undefined;
  /** The department of an entry. */
  department(entry: Entry): Department;
  guide(id: string): Guide | undefined;
  /** A sentence of the assistant, its slots filled. */
  phrase(key: PhraseKey, locale: Locale, slots?: Readonly<Record<string, string>>): string;
  /** The verdict on a question among the entries served on `today`; one that lacks something is read in the light of `before`, the entry shown before. */
  answer(question: string, language: Language, today: Day, before?: string): Verdict;
}

/** Puts a library together from what was read and what the search has learnt from it. */
export function assemble(prepared: Prepared, learned: LearnedAll, dictionary: Dictionary, tables?: ConceptTables, isRough = false): Library {
  const { municipality, phrases, entries, guides } = prepared;
  const cut = makeCut(dictionary, prepared.terms, prepared.concepts, tables);
  const indexes = { ja: openIndex(learned.ja, 'ja', cut), en: openIndex(learned.en, 'en', cut) };
  const after = { ja: openAfter(indexes.ja, prepared.aspects), en: openAfter(indexes.en, prepared.aspects) };
  const byId = new Map(entries.map((entry) => [`${entry.id}.${entry.locale}`, entry]));
  const entry = (id: string, locale: Locale, today: Day): Entry | undefined =>
    [locale, 'ja' as const].map((wanted) => byId.get(`${id}.${wanted}`)).find((found) => found !== undefined && isServed(found, today));
  const common = Object.fromEntries(locales.map((locale) => [locale, municipalitySlots(municipality, undefined, locale)])) as
    Record<Locale, Record<string, string | undefined>>;

  return Object.freeze<Library>({
    version: prepared.version, isRough,
    findings: prepared.findings,
    municipality, entries,
    easyWords: prepared.easyWords,
    topics: prepared.topics,
    elsewhere: prepared.elsewhere,
    emergencies: prepared.emergencies,
    otherLanguages: prepared.otherLanguages,
    notice: prepared.notice,
    commands: prepared.commands,
    entry,
    department: ({ department }) => municipality.departments[department]!,
    guide: (id) => (guides.includes(id) ? allGuides.find((guide) => guide.id === id) : undefined),
    phrase: (key, locale, slots = {}) => fillText(phrases[locale][key], { ...common[locale], ...slots }) ?? '',
    answer(question, language, today, before) {
      const index = indexes[language];
      const serve = ({ hits, ...rest }: Ranking, isVague = false): Verdict => decide({ ...rest, hits: hits.filter((hit) => entry(hit.entry, language, today) !== undefined) }, language, isVague);
      const shown = before === undefined ? undefined : entry(before, language, today);
      if (shown === undefined) return serve(index.search(question));
      const { ranking, isVague } = after[language](question, shown);
      return serve(ranking, isVague);
    },
  });
}

/**
 * Builds a library in this thread.
 * @param remember where to look for what was made of the same texts before
 * @throws FindingsError when municipality.yaml or the sentences in Japanese or English cannot be used
 */
export function buildLibrary(files: Files, dictionary: Dictionary, remember: Remember = makeAnew): Library {
  const prepared = prepare(files, remember);
  const { terms, concepts } = prepared;
  const cut = makeCut(dictionary, terms, concepts, remember(JSON.stringify([terms, concepts]), () => makeCut(dictionary, terms, concepts).tables));
  return assemble(prepared, learnAll(documentsOf(files, prepared), cut), dictionary, cut.tables);
}
