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
  /** What one may type, and what it does. */
  readonly examples?: readonly { readonly words: string; readonly about: Said }[];
  /** What the exit codes mean, where they mean something else than everywhere. */
  readonly exits?: Said;
  /** @returns the exit code: 0 well, 1 findings, 2 could not run */
  run(words: readonly string[]): Promise<number>;
}

/** The language of the desk. */
export type DeskLanguage = 'ja' | 'en';

/** The command was called wrongly; the message says how. */
export class UsageError extends Error {
  readonly said: Said;
  constructor(said: Said | string) {
    const both = typeof said === 'string' ? { ja: said, en: said } : said;
    super(both.ja);
    this.said = both;
  }
}

/** Says a sentence in the language of the desk. */
export type Say = (ja: string, en: string) => string;
export const sayIn = (language: DeskLanguage): Say => (ja, en) => (language === 'ja' ? ja : en);

/** Reads `--lang`. @throws UsageError */
export function readLanguage(value: string | undefined): DeskLanguage {
  if (value === undefined || value === 'ja' || value === 'en') return value ?? 'ja';
  throw new UsageError({ ja: '--lang には ja か en を書いてください。', en: 'Write ja or en after --lang.' });
}

/** Reads an option that is a whole number of at least 1. @throws UsageError */
export function readWholeNumber(option: string, value: string): number {
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value);
  throw new UsageError({ ja: `${option} には1以上の整数を書いてください。`, en: `Write a whole number of at least 1 after ${option}.` });
}

/** Splits a command's words into options and the rest. @throws UsageError */
export function readWords<Options extends NonNullable<ParseArgsConfig['options']>>(words: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError({ ja: `指定が正しくありません: ${why}`, en: `This cannot be read: ${why}` });
  }
}

/** Folder of the knowledge, database, the day it is, the city's time and where the service runs here, from the settings. */
export function settings(): { folder: string; database: string; today: Day; timeZone: string; address: string } {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  return { folder: config.knowledge, database: config.database, today: todayOf(config)(), timeZone: config.timeZone, address: `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${config.port}/` };
}

/** The library of a folder, as the service would serve it. */
export const loadLibrary = (folder: string): Promise<Library> => buildHere(openDictionary())(folder);
