import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Outside } from '../../knowledge/search/collection.ts';
import { UsageError } from './command.ts';

const grades = z.record(z.string(), z.number());
const questionLine = z.object({
  id: z.string(), lang: z.enum(['ja', 'en']), text: z.string().optional(), turns: z.array(z.string()).min(1).optional(),
  relevant: z.union([z.array(z.string()), grades]).transform((value) => (Array.isArray(value) ? Object.fromEntries(value.map((id) => [id, 1])) : value)),
  also_ok: z.array(z.string()).default([]),
}).refine(({ text, turns }) => (text === undefined) !== (turns === undefined))
  .transform(({ text, turns, relevant, ...rest }): Question => ({
    ...rest, turns: turns ?? [text!], grades: relevant, relevant: Object.keys(relevant).filter((id) => relevant[id]! > 0),
  }));

/** A question of a question file. */
export interface Question {
  readonly id: string;
  readonly lang: 'ja' | 'en';
  /** What was said, of which the last is judged; mostly one. */
  readonly turns: readonly string[];
  /** Entries that answer it; empty when the assistant should say that it does not know. */
  readonly relevant: readonly string[];
  /** How well each answers it. */
  readonly grades: Readonly<Record<string, number>>;
  readonly also_ok: readonly string[];
}

const documentLine: z.ZodType<Outside> = z.object({ id: z.string(), lang: z.enum(['ja', 'en']), title: z.string(), body: z.string() });

/** Reads a file of JSON lines. @throws UsageError naming file and line */
async function readLines<Line>(file: string, schema: z.ZodType<Line>, form: string): Promise<Line[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`ファイルを読めません: ${file}`);
  });
  return text.split('\n').flatMap((content, index): Line[] => {
    if (content.trim() === '') return [];
    try {
      return [schema.parse(JSON.parse(content))];
    } catch {
      throw new UsageError(`${file} ${index + 1}行目: ${form} の形ではありません。`);
    }
  });
}

/** Reads a question file, JSON lines. @throws UsageError naming file and line */
export const readQuestions = (file: string): Promise<Question[]> => readLines(file, questionLine, '{"id","lang","text","relevant"}');

/** Reads an outside collection, JSON lines. @throws UsageError naming file and line */
export const readCollection = (file: string): Promise<Outside[]> => readLines(file, documentLine, '{"id","lang","title","body"}');
