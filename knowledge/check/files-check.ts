import { createHash } from 'node:crypto';
import { makeAnew, type Remember } from '../cache.ts';
import type { Day } from '../days.ts';
import type { Files } from '../files.ts';
import { byPlace, type Finding } from '../finding.ts';
import { readAll } from '../prepare.ts';
import type { Dictionary } from '../search/kuromoji.ts';
import { makeCut, type Cut } from '../search/terms.ts';
import { rules, run } from './check.ts';
import { searchRules } from './search.ts';

/**
 * Everything there is to say about the files of a knowledge folder: what keeps them from being served, and notices.
 * @param remember spares work that was done before on the same text
 * @throws FindingsError when nothing can be said at all
 */
export function checkFiles(files: Files, dictionary: () => Dictionary, today: Day, remember: Remember = makeAnew): Finding[] {
  const { prepared, input } = readAll(files, remember);
  const { terms, concepts } = prepared;
  const words = createHash('sha256').update(JSON.stringify([terms, concepts])).digest('base64').slice(0, 16);
  const makeRemembered = (): Cut => makeCut(dictionary(), terms, concepts, remember(`concepts ${words}`, () => makeCut(dictionary(), terms, concepts).tables));
  // Made only when there is a phrase to cut: most checks find all of them cut before.
  let cut: Cut | undefined;
  const remembered: Cut = (text, language) => remember(`${words} ${language} ${text}`, () => (cut ??= makeRemembered())(text, language));
  const notices = [...rules, ...searchRules(remembered, (key, make) => remember(`${words} ${key}`, make))].filter(({ level }) => level === 'notice');
  return [...prepared.findings, ...run(notices, input, today, remember)].sort(byPlace);
}
