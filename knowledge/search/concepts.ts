import type { Language, Terms } from './terms.ts';

/** Words that mean nearly the same, by the name of what they mean. */
export type Concepts = Readonly<Record<string, { readonly ja: readonly string[]; readonly en: readonly string[] }>>;

/** The concepts of one language for lookup, as data: by the first word of a member, and by its sound. */
export interface ConceptTable {
  readonly byFirst: ReadonlyMap<string, readonly { readonly words: readonly string[]; readonly name: string }[]>;
  readonly bySound: ReadonlyMap<string, readonly string[]>;
}
export type ConceptTables = Readonly<Record<Language, ConceptTable>>;

/** Finds the concepts in a text that has been cut into words. */
export type FindConcepts = (words: readonly string[], sound: string) => string[];

/** Sounds shorter than this are found inside too many other words; longer ones than the longest are compared whole. */
const shortestSound = 4;
const longestSound = 12;

/**
 * Prepares the concepts of one language for lookup: by words and runs of words, and in Japanese by sound, which finds kana and misconversions.
 * @param cut the cutter without concepts
 */
export function tabulate(concepts: Concepts, language: Language, cut: (text: string) => Pick<Terms, 'words' | 'sound'>): ConceptTable {
  const byFirst = new Map<string, { readonly words: readonly string[]; readonly name: string }[]>();
  const bySound = new Map<string, string[]>();
  for (const [name, members] of Object.entries(concepts)) {
    for (const member of members[language]) {
      const { words, sound } = cut(member);
      const [first] = words;
      if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), { words, name }]);
      if (language === 'ja' && sound.length >= shortestSound && sound.length <= longestSound) bySound.set(sound, [...(bySound.get(sound) ?? []), name]);
    }
  }
  return { byFirst, bySound };
}

export function openConcepts({ byFirst, bySound }: ConceptTable): FindConcepts {
  return (words, sound) => {
    const found = new Set<string>();
    words.forEach((word, at) => {
      for (const { words: run, name } of byFirst.get(word) ?? []) if (run.every((part, index) => words[at + index] === part)) found.add(name);
    });
    if (bySound.size > 0) {
      for (let at = 0; at + shortestSound <= sound.length; at += 1) {
        for (let length = shortestSound; length <= longestSound && at + length <= sound.length; length += 1) {
          for (const name of bySound.get(sound.slice(at, at + length)) ?? []) found.add(name);
        }
      }
    }
    return [...found];
  };
}
