import type { Remember } from '../cache.ts';
import { bare } from '../search/fold.ts';
import { makeNearest } from '../search/nearest.ts';
import type { Cut, Language } from '../search/terms.ts';
import type { CheckInput, Rule, Spot } from './rule.ts';

/** From this likeness on, two phrases are the same to the search. */
const sameLikeness = 0.85;

function competing(input: CheckInput, cut: Cut, language: Language): Spot[] {
  const phrases = input.entries.filter(({ locale }) => locale === language).flatMap((entry) =>
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

/** What the findings depend on beside the words: every phrase and where it stands. */
const phrasesKey = ({ entries }: CheckInput, language: Language): string =>
  `competing ${language} ${JSON.stringify(entries.filter(({ locale }) => locale === language).map(({ file, phrases, phraseLines }) => [file, phrases, phraseLines]))}`;

/** The rule that needs the real search: phrases that two entries want. */
export const phraseCompetes = (cut: Cut, remember: Remember): Rule => ({
  name: 'phrase-competes', level: 'notice',
  why: { ja: 'ほかの回答に近い聞き方は、間違った回答を呼びます。', en: 'A phrase closer to another entry brings the wrong answer.' },
  find: (input) => (['ja', 'en'] as const).flatMap((language) => remember(phrasesKey(input, language), () => competing(input, cut, language))),
});
