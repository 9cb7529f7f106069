import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { root, smallFiles } from './helpers.ts';

const run = promisify(execFile);

/** What a command printed, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A knowledge folder of its own in a git repository of its own, with the desk beside it. */
export interface Desk {
  readonly folder: string;
  readonly database: string;
  readonly path: (name: string) => string;
  write(name: string, text: string | Uint8Array): Promise<void>;
  git(...words: string[]): Promise<string>;
  /** Runs a command of the desk, with what is typed into it, and other settings. */
  run(words: readonly string[], typed?: string, settings?: Readonly<Record<string, string>>): Promise<Ran>;
  commit(subject: string, day?: string, author?: string): Promise<void>;
  close(): Promise<void>;
}

/** The day the desk takes for today. */
export const deskDay = '2026-11-22';

/** Opens a desk on a small knowledge folder, committed once. Its path has spaces, as staff's have. */
export async function openDesk(changes: Readonly<Record<string, string | undefined>> = {}): Promise<Desk> {
  const top = await realpath(await mkdtemp(join(tmpdir(), 'the desk ')));
  const folder = join(top, 'knowledge');
  const database = join(top, 'asked.db');
  const path = (name: string): string => join(folder, name);
  const write = async (name: string, text: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(path(name)), { recursive: true });
    await writeFile(path(name), text);
  };
  for (const [name, text] of smallFiles(changes).texts) await write(name, text);
  const git = async (...words: string[]): Promise<string> => (await run('git', ['-C', top, '-c', 'user.name=佐藤 花子', '-c', 'user.email=sato@city.mihon.example.jp', ...words])).stdout;
  await git('init', '--quiet', '--initial-branch=main');
  const commit = async (subject: string, day = deskDay, author = '佐藤 花子'): Promise<void> => {
    await git('add', '--all', 'knowledge');
    await git('commit', '--quiet', '--message', subject, `--author=${author} <staff@city.mihon.example.jp>`, `--date=${day}T10:00:00+09:00`);
  };
  await commit('はじめの版');
  return {
    folder, database, path, write, git, commit,
    run: (words, typed, settings = {}) => new Promise((resolve) => {
      const env = { ...process.env, KNOWLEDGE_DIR: folder, DATABASE_URL: `file:${database}`, TODAY: deskDay, NO_COLOR: '1', FORCE_COLOR: undefined, ...settings };
      const child = execFile(process.execPath, ['--disable-warning=ExperimentalWarning', 'adapters/desk/main.ts', ...words], { cwd: root, env }, (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err });
      });
      child.stdin!.end(typed ?? '');
    }),
    close: () => rm(top, { recursive: true, force: true }),
  };
}
