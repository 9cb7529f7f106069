import { openIndex, type Document, type Index, type Opinion } from './index.ts';
import { learnOne, type LearnedAll } from './learn.ts';
import { openModel, settings, type Settings } from './model.ts';
import type { Cut, Language } from './terms.ts';
import { alike, openTopics, type Topics } from './topics.ts';

/** A document of an outside collection. */
export interface Outside {
  readonly id: string;
  readonly lang: Language;
  readonly title: string;
  readonly body: string;
}

/** Titles and texts are no ways to ask: each proves less, and what they are mistaken for says nothing of how people ask. Measured on a city's answers, and on our own without their phrases. */
const fromTexts: Settings = { ...settings, smoothing: 0.1, rate: 0 };
/** What a text counts beside its title: for its words, and for what it is about. */
const bodyWeight = 1.5;
const bodyTopic = 0.5;
/** What a text is about stands in its first characters. */
const beginning = 300;
/** What it counts that question and document are about the same, in the measure of scores. */
const topicWeight = 1;

/** Documents that are about what the question is about. */
function topicOpinion(documents: readonly Outside[], topics: Topics, language: Language, cut: Cut): Opinion {
  const about = new Map(documents.map(({ id, title, body }) => [id, topics.of([{ terms: cut(title, language), weight: 1 }, { terms: cut(body.slice(0, beginning), language), weight: bodyTopic }])]));
  return (asked) => {
    const wanted = topics.of([{ terms: asked, weight: 1 }]);
    return (id) => topicWeight * alike(wanted, about.get(id)!);
  };
}

/**
 * Opens the search over an outside collection instead of the library: titles and bodies only, since it has no phrases.
 * @param known what the library has learnt, from which it is known what texts are about; without it, words alone count
 */
export function openCollection(collection: readonly Outside[], cut: Cut, known?: LearnedAll): Record<Language, Index> {
  const open = (language: Language): Index => {
    const ours = collection.filter(({ lang }) => lang === language);
    const documents = ours.flatMap(({ id, title, body }): Document[] => [{ entry: id, text: title, weight: 1 }, { entry: id, text: body, weight: bodyWeight }].filter(({ text }) => text.trim() !== ''));
    const index = openIndex(learnOne(documents, language, cut, fromTexts), language, cut, known === undefined ? undefined : topicOpinion(ours, openTopics(openModel(known[language].model, language)), language, cut));
    // Of what is asked elsewhere a collection says nothing: whatever is asked of it is taken to belong to it.
    return { search: (question) => { const ranking = index.search(question); return { ...ranking, signals: { ...ranking.signals, mass: Infinity } }; } };
  };
  return { ja: open('ja'), en: open('en') };
}
