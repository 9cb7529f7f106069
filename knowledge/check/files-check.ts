import type { Day } from '../days.ts';
import type { Files } from '../files.ts';
import { byPlace, type Finding } from '../finding.ts';
import { readAll } from '../prepare.ts';
import type { Dictionary } from '../search/kuromoji.ts';
import { makeCut } from '../search/terms.ts';
import { rules, run } from './check.ts';
import { phraseCompetes } from './search.ts';

/**
 * Everything there is to say about the files of a knowledge folder: what keeps them from being served, and notices.
 * @throws FindingsError when nothing can be said at all
 */
export function checkFiles(files: Files, dictionary: Dictionary, today: Day): Finding[] {
  const { prepared, input } = readAll(files);
  const notices = [...rules, phraseCompetes(makeCut(dictionary, prepared.terms, prepared.concepts))].filter(({ level }) => level === 'notice');
  return [...prepared.findings, ...run(notices, input, today)].sort(byPlace);
}
