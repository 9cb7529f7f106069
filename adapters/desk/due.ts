import type { AskedQuestion } from '../../bot/store/store.ts';
import { addDays, addMonths, type Day } from '../../knowledge/days.ts';
import type { Entry } from '../../knowledge/entry.ts';
import { locales, type Locale, type Said } from '../../knowledge/locales.ts';
import { ownerOf, type Municipality } from '../../knowledge/municipality.ts';
import type { Say } from './command.ts';

/** Why an entry should be looked at, the most pressing first. */
export type Reason =
  | { readonly kind: 'expired' | 'review-past' | 'expiring' | 'review-soon'; readonly day: Day; readonly locales: readonly Locale[] }
  | { readonly kind: 'votes'; readonly useful: number; readonly useless: number };

/** An entry to look at, with the department that looks after it. */
export interface Due {
  readonly owner: string;
  readonly id: string;
  readonly title: Said;
  readonly reasons: readonly Reason[];
}

/** Votes are looked back on for so many days. */
export const votesDays = 90;
/** An answer that so many people found useless, and more than found it useful, is to be looked at. */
const fewestUseless = 2;
/** Whether votes say that an answer is to be looked at. */
export const isBad = ({ useful, useless }: { useful: number; useless: number }): boolean => useless >= fewestUseless && useless > useful;
const order = ['expired', 'review-past', 'votes', 'expiring', 'review-soon'] as const;

/** The last vote of each person on each entry, counted by entry; the log is oldest first. */
export function votesIn(log: readonly AskedQuestion[]): Map<string, { useful: number; useless: number }> {
  const last = new Map(log.filter(({ kind }) => kind === 'useful' || kind === 'useless').map((vote) => [`${vote.asker} ${vote.entries[0]}`, vote]));
  const counts = new Map<string, { useful: number; useless: number }>();
  for (const { kind, entries: [entry = ''] } of last.values()) {
    const count = counts.get(entry) ?? { useful: 0, useless: 0 };
    count[kind === 'useful' ? 'useful' : 'useless'] += 1;
    counts.set(entry, count);
  }
  return counts;
}

function reasonOf({ review, until }: Entry, today: Day, soon: Day): { kind: Exclude<Reason['kind'], 'votes'>; day: Day } | undefined {
  if (until !== undefined && until < today) return { kind: 'expired', day: until };
  if (review < today) return { kind: 'review-past', day: review };
  if (until !== undefined && until <= soon) return { kind: 'expiring', day: until };
  return review <= soon ? { kind: 'review-soon', day: review } : undefined;
}

/** What is to be looked at within a month, the most pressing first; drafts are nobody's concern yet. */
export function whatIsDue(entries: readonly Entry[], log: readonly AskedQuestion[], municipality: Municipality, today: Day): Due[] {
  const soon = addMonths(today, 1);
  const votes = votesIn(log);
  const ids = new Map<string, Entry[]>();
  for (const entry of entries) if (!entry.draft) ids.set(entry.id, [...ids.get(entry.id) ?? [], entry]);
  const due = [...ids].map(([id, unsorted]): Due => {
    const languages = [...unsorted].sort((a, b) => locales.indexOf(a.locale) - locales.indexOf(b.locale));
    const reasons = new Map<string, Extract<Reason, { day: Day }>>();
    for (const entry of languages) {
      const reason = reasonOf(entry, today, soon);
      if (reason === undefined) continue;
      const key = `${reason.kind} ${reason.day}`;
      reasons.set(key, { ...reason, locales: [...reasons.get(key)?.locales ?? [], entry.locale] });
    }
    const count = votes.get(id);
    const bad: Reason[] = count !== undefined && isBad(count) ? [{ kind: 'votes', ...count }] : [];
    const [main] = languages as [Entry];
    return { owner: ownerOf(municipality, main), id, title: { ja: main.title, en: languages.find(({ locale }) => locale === 'en')?.title ?? main.title }, reasons: [...reasons.values(), ...bad].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)) };
  });
  const pressing = ({ reasons: [first] }: Due): string => `${order.indexOf(first!.kind)} ${'day' in first! ? first.day : ''}`;
  return due.filter(({ reasons }) => reasons.length > 0).sort((a, b) => (pressing(a) < pressing(b) ? -1 : pressing(a) > pressing(b) ? 1 : a.id < b.id ? -1 : 1));
}

/** A reason in words, and what to do. */
export function reasonWords(reason: Reason, say: Say): string {
  if (reason.kind === 'votes') {
    return say(`この${votesDays}日間に「役に立たなかった」が${reason.useless}人、「役に立った」が${reason.useful}人です。report で、何を聞かれたかを見てください。`,
      `In ${votesDays} days ${reason.useless} people found it useless and ${reason.useful} useful. See in report what was asked.`);
  }
  const { day } = reason;
  const where = reason.locales.join(say('、', ', '));
  return {
    expired: say(`公開は ${day} に終わりました(${where})。続けるなら until を直し、終えるならファイルを消してください。`, `It ended on ${day} (${where}). Change until, or delete the file.`),
    'review-past': say(`見直す日 ${day} を過ぎています(${where})。確かめて、checked と review を直してください。`, `Its review was due on ${day} (${where}). Verify it and set checked and review.`),
    expiring: say(`公開が ${day} に終わります(${where})。`, `It ends on ${day} (${where}).`),
    'review-soon': say(`見直す日は ${day} です(${where})。`, `Its review is due on ${day} (${where}).`),
  }[reason.kind];
}

/** Since when votes count. */
export const votesSince = (today: Day): Date => new Date(`${addDays(today, -votesDays)}T00:00:00Z`);
