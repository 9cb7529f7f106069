import type { Day } from '../../knowledge/days.ts';
import type { Library } from '../../knowledge/library.ts';
import { openMaker } from '../../knowledge/make.ts';
import type { Question } from '../../knowledge/questions.ts';
import { openCollection } from '../../knowledge/search/collection.ts';
import { figures, gradedFigures, resultOf, type Result } from '../../knowledge/search/evaluate.ts';
import { shownAfter } from '../../knowledge/search/follow-up.ts';
import { openDictionary } from '../../knowledge/search/kuromoji.ts';
import { makeCut } from '../../knowledge/search/terms.ts';
import { decide, type Verdict } from '../../knowledge/search/verdict.ts';
import { loadLibrary, readLanguage, readWords, sayIn, settings, UsageError, type Command, type DeskLanguage, type Say } from './command.ts';
import { table } from './layout.ts';
import { whileSaying, withProgress } from './progress.ts';
import { readCollection, readQuestions } from './questions.ts';
import { writeWhole } from './write-all.ts';

/** The names of figures, in words. */
export const labels: Readonly<Record<DeskLanguage, Readonly<Record<string, string>>>> = {
  ja: {
    questions: '質問の数', right_first: '1番目が正しい', right_in_three: '3つの中に正しい', wrong_answered: '誤って言い切った',
    refused_in_scope: '答えられるのに断った', out_of_scope_recognised: '範囲外を断れた', ms_p50: '計算時間の中央値(ミリ秒)', ms_p99: '100回に99回はこれ以内(ミリ秒)',
    ndcg_at_10: 'nDCG@10', mrr_at_10: 'MRR@10', success_at_1: '1番目に正解', success_at_3: '3番目までに正解', success_at_5: '5番目までに正解',
  },
  en: {
    questions: 'questions', right_first: 'right first', right_in_three: 'right in three', wrong_answered: 'wrong, given as sure',
    refused_in_scope: 'ours, refused', out_of_scope_recognised: 'not ours, recognised', ms_p50: 'median time in ms', ms_p99: '99 of 100 within ms',
    ndcg_at_10: 'nDCG@10', mrr_at_10: 'MRR@10', success_at_1: 'right at 1', success_at_3: 'right within 3', success_at_5: 'right within 5',
  },
};
const shares = ['right_first', 'right_in_three', 'wrong_answered', 'refused_in_scope', 'out_of_scope_recognised'];
/** A figure as people read it. */
export const asText = (name: string, value: number): string =>
  (Number.isNaN(value) ? '–' : name === 'questions' ? String(value) : name.startsWith('ms') ? value.toFixed(2) : shares.includes(name) ? `${(value * 100).toFixed(1)} %` : value.toFixed(3));

/** Questions to be asked in each language before any is timed: times are those of a service that is running, and what is loaded or compiled at first use does not count. */
export const toWarmUp = (questions: readonly Question[]): Question[] => (['ja', 'en'] as const).flatMap((language) => questions.filter(({ lang }) => lang === language).slice(0, 50));

/** What answers the questions: the library, or an outside collection that replaces it. */
export type Answer = (question: Question) => Verdict;

/** How a library answers questions, their turns in the light of one another. */
export function answerWith(library: Library, today: Day): Answer {
  return ({ lang, turns }) => {
    let before: string | undefined;
    for (const turn of turns.slice(0, -1)) before = shownAfter(library.answer(turn, lang, today, before), before);
    return library.answer(turns.at(-1)!, lang, today, before);
  };
}

/** The collection brings no words of its own: terms, words that mean the same, and what people ask for in which words are the library's. */
async function answerFromCollection(file: string, say: Say): Promise<Answer> {
  const collection = await readCollection(file);
  const indexes = await whileSaying(say('準備しています…', 'preparing…'), async () => {
    const dictionary = openDictionary();
    const { prepared: { terms, concepts }, learned, tables } = await openMaker(() => dictionary)(settings().folder);
    return openCollection(collection, makeCut(dictionary, terms, concepts, tables), learned);
  });
  return ({ lang, turns }) => decide(indexes[lang].search(turns.at(-1)!), lang);
}

function print(results: readonly (Result & { lang: string })[], figuresOf: (results: readonly Result[]) => Record<string, number>, language: DeskLanguage): void {
  const columns = [['ja', results.filter(({ lang }) => lang === 'ja')], ['en', results.filter(({ lang }) => lang === 'en')], [language === 'ja' ? '計' : 'all', results]] as const;
  const parts = columns.map(([, part]) => figuresOf(part));
  const rows = Object.keys(parts[0]!).map((name) => [labels[language][name]!, ...parts.map((part) => asText(name, part[name]!))]);
  console.log(table([{ head: '' }, ...columns.map(([head]) => ({ head, side: 'right' as const }))], rows).join('\n'));
}

/** Judges retrieval on question files. */
export const evaluate: Command = {
  usage: 'FILE… [--docs DOCS.jsonl] [--out RESULTS.jsonl] [--json] [--lang ja|en]',
  about: { ja: '質問ファイルで検索の正しさを測ります。--docs を付けると、回答の代わりに外の文書の集まりで測ります。', en: 'Judges retrieval on question files. --docs replaces the library by an outside collection.' },
  examples: [
    { words: 'knowledge/questions.jsonl', about: { ja: '手元の質問で測ります', en: 'judges on your own questions' } },
    { words: 'a.jsonl b.jsonl --out results.jsonl', about: { ja: '質問ごとの結果も書き出します', en: 'and writes what each question got' } },
  ],
  exits: { ja: '0 測った、2 実行できなかった', en: '0 judged, 2 could not run' },
  async run(words) {
    const { values, positionals } = readWords(words, { docs: { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean', default: false }, lang: { type: 'string' } }, Infinity);
    const language = readLanguage(values.lang);
    if (positionals.length === 0) throw new UsageError({ ja: '質問ファイル(.jsonl)を1つ以上書いてください。', en: 'Name one question file (.jsonl) or more.' });
    const questions = (await Promise.all(positionals.map(readQuestions))).flat();
    const answer = values.docs === undefined ? answerWith(await loadLibrary(settings().folder, sayIn(language)), settings().today) : await answerFromCollection(values.docs, sayIn(language));
    for (const question of toWarmUp(questions)) answer(question);
    const results = [...withProgress(questions, language === 'ja' ? '質問' : 'questions')].map((question): Result & { lang: string } => {
      const { id, lang, relevant, grades, also_ok } = question;
      const begin = performance.now();
      const verdict = answer(question);
      return { ...resultOf({ id, relevant, also: also_ok, grades }, verdict, performance.now() - begin), lang };
    });
    if (values.out !== undefined) {
      await writeWhole(values.out, results.map(({ judged, outcome, entries, confidence, ms }) => JSON.stringify({ id: judged.id, outcome, entries, confidence, ms })).join('\n') + '\n');
    }
    const figuresOf = (some: readonly Result[]): Record<string, number> => ({ ...figures(some), ...(values.docs === undefined ? {} : gradedFigures(some)) });
    if (values.json) console.log(JSON.stringify(figuresOf(results)));
    else print(results, figuresOf, language);
    return 0;
  },
};
