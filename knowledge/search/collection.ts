import { bodyWeight, openIndex, type Document, type Index } from './index.ts';
import { learnOne } from './learn.ts';
import type { Cut, Language } from './terms.ts';

/** A document of an outside collection. */
export interface Outside {
  readonly id: string;
  readonly lang: Language;
  readonly title: string;
  readonly body: string;
}

/** Opens the search over an outside collection instead of the library: titles and bodies only, since it has no phrases. */
export function openCollection(collection: readonly Outside[], cut: Cut): Record<Language, Index> {
  const open = (language: Language): Index => {
    const documents = collection.filter(({ lang }) => lang === language).flatMap(({ id, title, body }): Document[] => [
      { entry: id, text: title, weight: 1 },
      ...body.split(/\r\n|\n|\r/u).filter((line) => line.trim() !== '').map((text): Document => ({ entry: id, text, weight: bodyWeight })),
    ]);
    return openIndex(learnOne(documents, language, cut), language, cut);
  };
  return { ja: open('ja'), en: open('en') };
}
