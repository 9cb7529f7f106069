import { z } from 'zod';
import { field, readYaml, type Read } from './yaml.ts';

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });
/** A word in both languages of the menu, at most so many graphemes. */
const said = (most: number) => {
  const one = field(z.string().trim().min(1).refine((text) => [...segmenter.segment(text)].length <= most),
    { ja: `1文字以上、${most}文字以内で書いてください。`, en: `Write 1 to ${most} characters.` });
  return z.strictObject({ ja: one, en: one });
};

/** What an area opens at once, as a button's id; without it the text is read like any other. */
const opens = field(z.string().regex(/^(entry:[a-z0-9-]+\/[a-z0-9-]+|guide:[a-z]+)$/),
  { ja: 'entry:lost/what-to-do-first や guide:status の形で書いてください。', en: 'Write it like entry:lost/what-to-do-first or guide:status.' });

/** Limits of the Messaging API: text of the bar 14, label 20, text of a tap 300 (https://developers.line.biz/en/reference/messaging-api/#rich-menu-object). */
const file = z.strictObject({
  bar: said(14),
  switch: said(20),
  areas: z.array(z.strictObject({ label: said(20), text: said(300), opens: opens.optional() })).length(6),
});
/** The menu below the chat on LINE, in both its languages. */
export type RichMenu = Readonly<z.infer<typeof file>>;
export const richMenuFile = 'words/rich-menu.yaml';
export const readRichMenu = (text: string): Read<RichMenu> => readYaml(text, file, { file: richMenuFile, linesBefore: 0 });
