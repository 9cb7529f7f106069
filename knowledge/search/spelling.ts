/** Words of a to z: those that somebody may have meant, commonest first, and others that are left as they are. */
export interface Spellings {
  readonly common: readonly string[];
  readonly seen: readonly string[];
}

/** In how many texts a word must occur to be what somebody meant, and to be left as it is. */
const common = 8;
const seen = 2;
/** Shorter words are one mistake away from too many others, in short ones no letter is taken for another; in long ones two mistakes are read. */
const shortest = 4;
const short = 4;
const long = 8;
const longest = 20;
/** Most words of a question that are corrected. */
const mostCorrected = 12;

const isSpelled = (word: string): boolean => word.length <= longest && /^[a-z]+$/.test(word);

/** Learns how words are spelled from folded texts, each a row of words parted by spaces. */
export function learnSpellings(texts: readonly string[]): Spellings {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of new Set(text.split(' '))) if (isSpelled(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const sorted = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  const atLeast = (least: number, below = Infinity): string[] => sorted.filter(([, count]) => count >= least && count < below).map(([word]) => word);
  return { common: atLeast(common), seen: atLeast(seen, common) };
}

/** The letters of a word as bits: words that differ by few letters differ by few bits. */
const lettersOf = (word: string): number => [...word].reduce((bits, letter) => bits | 1 << letter.charCodeAt(0) - 97, 0);
const bitsIn = (bits: number): number => { let count = 0; for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1; return count; };

/** Letters to put in, leave out, exchange or swap with the next, from one word to the other (optimal string alignment); more than `most` may be said to be more. */
function mistakes(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + Number(one[i - 1] !== other[j - 1]));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[other.length]!;
}

/**
 * Opens what was learnt: a function that reads the words of a folded text as they were meant, where only one or two letters are wrong and the first is not.
 * The commonest word that fits counts; words that nobody uses who asks us, and that are like none, are left as they are.
 */
export function openSpelling({ common: words, seen: others }: Spellings): (text: string) => string {
  const known = new Set([...words, ...others]);
  const byFirst = Map.groupBy(words.map((word) => ({ word, letters: lettersOf(word) })), ({ word }) => word[0]);
  const meant = (word: string): string | undefined => {
    const letters = lettersOf(word);
    let best: string | undefined;
    let fewest = (word.length < long ? 1 : 2) + 1;
    for (const candidate of byFirst.get(word[0]) ?? []) {
      if (bitsIn(candidate.letters ^ letters) > 2 * (fewest - 1) || (word.length <= short && (letters & ~candidate.letters) !== 0)) continue;
      const count = mistakes(word, candidate.word, fewest - 1);
      if (count < fewest) [best, fewest] = [candidate.word, count];
      if (fewest === 1) break;
    }
    return best;
  };
  return (text) => {
    const asked = text.split(' ');
    const unknown = [...new Set(asked)].filter((word) => word.length >= shortest && isSpelled(word) && !known.has(word)).slice(0, mostCorrected);
    const right = new Map(unknown.map((word) => [word, meant(word)]));
    return asked.map((word) => right.get(word) ?? word).join(' ');
  };
}
