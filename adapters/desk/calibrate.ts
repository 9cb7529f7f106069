import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readFiles } from '../../knowledge/files.ts';
import { documentsOf, prepare } from '../../knowledge/prepare.ts';
import { bands, calibration, calibrationError, fit, probability, type Calibration, type Sample } from '../../knowledge/search/calibrate.ts';
import { openIndex, type Document } from '../../knowledge/search/index.ts';
import { openDictionary } from '../../knowledge/search/kuromoji.ts';
import { learnOne } from '../../knowledge/search/learn.ts';
import { makeCut, type Cut, type Language } from '../../knowledge/search/terms.ts';
import { readWords, settings, type Command } from './command.ts';
import { readQuestions, type Question } from './questions.ts';

const folds = 5;
/** What a sample question counts beside a phrase that was left out: it was written by somebody who did not know the entries. */
const questionWeight = 25;

/** Whether a document is a way to ask, and so can be left out and asked. */
const isAsked = ({ weight }: Document): boolean => weight === 1;

/** Every phrase asked of an index that has not learnt it; of every fifth neighbouring subject the index has learnt nothing at all. */
function leaveOut(documents: readonly Document[], language: Language, cut: Cut): Sample[] {
  const subjects = [...new Set(documents.flatMap((document) => ('elsewhere' in document ? [document.elsewhere] : [])))];
  return Array.from({ length: folds }, (_, fold) => {
    const isOut = (document: Document, index: number): boolean =>
      ('elsewhere' in document && subjects.indexOf(document.elsewhere) % folds === fold) || (isAsked(document) && index % folds === fold);
    const index = openIndex(learnOne(documents.filter((document, at) => !isOut(document, at)), language, (text) => cut(text, language)), language, cut);
    return documents.filter((document, at) => isOut(document, at) && isAsked(document)).map((document): Sample => {
      const { hits, signals } = index.search(document.text);
      return { signals, right: 'entry' in document && hits[0]?.entry === document.entry, weight: 1 };
    });
  }).flat();
}

function askAll(questions: readonly Question[], documents: readonly Document[], language: Language, cut: Cut): Sample[] {
  const index = openIndex(learnOne(documents, language, (text) => cut(text, language)), language, cut);
  return questions.filter(({ lang, text }) => lang === language && text !== undefined).map(({ text, relevant, also_ok }) => {
    const { hits, signals } = index.search(text!);
    return { signals, right: [...relevant, ...also_ok].includes(hits[0]?.entry ?? ''), weight: questionWeight };
  });
}

/** Fits how sure the search may be, from phrases left out and from sample questions. */
export const calibrate: Command = {
  usage: 'FILE… [--write]',
  about: { ja: '検索の確信度を合わせ直します(開発者向け)。--write で保存します。', en: 'Fits the confidence of the search anew; --write keeps it.' },
  async run(words) {
    const { values, positionals } = readWords(words, { write: { type: 'boolean', default: false } });
    const questions = (await Promise.all(positionals.map(readQuestions))).flat();
    const files = await readFiles(settings().folder);
    const prepared = prepare(files);
    const cut = makeCut(await openDictionary(), prepared.terms, prepared.concepts);
    const documents = documentsOf(files, prepared);
    const next = {} as Record<Language, Calibration>;
    for (const language of ['ja', 'en'] as const) {
      const leftOut = leaveOut(documents[language], language, cut);
      const asked = askAll(questions, documents[language], language, cut);
      const weights = fit([...leftOut, ...asked]);
      next[language] = { ...calibration[language], weights };
      const errors = [leftOut, asked, [...leftOut, ...asked]].map((samples) => calibrationError(samples, { weights }).toFixed(3));
      console.log(`${language}: 期待校正誤差 言い方 ${errors[0]}、質問 ${errors[1]}、両方 ${errors[2]}`);
      for (const { count, sure, right } of bands([...leftOut, ...asked], { weights })) console.log(`  ${sure.toFixed(2)} → ${right.toFixed(2)}  ${'#'.repeat(Math.round(right * 40)).padEnd(40)} ${Math.round(count)}`);
      console.log('  しきい値   示した割合  誤りの割合(全体に対して)');
      for (const one of [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) {
        const above = asked.filter(({ signals }) => probability(signals, { weights }) >= one);
        console.log(`  ${one.toFixed(2)}       ${(above.length / asked.length).toFixed(3)}      ${(above.filter(({ right }) => !right).length / asked.length).toFixed(3)}`);
      }
    }
    if (values.write) await writeFile(fileURLToPath(new URL('../../knowledge/search/calibration.json', import.meta.url)), `${JSON.stringify(next, undefined, 2)}\n`);
    return 0;
  },
};
