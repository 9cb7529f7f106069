import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readFiles } from '../../knowledge/files.ts';
import { documentsOf, prepare } from '../../knowledge/prepare.ts';
import { bands, calibration, calibrationError, fit, judgements, probability, type Calibration, type Judgement, type Sample, type Weights } from '../../knowledge/search/calibrate.ts';
import { openAfter, type Shown } from '../../knowledge/search/follow-up.ts';
import { openIndex, type Document, type Index, type Ranking } from '../../knowledge/search/index.ts';
import type { Question } from '../../knowledge/questions.ts';
import { openDictionary } from '../../knowledge/search/kuromoji.ts';
import { learnOne } from '../../knowledge/search/learn.ts';
import { makeCut, type Cut, type Language, type Terms } from '../../knowledge/search/terms.ts';
import { readWords, settings, type Command } from './command.ts';
import { calibrationPlot, type Series } from './plot.ts';
import { readQuestions } from './questions.ts';

const folds = 5;
/** What all sample questions count together beside all phrases: they were written by people who did not know the entries. */
const questionShare = 1;
/** What a question of a neighbouring service counts that the search has learnt nothing of; most of such questions it has learnt something of. */
const unknownSubject = 0.3;

const seriesNames: Readonly<Record<Exclude<Judgement, 'goesOn'>, string>> = { ours: 'the question is ours', right: 'the first entry is right' };

/** A ranking that was judged by what its question was written for. */
interface Seen extends Omit<Sample, 'holds'> {
  readonly holds: Readonly<Record<'ours' | 'right', boolean>>;
}

/** Whether a document is a way to ask, and so can be left out and asked. */
const isAsked = ({ weight }: Document): boolean => weight === 1;

/** Every phrase asked of an index that has not learnt it; and questions of neighbouring services asked of one that has not learnt the service at all. */
function leaveOut(documents: readonly Document[], language: Language, cut: Cut): Seen[] {
  const subjects = [...new Set(documents.flatMap((document) => ('elsewhere' in document ? [document.elsewhere] : [])))];
  const ask = (isOut: (document: Document, index: number) => boolean, weight: number): Seen[] => {
    const index = openIndex(learnOne(documents.filter((document, at) => !isOut(document, at)), language, cut), language, cut);
    return documents.filter((document, at) => isOut(document, at) && isAsked(document)).map((document): Seen => {
      const { hits, signals } = index.search(document.text);
      return { signals, holds: { ours: 'entry' in document, right: 'entry' in document && hits[0]?.entry === document.entry }, weight };
    });
  };
  return Array.from({ length: folds }, (_, fold) => [
    ...ask((document, at) => isAsked(document) && at % folds === fold, 1),
    ...ask((document) => 'elsewhere' in document && subjects.indexOf(document.elsewhere) % folds === fold, unknownSubject),
  ]).flat();
}

/** Questions asked of an index: those of one turn; and of those of several the last, where it leans on what was found for the turns before. */
function askAll(questions: readonly Question[], index: Index, entries: ReadonlyMap<string, Shown>, aspects: readonly string[], weight: number): { readonly alone: Seen[]; readonly leaning: Seen[] } {
  const seenFrom = ({ hits, signals }: Ranking, { relevant, also_ok }: Question): Seen =>
    ({ signals, holds: { ours: relevant.length > 0, right: [...relevant, ...also_ok].includes(hits[0]?.entry ?? '') }, weight });
  const after = openAfter(index, aspects);
  const [alone, leaning]: [Seen[], Seen[]] = [[], []];
  for (const question of questions) {
    let ranking: Ranking | undefined;
    for (const turn of question.turns) {
      const shown = entries.get(ranking?.hits[0]?.entry ?? '');
      ranking = shown === undefined ? index.search(turn) : after(turn, shown).ranking;
    }
    if (question.turns.length === 1) alone.push(seenFrom(ranking!, question));
    else if (ranking!.supplied) leaning.push(seenFrom(ranking!, question));
  }
  return { alone, leaning };
}

const judged = (seen: readonly Seen[], judgement: Judgement): Sample[] => seen.map(({ holds, ...rest }) => ({ ...rest, holds: holds[judgement === 'right' ? 'right' : 'ours'] }));
const percent = (part: number, whole: number): string => `${((part / (whole || 1)) * 100).toFixed(1)} %`.padStart(8);

