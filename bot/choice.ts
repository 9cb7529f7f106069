import { isLocale, type Locale } from '../knowledge/locales.ts';
import { commands, type Command } from '../knowledge/words.ts';

/** What a button means. Its id is stable, so that one tapped a year later still works or is recognised as old. */
export type Choice =
  | { readonly kind: 'entry'; readonly entry: string }
  | { readonly kind: 'guide'; readonly guide: string }
  | { readonly kind: 'answer'; readonly guide: string; readonly version: number; readonly step: string; readonly value: string }
  | { readonly kind: 'command'; readonly command: Command }
  /** Whether an answer was of use. */
  | { readonly kind: 'vote'; readonly entry: string; readonly useful: boolean }
  | { readonly kind: 'language'; readonly locale: Locale };

/** @returns the id a button carries, at most 300 characters, e.g. `guide:status.1/notice=received` */
export function choiceId(choice: Choice): string {
  switch (choice.kind) {
    case 'entry': return `entry:${choice.entry}`;
    case 'guide': return `guide:${choice.guide}`;
    case 'answer': return `guide:${choice.guide}.${choice.version}/${choice.step}=${choice.value}`;
    case 'vote': return `vote:${choice.entry}=${choice.useful ? 'useful' : 'useless'}`;
    case 'command': return `do:${choice.command}`;
    case 'language': return `language:${choice.locale}`;
  }
}

const answerPattern = /^guide:([a-z]+)\.(\d{1,4})\/([a-z_]+)=([\w-]{1,40})$/;

/** Ids of ours hold a version and a day at most; more digits are somebody's number. */
const mostDigits = 12;
const digitsOf = (id: string): string => id.replace(/\D/g, '');

/** @returns what an id means, or undefined for one that never was ours */
export function readChoice(id: string): Choice | undefined {
  if (digitsOf(id).length >= mostDigits || (digitsOf(id).length > 4 && !/=\d{4}-\d{2}-\d{2}$/.test(id))) return undefined;
  const [, entry] = /^entry:([a-z0-9-]+\/[a-z0-9-]+)$/.exec(id) ?? [];
  if (entry !== undefined) return { kind: 'entry', entry };
  const [, guide] = /^guide:([a-z]+)$/.exec(id) ?? [];
  if (guide !== undefined) return { kind: 'guide', guide };
  const [, open, version, step, value] = answerPattern.exec(id) ?? [];
  if (open !== undefined) return { kind: 'answer', guide: open, version: Number(version), step: step!, value: value! };
  const [, voted, vote] = /^vote:([a-z0-9-]+\/[a-z0-9-]+)=(useful|useless)$/.exec(id) ?? [];
  if (voted !== undefined) return { kind: 'vote', entry: voted, useful: vote === 'useful' };
  const [, command] = /^do:([a-z]+)$/.exec(id) ?? [];
  if (commands.includes(command as Command)) return { kind: 'command', command: command as Command };
  const [, locale] = /^language:([a-z-]+)$/.exec(id) ?? [];
  if (isLocale(locale)) return { kind: 'language', locale };
  return undefined;
}
