import { writeFile } from 'node:fs/promises';
import { figures, resultOf, type Judged, type Result } from '../../knowledge/search/evaluate.ts';
import { loadLibrary, readWords, settings, UsageError, type Command } from './command.ts';
import { readQuestions } from './questions.ts';

const labels: Readonly<Record<string, string>> = {
  questions: '質問の数', right_first: '1番目が正しい', right_in_three: '3つの中に正しい', wrong_answered: '誤って言い切った',
  refused_in_scope: '答えられるのに断った', out_of_scope_recognised: '範囲外を断れた', ms_p50: '計算時間 中央値 ms', ms_p99: '計算時間 99% ms',
};
const asText = (name: string, value: number): string =>
  (name === 'questions' ? String(value) : name.startsWith('ms') ? value.toFixed(2) : Number.isNaN(value) ? '–' : `${(value * 100).toFixed(1)} %`);

/** Judges retrieval on question files. */
export const evaluate: Command = {
  usage: 'FILE… [--out RESULTS.jsonl] [--json]',
  about: { ja: '質問ファイルで検索の正しさを測ります。', en: 'Judges retrieval on question files.' },
  async run(words) {
    const { values, positionals } = readWords(words, { out: { type: 'string' }, json: { type: 'boolean', default: false } });
    if (positionals.length === 0) throw new UsageError('質問ファイル(.jsonl)を1つ以上書いてください。');
    const { folder, today } = settings();
    const questions = (await Promise.all(positionals.map(readQuestions))).flat();
    const library = await loadLibrary(folder);
    const results = questions.map(({ id, lang, text, relevant, also_ok }): Result & { lang: string } => {
      const judged: Judged = { id, relevant, also: also_ok };
      const begin = performance.now();
      const verdict = library.answer(text ?? '', lang, today);
      return { ...resultOf(judged, verdict, performance.now() - begin), lang };
    });
    if (values.out !== undefined) {
      await writeFile(values.out, results.map(({ judged, outcome, entries, confidence, ms }) => JSON.stringify({ id: judged.id, outcome, entries, confidence, ms })).join('\n') + '\n');
    }
    if (values.json) {
      console.log(JSON.stringify(figures(results)));
      return 0;
    }
    const columns = [['ja', results.filter(({ lang }) => lang === 'ja')], ['en', results.filter(({ lang }) => lang === 'en')], ['計', results]] as const;
    const rows = columns.map(([, part]) => figures(part));
    console.log(['', ...columns.map(([name]) => name)].map((cell, index) => (index === 0 ? ' '.repeat(26) : cell.padStart(9))).join(''));
    for (const [name, label] of Object.entries(labels)) {
      const width = [...label].reduce((sum, sign) => sum + (sign.charCodeAt(0) > 255 ? 2 : 1), 0);
      console.log(label + ' '.repeat(Math.max(1, 26 - width)) + rows.map((row) => asText(name, row[name]!).padStart(9)).join(''));
    }
    return 0;
  },
};
