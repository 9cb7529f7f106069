import { questionsFile, readQuestions } from '../questions.ts';
import type { CheckInput, Rule, Spot } from './rule.ts';

const questionsOf = ({ texts }: CheckInput): ReturnType<typeof readQuestions> => readQuestions(texts.get(questionsFile) ?? '');

/** Rules about the questions staff keep; they are never served, so that none of them holds anything back. */
export const questionRules: readonly Rule[] = [
  {
    name: 'question-wrong', level: 'notice',
    why: { ja: '読み取れない質問は、直したときに確かめられません。', en: 'A question that cannot be read is not compared after an edit.' },
    find(input): Spot[] {
      const { questions, findings } = questionsOf(input);
      const seen = new Set<string>();
      const twice = questions.filter(({ id }) => seen.size === seen.add(id).size).map(({ id, line }): Spot => ({ file: questionsFile, line,
        what: { ja: `「${id}」という質問が2つあります。`, en: `There are two questions “${id}”.` },
        remedy: { ja: 'どちらかの id を変えるか、消してください。', en: 'Give one of them another id, or remove it.' } }));
      return [...findings, ...twice];
    },
  },
  {
    name: 'question-unknown', level: 'notice',
    why: { ja: 'ない回答を正解とする質問は、いつも間違いになります。', en: 'A question whose answer does not exist is always answered wrongly.' },
    find(input): Spot[] {
      const known = new Set(input.entries.map(({ id }) => id));
      return questionsOf(input).questions.flatMap(({ line, relevant, also_ok }) => [...relevant, ...also_ok].filter((id) => !known.has(id)).map((id): Spot => ({ file: questionsFile, line,
        what: { ja: `「${id}」という回答はありません。`, en: `There is no entry “${id}”.` },
        remedy: { ja: '正しい名前に直してください。「分かりません」が正解なら "relevant":[] と書いてください。', en: 'Correct the name; write "relevant":[] where “I do not know” is right.' } })));
    },
  },
];
