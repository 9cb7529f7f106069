import type { Day } from '../../knowledge/days.ts';
import type { Library } from '../../knowledge/library.ts';
import { inLocale, type Locale } from '../../knowledge/locales.ts';
import type { Hit, Signals } from '../../knowledge/search/index.ts';
import type { Judged, Verdict } from '../../knowledge/search/verdict.ts';
import { sayIn, type DeskLanguage, type Say } from './command.ts';
import { hang, quoted } from './layout.ts';

/** How many entries are shown of a ranking. */
const shown = 5;

/** The signals of a ranking, in words a clerk understands. */
const signalNames: Readonly<Record<DeskLanguage, Readonly<Record<keyof Signals | 'bias', string>>>> = {
  ja: {
    bias: '出発点', share: '1番目が2番目以下を引き離している', broad: '同上(ゆるく見たとき)', sharp: '同上(きびしく見たとき)',
    mass: 'ほかの窓口の用件より、ここの用件らしい', alone: '同上(直前の回答がないとき)', foreign: 'ほかの窓口だけで使うことばがある', evidence: '1番目の点数の高さ(質問の長さのわりに)', coverage: '質問のことばを1番目の回答が知っている',
    known: '質問のことばを案内係が知っている', agreed: 'ことばだけの検索でも同じ回答が1番', same: '同じことばの聞き方がこの回答にだけある',
  },
  en: {
    bias: 'where it begins', share: 'the first leads the others', broad: 'the same, seen broadly', sharp: 'the same, seen sharply',
    mass: 'rather our matter than another office’s', alone: 'the same without the answer before', foreign: 'a word that is another office’s', evidence: 'the first one’s score for a question so long', coverage: 'the first entry knows the question’s words',
    known: 'the assistant knows the question’s words', agreed: 'a search for words alone finds the same first', same: 'only this entry has just this phrase',
  },
};

/** An entry of a ranking. */
export interface Candidate extends Hit {
  readonly title: string | undefined;
}

/** The first entries of a verdict, with their titles. */
export const candidatesOf = (verdict: Verdict, library: Library, locale: Locale, today: Day): Candidate[] =>
  verdict.hits.slice(0, shown).map((hit) => ({ ...hit, title: library.entry(hit.entry, locale, today)?.title }));

/** How a probability came about: the sum of what speaks for and against. */
function arithmetic(heading: string, { probability, parts, enough }: Judged, say: Say, names: Readonly<Record<string, string>>): string {
  const rows = Object.entries(parts).filter(([, part]) => part !== 0).map(([name, part]) => `    ${part.toFixed(2).padStart(6)}  ${names[name]}`);
  const sum = Object.values(parts).reduce((total, part) => total + part, 0);
  const [likely, needed] = [probability, enough].map((share) => `${(share * 100).toFixed(0)} %`);
  return [
    say(`  ${heading}: ${likely}(${needed}以上で「はい」)`, `  ${heading} ${likely} (“yes” from ${needed} on)`), ...rows,
    `    ${sum.toFixed(2).padStart(6)}  ${say('合計。0なら50 %、プラスが大きいほど100 %に近づきます', 'in all; 0 is 50 %, the larger the nearer to 100 %')}`,
  ].join('\n');
}

/** Why a question is answered as it is. */
export function explain(question: string, verdict: Verdict, candidates: readonly Candidate[], library: Library, language: DeskLanguage): string {
  const say = sayIn(language);
  const { asked, judged } = verdict.grounds;
  const outcome = {
    one: say('1つの回答を示します', 'one entry is given'), choose: say('選択肢を示します', 'some are offered to choose from'), none: say('「見つかりませんでした」と答えます', 'it says that it does not know'),
  }[verdict.kind];
  const office = verdict.kind === 'none' ? verdict.elsewhere : undefined;
  const name = office === undefined ? undefined : library.elsewhere[office]?.name;
  const called = name === undefined ? office : inLocale(name, language);
  const elsewhere = called === undefined ? '' : say(`(ほかの窓口の用件「${called}」のようです)`, ` (it seems to be another office’s: ${called})`);
  const list = (words: readonly string[], none: string): string => words.join(say('、', ', ')) || none;
  return [
    hang(say('質問: ', 'Question: '), question), hang(say('結果: ', 'Outcome: '), `${outcome}${elsewhere}`), '',
    hang(say('読み取ったことば: ', 'Words read: '), list(asked.words, say('なし', 'none'))),
    hang(say('読み取った意味: ', 'Meanings read: '), list(asked.concepts, say('なし', 'none')) + say('(words/synonyms.yaml の名前)', ' (names in words/synonyms.yaml)')), '',
    say('点数の高い回答', 'Entries with the highest scores'),
    ...candidates.flatMap(({ entry, title, score, words }) => [
      hang(`  ${score.toFixed(2).padStart(6)}  `, `${entry}  ${quoted(title ?? '', language)}`),
      hang(say('          合ったことば: ', '          words that fit: '), list(words, say('なし(意味か音の近さだけ)', 'none (only meaning or sound)'))),
    ]), '',
    say('確からしさ', 'How sure'), arithmetic(say('マイナンバーカードの質問か', 'Is it about the card?'), judged.ours, say, signalNames[language]),
    arithmetic(say('1番目の回答でよいか', 'Is the first entry right?'), judged.right, say, signalNames[language]),
  ].join('\n');
}
