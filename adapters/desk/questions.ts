import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UsageError } from './command.ts';

const grades = z.record(z.string(), z.number());
const line = z.object({
  id: z.string(), lang: z.enum(['ja', 'en']), text: z.string().optional(), turns: z.array(z.string()).min(1).optional(),
  relevant: z.union([z.array(z.string()), grades]).transform((value) => (Array.isArray(value) ? Object.fromEntries(value.map((id) => [id, 1])) : value)),
  also_ok: z.array(z.string()).default([]),
}).refine(({ text, turns }) => (text === undefined) !== (turns === undefined));

/** A question of a question file: one text, or turns of which the last is judged. */
export interface Question {
  readonly id: string;
  readonly lang: 'ja' | 'en';
  readonly text: string | undefined;
  readonly turns: readonly string[] | undefined;
  /** Entries that answer it; empty when the assistant should say that it does not know. */
  readonly relevant: readonly string[];
  /** How well each answers it. */
  readonly grades: Readonly<Record<string, number>>;
  readonly also_ok: readonly string[];
}

/** Reads a question file, JSON lines. @throws UsageError naming file and line */
export async function readQuestions(file: string): Promise<Question[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`質問ファイルを読めません: ${file}`);
  });
  return text.split('\n').flatMap((content, index): Question[] => {
    if (content.trim() === '') return [];
    try {
      const { relevant, text: asked, turns, ...rest } = line.parse(JSON.parse(content));
      return [{ ...rest, text: asked, turns, grades: relevant, relevant: Object.keys(relevant).filter((id) => relevant[id]! > 0) }];
    } catch {
      throw new UsageError(`${file} ${index + 1}行目: {"id","lang","text","relevant"} の形ではありません。`);
    }
  });
}
