/**
 * Limits of the Messaging API (https://developers.line.biz/en/reference/messaging-api/). Text counts UTF-16 units, labels count graphemes
 * (https://developers.line.biz/en/docs/messaging-api/text-character-count/).
 */
export const limits = {
  messages: 5, text: 5000, altText: 1500, quickReplies: 13, label: 20, buttonLabel: 40, data: 300, displayText: 300, uri: 1000,
  carousel: 12, bubbleBytes: 30_000,
} as const;

const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });
export const countGraphemes = (text: string): number => [...graphemes.segment(text)].length;

/** Cuts to a number of graphemes, with … where something was cut. */
export function cutGraphemes(text: string, most: number): string {
  const parts = [...graphemes.segment(text)].map(({ segment }) => segment);
  return parts.length <= most ? text : `${parts.slice(0, most - 1).join('')}…`;
}

/** Cuts to a number of UTF-16 units, never inside a grapheme, with … where something was cut. */
export function cutUnits(text: string, most: number): string {
  if (text.length <= most) return text;
  let cut = '';
  for (const { segment } of graphemes.segment(text)) {
    if (cut.length + segment.length > most - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}

const sentenceEnd = /[。！？!?\n]/u;

/** Splits a text at sentence ends into parts of at most `most` UTF-16 units, at most `parts` of them; the last is cut where it must be. */
export function splitText(text: string, most: number, parts: number): string[] {
  const made: string[] = [];
  let rest = text;
  while (rest.length > most && made.length < parts - 1) {
    const window = cutUnits(rest, most + 1).slice(0, -1);
    let end = window.length;
    while (end > most / 2 && !sentenceEnd.test(window[end - 1]!)) end -= 1;
    if (end <= most / 2) end = window.length;
    made.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...made, cutUnits(rest, most)];
}
