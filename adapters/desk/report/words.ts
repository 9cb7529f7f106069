import type { Say } from '../command.ts';

/** What the page and the text call things, in the desk's language. */
export interface Names {
  readonly channel: (name: string) => string;
  readonly locale: (name: string) => string;
  readonly outcome: (name: string) => string;
}

export function namesIn(say: Say): Names {
  const channels: Readonly<Record<string, string>> = { line: 'LINE', webchat: say('ホームページ', 'website') };
  const locales: Readonly<Record<string, string>> = { ja: say('日本語', 'Japanese'), en: say('英語', 'English'), 'ja-easy': say('やさしい日本語', 'easy Japanese') };
  const outcomes: Readonly<Record<string, string>> = {
    answered: say('回答した', 'answered'), choose: say('選択肢を示した', 'offered a choice'), guiding: say('案内を始めた', 'began a guide'),
    none: say('見つからなかった', 'not found'), failed: say('答えられなかった', 'failed'),
  };
  return { channel: (name) => channels[name] ?? name, locale: (name) => locales[name] ?? name, outcome: (name) => outcomes[name] ?? name };
}

/** A part of a whole as people read it. */
export const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`);
