import { writtenIn } from '../../bot/language.ts';
import { isLocale } from '../../knowledge/locales.ts';
import type { Hit, Signals } from '../../knowledge/search/index.ts';
import type { Judged, Verdict } from '../../knowledge/search/verdict.ts';
import { loadLibrary, readWords, settings, UsageError, type Command } from './command.ts';

const shown = 5;

/** The signals of a ranking, in words a clerk understands. */
const signalNames: Readonly<Record<keyof Signals | 'bias', string>> = {
  bias: '出発点', share: '1番目が2番目以下を引き離している', broad: '同上(ゆるく見たとき)', sharp: '同上(きびしく見たとき)',
  mass: 'ほかの窓口の用件より、ここの用件らしい', evidence: '1番目の点数の高さ(質問の長さのわりに)', coverage: '質問のことばを1番目の回答が知っている',
  known: '質問のことばを案内係が知っている', agreed: 'ことばだけの検索でも同じ回答が1番', same: '同じことばの聞き方がこの回答にだけある',
};

/** How a probability came about: the sum of what speaks for and against. */
function arithmetic(heading: string, { probability, parts, enough }: Judged): string {
  const rows = Object.entries(parts).filter(([, part]) => part !== 0).map(([name, part]) => `    ${part.toFixed(2).padStart(6)}  ${signalNames[name as keyof Signals]}`);
  const sum = Object.values(parts).reduce((total, part) => total + part, 0);
  return [`  ${heading}: ${(probability * 100).toFixed(0)} %(${(enough * 100).toFixed(0)} %以上で「はい」)`, ...rows, `    ${sum.toFixed(2).padStart(6)}  合計。0なら50 %、プラスが大きいほど100 %に近づきます`].join('\n');
}

interface Candidate extends Hit {
  readonly title: string | undefined;
}

const outcomes = { one: '1つの回答を示します', choose: '選択肢を示します', none: '「見つかりませんでした」と答えます' } as const;

function inWords(question: string, verdict: Verdict, candidates: readonly Candidate[]): string {
  const { asked, judged } = verdict.grounds;
  const elsewhere = verdict.kind === 'none' && verdict.elsewhere !== undefined ? `(ほかの窓口の用件「${verdict.elsewhere}」のようです)` : '';
  return [
    `質問: ${question}`, `結果: ${outcomes[verdict.kind]}${elsewhere}`, '',
    `読み取ったことば: ${asked.words.join('、') || 'なし'}`, `読み取った意味: ${asked.concepts.join('、') || 'なし'}(words/synonyms.yaml の名前)`, '',
    '点数の高い回答', ...candidates.flatMap(({ entry, title, score, words }) => [`  ${score.toFixed(2).padStart(6)}  ${entry}  「${title ?? ''}」`, `          合ったことば: ${words.join('、') || 'なし(意味か音の近さだけ)'}`]), '',
    '確からしさ', arithmetic('マイナンバーカードの質問か', judged.ours), arithmetic('1番目の回答でよいか', judged.right),
  ].join('\n');
}

/** Shows what a question would be answered, and why. */
export const ask: Command = {
  usage: '"質問" [--lang ja|en|ja-easy] [--json]',
  about: { ja: '質問に何と答えるかと、その理由を表示します。', en: 'Shows what a question would be answered, and why.' },
  async run(words) {
    const { values, positionals } = readWords(words, { lang: { type: 'string' }, json: { type: 'boolean', default: false } });
    const question = positionals.join(' ').trim();
    if (question === '') throw new UsageError('質問を "…" で囲んで書いてください。');
    if (values.lang !== undefined && !isLocale(values.lang)) throw new UsageError('--lang には ja、en、ja-easy のどれかを書いてください。');
    const { folder, today } = settings();
    const library = await loadLibrary(folder);
    const written = writtenIn(question, library.otherLanguages);
    const locale = values.lang ?? (written !== undefined && 'language' in written ? written.language : 'ja');
    const verdict = library.answer(question, locale === 'en' ? 'en' : 'ja', today);
    const candidates = verdict.hits.slice(0, shown).map((hit) => ({ ...hit, title: library.entry(hit.entry, locale, today)?.title }));
    if (values.json) {
      console.log(JSON.stringify({ question, locale, outcome: verdict.kind, confidence: verdict.confidence, candidates, grounds: verdict.grounds }, undefined, 2));
      return 0;
    }
    console.log(inWords(question, verdict, candidates));
    return 0;
  },
};
