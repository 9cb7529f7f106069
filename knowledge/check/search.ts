import type { Remember } from '../cache.ts';
import type { Entry } from '../entry.ts';
import { bare } from '../search/fold.ts';
import { makeNearest } from '../search/nearest.ts';
import type { Cut, Language } from '../search/terms.ts';
import { elsewhereFolder } from '../words.ts';
import type { CheckInput, Rule, Spot } from './rule.ts';

/** From this likeness on, two phrases are the same to the search; and a phrase is about what a question that nobody answers is about. */
const sameLikeness = 0.85;
const likeUnanswered = 0.8;

const languages = ['ja', 'en'] as const;

const entriesIn = ({ entries }: CheckInput, language: Language): readonly Entry[] => entries.filter(({ locale }) => locale === language);

function competing(input: CheckInput, cut: Cut, language: Language): Spot[] {
  const phrases = entriesIn(input, language).flatMap((entry) =>
    entry.phrases.map((phrase, index) => ({ owner: entry.id, entry, phrase, index, terms: cut(phrase, language) })));
  const nearest = makeNearest(phrases);
  return phrases.flatMap(({ entry, phrase, index, terms }): Spot[] => {
    const found = nearest.find(terms, entry.id, sameLikeness);
    // What is the very same is told by phrase-twice.
    if (found === undefined || bare(phrases[found.index]!.phrase) === bare(phrase)) return [];
    const other = phrases[found.index]!.entry.id;
    return [{ file: entry.file, line: entry.phraseLines[index]!,
      what: { ja: `「${phrase}」は ${other} の聞き方とほとんど同じで、取り違えます。`, en: `“${phrase}” is nearly a phrase of ${other} and will be mistaken for it.` },
      remedy: { ja: 'この回答だけに当たることばを足すか、消してください。', en: 'Add words that fit only this entry, or remove it.' } }];
  });
}

/** Phrases like a question that is kept as one nobody answers: now somebody does. */
function answeredNow(input: CheckInput, cut: Cut, language: Language): Spot[] {
  const unanswered = unansweredFiles(input, language).flatMap(([file, text]) =>
    text.split(/\r\n|\n|\r/).flatMap((line, index) => (line.trim() === '' ? [] : [{ owner: '', file, line: index + 1, text: line.trim(), terms: cut(line, language) }])));
  const nearest = makeNearest(unanswered);
  return entriesIn(input, language).flatMap((entry) => entry.phrases.flatMap((phrase, index): Spot[] => {
    const found = nearest.find(cut(phrase, language), entry.id, likeUnanswered);
    if (found === undefined) return [];
    const { file, line, text } = unanswered[found.index]!;
    return [{ file: entry.file, line: entry.phraseLines[index]!,
      what: { ja: `「${phrase}」に近い「${text}」が、${file} の${line}行目に、回答のない質問として書いてあります。この回答が出にくくなります。`, en: `“${text}”, much like “${phrase}”, stands in ${file}, line ${line}, as a question that nobody answers. This answer will be found less often.` },
      remedy: { ja: `この回答で足りるなら、${file} から、その行と、似た行を消してください。`, en: `If this entry answers it, delete that line and those like it from ${file}.` } }];
  }));
}

const unansweredFiles = ({ texts, unanswered }: CheckInput, language: Language): [string, string][] =>
  unanswered.map((name) => `${elsewhereFolder}${name}.${language}.txt`).flatMap((file) => (texts.has(file) ? [[file, texts.get(file)!]] : []));

/** What the findings depend on beside the words: every phrase and where it stands. */
const phrasesKey = (input: CheckInput, language: Language): string => JSON.stringify(entriesIn(input, language).map(({ file, phrases, phraseLines }) => [file, phrases, phraseLines]));

/** The rules that need the real search: phrases that two entries want, and phrases that are kept as nobody's. */
export const searchRules = (cut: Cut, remember: Remember): readonly Rule[] => [
  {
    name: 'phrase-competes', level: 'notice',
    why: { ja: 'ほかの回答に近い聞き方は、間違った回答を呼びます。', en: 'A phrase closer to another entry brings the wrong answer.' },
    find: (input) => languages.flatMap((language) => remember(`competing ${language} ${phrasesKey(input, language)}`, () => competing(input, cut, language))),
  },
  {
    name: 'phrase-unanswered', level: 'notice',
    why: { ja: '回答のない質問として覚えていることは、回答を書いても「見つかりません」になりやすいままです。', en: 'What is learnt as answered by nobody is still declined when an answer has been written.' },
    find: (input) => languages.flatMap((language) => remember(`unanswered ${language} ${JSON.stringify(unansweredFiles(input, language))} ${phrasesKey(input, language)}`, () => answeredNow(input, cut, language))),
  },
];
