import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from './command.ts';
import { inTemporaryFolder } from './temporary.ts';

const runFile = promisify(execFile);
const mostBytes = 256 * 1024 * 1024;

/** What a hook of git would make us look at. */
const notOurs = { GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined, GIT_PREFIX: undefined };

/** Runs git in a folder and gives back what it prints. @throws Error with git's own words */
export async function git(folder: string, words: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string> {
  // Options of ours alone: no pager, no lock for a look, names of files as they are.
  const { stdout } = await runFile('git', ['-C', folder, '--no-pager', '-c', 'core.quotePath=false', ...words], { maxBuffer: mostBytes, env: { ...process.env, ...notOurs, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C', ...more } })
    .catch((error: Error & { stderr?: string; code?: string | number }) => {
      if (error.code === 'ENOENT') throw new UsageError({ ja: 'この命令には git が要りますが、見つかりません。サーバーの担当者に入れてもらってください(diff は、--against でフォルダーと比べることもできます)。', en: 'This needs git, which is not installed here; ask the administrator (diff can compare with a folder instead, with --against).' });
      throw new Error(error.stderr?.trim() || error.message, { cause: error });
    });
  return stdout;
}

/** Where a folder lies in its repository: `knowledge/`, empty for the top. @throws UsageError when it is in none */
export async function prefixIn(folder: string): Promise<string> {
  const said = await git(folder, ['rev-parse', '--show-prefix']).catch((error: unknown) => {
    if (error instanceof UsageError) throw error;
    const why = error instanceof Error ? error.message : '';
    throw new UsageError(why.includes('not a git repository')
      ? { ja: `${folder} は git で記録されていません。記録を始めるには、サーバーの担当者に相談してください。`, en: `${folder} is not kept in git. Ask the administrator to begin that.` }
      : { ja: `git が ${folder} を読めません。サーバーの担当者に、次の文を伝えてください: ${why}`, en: `git cannot read ${folder}. Tell the administrator: ${why}` });
  });
  return said.trim();
}

/** Whether a name is a commit of the folder's repository. */
export const isCommit = (folder: string, ref: string): Promise<boolean> =>
  git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]).then(() => true, () => false);

/**
 * Lets `work` look at a folder as it was in a commit, in a folder of its own that is removed afterwards.
 * @throws UsageError when the folder is in no repository, or the commit or the folder in it is missing
 */
export async function withCommit<Result>(folder: string, ref: string, work: (then: string) => Promise<Result>): Promise<Result> {
  const prefix = await prefixIn(folder);
  if (!await isCommit(folder, ref)) {
    throw new UsageError(ref === 'HEAD' ? { ja: 'まだ一度も記録されていないので、比べられません。', en: 'Nothing was recorded yet that could be compared with.' }
      : { ja: `「${ref}」という版も、回答のフォルダーもありません。`, en: `There is no version “${ref}”, and no folder with entries.` });
  }
  return inTemporaryFolder('madoguchi-then-', async (into) => {
    // An index of our own: the working tree and what is staged in it stay untouched.
    const own = { GIT_INDEX_FILE: join(into, 'index') };
    await git(folder, ['read-tree', `${ref}:${prefix.replace(/\/$/, '')}`], own).catch(() => {
      throw new UsageError({ ja: `「${ref}」の版には、このフォルダーがありません。`, en: `“${ref}” does not have this folder.` });
    });
    const top = (await git(folder, ['rev-parse', '--show-toplevel'])).trim();
    await git(top, ['checkout-index', '--all', `--prefix=${join(into, 'knowledge').replaceAll('\\', '/')}/`], own);
    return work(join(into, 'knowledge'));
  });
}
