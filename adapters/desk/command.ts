import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { buildHere } from '../../knowledge/builder.ts';
import type { Day } from '../../knowledge/days.ts';
import { openDictionary } from '../../knowledge/search/kuromoji.ts';
import type { Library } from '../../knowledge/library.ts';
import type { Said } from '../../knowledge/locales.ts';
import { readConfig, todayOf } from '../config.ts';
import { whileSaying } from './progress.ts';

/** A command of the staff desk. */
export interface Command {
  readonly usage: string;
  readonly about: Said;
  /** What one may type, and what it does. */
  readonly examples: readonly { readonly words: string; readonly about: Said }[];
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

/** The log of questions cannot be used; the message is for the administrator. */
export class LogError extends Error {}

/** Says a sentence in the language of the desk. */
export type Say = (ja: string, en: string) => string;
export const sayIn = (language: DeskLanguage): Say => (ja, en) => (language === 'ja' ? ja : en);

/** The language of what has to be said before the words can be read. */
export const languageIn = (words: readonly string[]): DeskLanguage => (words.some((word, at) => word === '--lang=en' || (word === 'en' && words[at - 1] === '--lang')) ? 'en' : 'ja');

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

/** What is wrong with the words, told by what Node says of them and the options there are. */
function wrongWords(error: unknown, options: NonNullable<ParseArgsConfig['options']>): UsageError {
  const { code, message } = error as NodeJS.ErrnoException;
  const [, name = ''] = /'(?:-\w, )?(-[^\s'=]*)/.exec(message) ?? [];
  const known = Object.keys(options).map((option) => `--${option}`);
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return new UsageError({ ja: `${name} という指定はありません。使える指定は ${known.join('、')} です。`, en: `There is no option ${name}. The options are ${known.join(', ')}.` });
  return options[name.slice(2)]?.type === 'boolean' ? new UsageError({ ja: `${name} の後ろの「=」からは要りません。`, en: `${name} takes nothing after “=”.` })
    : new UsageError({ ja: `${name} の後ろに、何を指定するかを書いてください。`, en: `Write after ${name} what you mean.` });
}

/** Dashes that an input method or an editor makes of “--”. */
const otherDash = /^[ー―—–−－‐]+-*(?=[a-zａ-ｚ])/i;

/** Splits a command's words into options and at most so many others. @throws UsageError */
export function readWords<Options extends NonNullable<ParseArgsConfig['options']>>(words: readonly string[], options: Options, others = 0) {
  const dashed = words.find((word) => otherDash.test(word));
  if (dashed !== undefined) throw new UsageError({ ja: `「${dashed}」の棒を、半角の「--」にしてください。`, en: `Write the dashes of “${dashed}” as two hyphens: --.` });
  const read = (() => {
    try {
      return parseArgs({ args: [...words], options, allowPositionals: true });
    } catch (error) {
      throw wrongWords(error, options);
    }
  })();
  const extra = read.positionals.slice(others);
  if (extra.length > 0) throw new UsageError({ ja: `「${extra.join(' ')}」が余分です。空白のある名前は "…" で囲んでください。`, en: `“${extra.join(' ')}” is too much. Put a name with spaces between "…".` });
  return read;
}

/** Where the project lies, and its settings. */
export const home = process.cwd();

/** Folder of the knowledge, database, the day it is, the city's time and where the service runs here, from the settings. */
export function settings(): { folder: string; database: string; today: Day; timeZone: string; address: string } {
  if (existsSync(join(home, '.env'))) process.loadEnvFile(join(home, '.env'));
  const config = readConfig(process.env);
  const database = config.database.replace(/^file:(.*)/, (_, file: string) => `file:${resolve(home, file)}`);
  return { folder: resolve(home, config.knowledge), database, today: todayOf(config)(), timeZone: config.timeZone, address: `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${config.port}/` };
}

/** The library of a folder, as the service would serve it. */
export const loadLibrary = (folder: string, say: Say): Promise<Library> => whileSaying(say('準備しています…', 'preparing…'), () => buildHere(openDictionary())(folder));