/** What each threshold would have done to the sample questions. */
function thresholdTable(asked: readonly Seen[], judgement: Judgement, weights: Weights): string[] {
  const passes = (threshold: number) => ({ signals }: Seen): boolean => probability(signals, weights) >= threshold;
  const [ours, others] = [asked.filter(({ holds }) => holds.ours), asked.filter(({ holds }) => !holds.ours)];
  return [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((threshold) => `  ${threshold.toFixed(2)}  ${judgement !== 'right'
    ? `範囲外を断る ${percent(others.length - others.filter(passes(threshold)).length, others.length)}  範囲内を断る ${percent(ours.length - ours.filter(passes(threshold)).length, ours.length)}`
    : `言い切る ${percent(asked.filter(passes(threshold)).length, asked.length)}  誤って言い切る ${percent(asked.filter(passes(threshold)).filter(({ holds }) => !holds.right).length, asked.length)}`}`);
}

/** Fits how sure the search may be, from phrases left out and from sample questions. */
export const calibrate: Command = {
  usage: 'FILE… [--write] [--plot FILE.svg]',
  about: { ja: '検索の確信度を合わせ直します(開発者向け)。--write で保存します。', en: 'Fits the confidence of the search anew (for developers). --write keeps it.' },
  examples: [{ words: 'questions.jsonl --plot docs/calibration.svg', about: { ja: '質問で合わせ、図に描きます', en: 'fits on questions and draws the plot' } }],
  exits: { ja: '0 合わせた、2 実行できなかった', en: '0 fitted, 2 could not run' },
  async run(words) {
    const { values, positionals } = readWords(words, { write: { type: 'boolean', default: false }, plot: { type: 'string' } }, Infinity);
    const questions = (await Promise.all(positionals.map(readQuestions))).flat();
    const files = await readFiles(settings().folder);
    const prepared = prepare(files);
    const known = makeCut(openDictionary(), prepared.terms, prepared.concepts);
    const documents = documentsOf(files, prepared);
    const next = {} as Record<Language, Calibration>;
    const series: Series[] = [];
    for (const language of ['ja', 'en'] as const) {
      const cuts = new Map<string, Terms>();
      const cut: Cut = (text) => cuts.get(text) ?? cuts.set(text, known(text, language)).get(text)!;
      const leftOut = leaveOut(documents[language], language, cut);
      const ours = questions.filter(({ lang }) => lang === language);
      const number = ours.filter(({ turns }) => turns.length === 1).length;
      const entries = new Map<string, Shown>(prepared.entries.filter(({ locale }) => locale === language).map((entry) => [entry.id, entry]));
      const { alone, leaning } = askAll(ours, openIndex(learnOne(documents[language], language, cut), language, cut), entries, prepared.aspects, (questionShare * leftOut.length) / (number || 1));
      const weights = {} as Record<Judgement, Weights>;
      for (const judgement of Object.keys(judgements) as Judgement[]) {
        // Phrases lean on nothing.
        const asked = judgement === 'goesOn' ? leaning.map((seen) => ({ ...seen, weight: 1 })) : alone;
        const [phrases, samples] = [judged(judgement === 'goesOn' ? [] : leftOut, judgement), judged(asked, judgement)];
        if (phrases.length + samples.length === 0) {
          weights[judgement] = calibration[language].weights[judgement];
          console.log(`\n${language} ${judgement}: 質問がないので、今のままにします`);
          continue;
        }
        const fitted = fit([...phrases, ...samples], judgements[judgement]);
        weights[judgement] = fitted;
        const errors = [phrases, samples, [...phrases, ...samples]].map((some) => (some.length === 0 ? '–' : calibrationError(some, fitted).toFixed(3)));
        console.log(`\n${language} ${judgement}: 期待校正誤差 言い方 ${errors[0]}、質問 ${errors[1]}、両方 ${errors[2]}`);
        // Too few lean on an answer to be seen in the picture.
        if (judgement !== 'goesOn') series.push({ name: `${seriesNames[judgement]}, ${language === 'ja' ? 'Japanese' : 'English'} (expected calibration error ${errors[2]})`, points: bands([...phrases, ...samples], fitted) });
        for (const { count, sure, right } of bands([...phrases, ...samples], fitted)) console.log(`  ${sure.toFixed(2)} → ${right.toFixed(2)}  ${'#'.repeat(Math.round(right * 40)).padEnd(40)} ${Math.round(count)}`);
        console.log(thresholdTable(asked, judgement, fitted).join('\n'));
      }
      next[language] = { weights, thresholds: calibration[language].thresholds };
    }
    if (values.plot !== undefined) await writeFile(values.plot, calibrationPlot({ title: 'How sure the search is, and how often it is right', sure: 'said to be sure', right: 'was right, %' }, series));
    if (values.write) await writeFile(fileURLToPath(new URL('../../knowledge/search/calibration.json', import.meta.url)), `${JSON.stringify(next, undefined, 2)}\n`);
    return 0;
  },
};
