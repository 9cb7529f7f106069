import { openIndex, type Document, type Index } from './index.ts';
import { learnOne } from './learn.ts';
import { settings, type Settings } from './model.ts';
import type { Cut, Language } from './terms.ts';

/** A document of an outside collection. */
export interface Outside {
  readonly id: string;
  readonly lang: Language;
  readonly title: string;
  readonly body: string;
}

/** Titles and texts are no ways to ask: each proves less, and what they are mistaken for says nothing of how people ask. Measured on our own answers, and on other offices' matters, without their phrases. */
const fromTexts: Settings = { ...settings, smoothing: 0.2, rate: 0 };
/** What a line of a text counts beside the title. */
const lineWeight = 0.35;

/** Opens the search over an outside collection instead of the library: titles and bodies only, since it has no phrases. */
export function openCollection(collection: readonly Outside[], cut: Cut): Record<Language, Index> {
  const open = (language: Language): Index => {
    const documents = collection.filter(({ lang }) => lang === language).flatMap(({ id, title, body }): Document[] => [
      { entry: id, text: title, weight: 1 },
      ...body.split(/\r\n|\n|\r/u).filter((line) => line.trim() !== '').map((text): Document => ({ entry: id, text, weight: lineWeight })),
    ]);
    const index = openIndex(learnOne(documents, language, cut, fromTexts), language, cut);
    // Of what is asked elsewhere a collection says nothing: whatever is asked of it is taken to belong to it.
    return { search: (question) => { const ranking = index.search(question); return { ...ranking, signals: { ...ranking.signals, mass: Infinity } }; } };
  };
  return { ja: open('ja'), en: open('en') };
}
