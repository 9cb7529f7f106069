import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isDay, type Day } from './days.ts';
import type { Said } from './locales.ts';
import { field, readYaml, type Read } from './yaml.ts';

const sentence = field(z.string().trim().min(1).max(500), { ja: '住民の方に見せる文を、500文字までで書いてください。', en: 'Write what residents see, in up to 500 characters.' });
const day = field(z.string().refine(isDay), { ja: '2026-11-22 のように書いてください。', en: 'Write it like 2026-11-22.' });
const file = z.strictObject({
  text: field(z.strictObject({ ja: sentence, en: sentence, 'ja-easy': sentence.optional() }), { ja: '文を ja: と en: に分けて書いてください。', en: 'Write the text under ja: and en:.' }),
  from: day.optional(),
  until: day,
  closed: field(z.boolean(), { ja: 'true と書くか、行ごと消してください。', en: 'Write true, or remove the line.' }).optional(),
}).refine(({ from, until }) => from === undefined || from <= until, { path: ['until'] });

/** What residents are told above everything else while it lasts. */
export interface Notice {
  /** Changes with its text, so that a new notice is told once more. */
  readonly id: string;
  readonly text: Said;
  readonly from: Day | undefined;
  /** The last day. */
  readonly until: Day;
  /** Nothing else is answered while it lasts. */
  readonly closed: boolean;
}

export const noticeFile = 'notice.yaml';

/** Reads `notice.yaml`, which may be missing. */
export function readNotice(text: string): Read<Notice> {
  const { value, ...rest } = readYaml(text, file, { file: noticeFile, linesBefore: 0 });
  if (value === undefined) return { value, ...rest };
  const { from, closed = false, ...told } = value;
  return { ...rest, value: { id: createHash('sha256').update(JSON.stringify(told.text)).digest('hex').slice(0, 12), from, closed, ...told } };
}

/** The notice, where it holds on `today`. */
export const noticeOn = (notice: Notice | undefined, today: Day): Notice | undefined =>
  (notice !== undefined && (notice.from === undefined || notice.from <= today) && today <= notice.until ? notice : undefined);
