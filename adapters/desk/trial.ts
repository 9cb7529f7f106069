import { keyOf, openMemo } from '../../knowledge/cache.ts';
import { checkFiles } from '../../knowledge/check/files-check.ts';
import type { Day } from '../../knowledge/days.ts';
import { readFiles, type Files } from '../../knowledge/files.ts';
import { FindingsError, type Finding } from '../../knowledge/finding.ts';
import { openDictionary, type Dictionary } from '../../knowledge/search/kuromoji.ts';
import type { FileChange } from './write-all.ts';

/** What changes would bring. */
export interface Trial {
  /** Errors that are not there now: with them nothing is written. */
  readonly errors: readonly Finding[];
  /** What else there is to say about the changed files. */
  readonly notices: readonly Finding[];
}

/** Checks again and again, quickly: what a save did not touch is remembered, in this process and the next. */
export function openFilesCheck(): (files: Files, today: Day) => readonly Finding[] {
  let opened: Dictionary | undefined;
  const dictionary = (): Dictionary => (opened ??= openDictionary());
  const memo = openMemo('check', keyOf([]));
  return (files, today) => {
    try {
      const findings = checkFiles(files, dictionary, today, memo.of);
      memo.save();
      return findings;
    } catch (error) {
      if (error instanceof FindingsError) return error.findings;
      throw error;
    }
  };
}

/** A finding wherever its line has moved to. */
const nameOf = ({ rule, file, what }: Finding): string => `${rule} ${file} ${what.ja}`;

/** Checks the files of a folder as they would be after changes, without writing any. */
export async function tryChanges(folder: string, changes: readonly FileChange[], today: Day): Promise<Trial> {
  const now = await readFiles(folder);
  const texts = new Map(now.texts);
  for (const { file, after } of changes) {
    if (after === undefined) texts.delete(file);
    else texts.set(file, after.replace(/^\uFEFF/, ''));
  }
  const check = openFilesCheck();
  const known = new Set(check(now, today).map(nameOf));
  const sorted = new Map([...texts].sort(([a], [b]) => (a < b ? -1 : 1)));
  const findings = check({ ...now, texts: sorted }, today).filter((finding) => !known.has(nameOf(finding)));
  return { errors: findings.filter(({ level }) => level === 'error'), notices: findings.filter(({ level }) => level === 'notice') };
}
