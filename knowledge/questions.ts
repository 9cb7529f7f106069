import { z } from 'zod';
import type { Finding } from './finding.ts';

/** A question and what should come of it. */
export interface Question {
  readonly id: string;
  readonly lang: 'ja' | 'en';
  /** What was said, of which the last is judged; mostly one. */
  readonly turns: readonly string[];
  /** Entries that answer it; empty when the assistant should say that it does not know. */
  readonly relevant: readonly string[];
  /** How well each answers it. */
  readonly grades: Readonly<Record<string, number>>;
  /** Entries that are not wrong either. */
  readonly also_ok: readonly string[];
  /** Whether no edit may make its answer worse. */
  readonly hold: boolean;
}

/** The questions staff keep beside their entries. */
export const questionsFile = 'questions.jsonl';

const fields = {
  id: z.string().min(1), lang: z.enum(['ja', 'en']), text: z.string().min(1).optional(), turns: z.array(z.string().min(1)).min(1).optional(),
  relevant: z.union([z.array(z.string()), z.record(z.string(), z.number())]),
  also_ok: z.array(z.string()).default([]), hold: z.boolean().default(false), note: z.string().optional(),
};
const one = (schema: z.ZodType<z.output<z.ZodObject<typeof fields>>>): z.ZodType<Question> => schema
  .refine(({ text, turns }) => (text === undefined) !== (turns === undefined))
  .transform(({ text, turns, relevant, note: _, ...rest }): Question => {
    const grades = Array.isArray(relevant) ? Object.fromEntries(relevant.map((id) => [id, 1])) : relevant;
    return { ...rest, turns: turns ?? [text!], grades, relevant: Object.keys(grades).filter((id) => grades[id]! > 0) };
  });
/** A line of anybody's question file; what else it says is nobody's business. */
export const questionLine = one(z.object(fields));
/** A line of our own: a misspelt `hold` must not go unnoticed. */
const ownLine = one(z.strictObject(fields));

/** A line that holds JSON of a schema's form; undefined otherwise. */
export function readLine<Line>(text: string, schema: z.ZodType<Line>): Line | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** @returns the questions of `questions.jsonl` with their lines, and what is wrong with other lines */
export function readQuestions(text: string): { questions: readonly (Question & { line: number })[]; findings: readonly Pick<Finding, 'file' | 'line' | 'what' | 'remedy'>[] } {
  const read = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).flatMap((content, index) => (content.trim() === '' ? [] : [{ line: index + 1, question: readLine(content, ownLine) }]));
  return {
    questions: read.flatMap(({ line, question }) => (question === undefined ? [] : [{ ...question, line }])),
    findings: read.filter(({ question }) => question === undefined).map(({ line }) => ({ file: questionsFile, line,
      what: { ja: 'この行は質問として読み取れません。', en: 'This line cannot be read as a question.' },
      remedy: { ja: '{"id":"q-001","lang":"ja","text":"…","relevant":["moving/other-ward"],"hold":true} の形で、1行に1つ書いてください。', en: 'Write one a line, like {"id":"q-001","lang":"en","text":"…","relevant":["moving/other-ward"],"hold":true}.' } })),
  };
}
