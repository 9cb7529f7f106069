import { existsSync } from 'node:fs';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { buildHere } from '../../knowledge/builder.ts';
import type { Day } from '../../knowledge/days.ts';
import { openDictionary } from '../../knowledge/search/kuromoji.ts';
import type { Library } from '../../knowledge/library.ts';
import type { Said } from '../../knowledge/locales.ts';
import { readConfig, todayOf } from '../config.ts';

/** A command of the staff desk. */
export interface Command {
  readonly usage: string;
  readonly about: Said;
  /** @returns the exit code: 0 well, 1 findings, 2 could not run */
  run(words: readonly string[]): Promise<number>;
}

/** The command was called wrongly; the message says how. */
export class UsageError extends Error {}

/** Splits a command's words into options and the rest. @throws UsageError */
export function readWords<Options extends NonNullable<ParseArgsConfig['options']>>(words: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`指定が正しくありません: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Folder of the knowledge, database and the day it is, from the settings. */
export function settings(): { folder: string; database: string; today: Day } {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  return { folder: config.knowledge, database: config.database, today: todayOf(config)() };
}

/** The library of a folder, as the service would serve it. */
export const loadLibrary = (folder: string): Promise<Library> => buildHere(openDictionary())(folder);
