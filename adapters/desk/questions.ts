import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Outside } from '../../knowledge/search/collection.ts';
import { questionLine, readLine, type Question } from '../../knowledge/questions.ts';
import { UsageError } from './command.ts';

const documentLine: z.ZodType<Outside> = z.object({ id: z.string(), lang: z.enum(['ja', 'en']), title: z.string(), body: z.string() });

/** Reads a file of JSON lines. @throws UsageError naming file and line */
async function readLines<Line>(file: string, schema: z.ZodType<Line>, form: string): Promise<Line[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError({ ja: `ファイルを読めません: ${file}`, en: `This file cannot be read: ${file}` });
  });
  return text.split('\n').flatMap((content, index): Line[] => {
    if (content.trim() === '') return [];
    const line = readLine(content, schema);
    if (line === undefined) throw new UsageError({ ja: `${file} ${index + 1}行目: ${form} の形ではありません。`, en: `${file}, line ${index + 1}: this is not of the form ${form}.` });
    return [line];
  });
}

/** Reads a question file, JSON lines. @throws UsageError naming file and line */
export const readQuestions = (file: string): Promise<Question[]> => readLines(file, questionLine, '{"id","lang","text","relevant"}');

/** Reads an outside collection, JSON lines. @throws UsageError naming file and line */
export const readCollection = (file: string): Promise<Outside[]> => readLines(file, documentLine, '{"id","lang","title","body"}');
