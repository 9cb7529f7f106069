import { join } from 'node:path';
import { locales, type Locale } from '../../knowledge/locales.ts';
import { UsageError } from './command.ts';
import { changesBetween, phraseFile, type ColumnChange, type EntryFiles } from './entry-changes.ts';
import { git, isCommit, prefixIn } from './git.ts';
import { inTemporaryFolder } from './temporary.ts';
import { textOf, type FileChange } from './write-all.ts';

/** A change somebody recorded. */
export interface Recorded {
  readonly commit: string;
  readonly parent: string | undefined;
  readonly day: string;
  readonly who: string;
  readonly subject: string;
}

/** An entry in one language at two moments. */
export interface Step {
  readonly file: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Undefined where one of the two cannot be read. */
  readonly changes: readonly ColumnChange[] | undefined;
}

/** A state of the files of an entry, by file name. */
export type State = ReadonlyMap<string, string | undefined>;

const fileOf = (id: string, locale: Locale): string => `faq/${id}.${locale}.md`;

/** Every file an entry may have. */
export const filesOf = (id: string): string[] => locales.flatMap((locale) => [fileOf(id, locale), phraseFile(fileOf(id, locale))]);

/** An entry's id, from itself or from a file of it. @throws UsageError */
export function entryId(name: string | undefined): string {
  const [, id] = /^(?:.*\bfaq\/)?([a-z0-9-]+\/[a-z0-9-]+)(?:\.(?:ja|en|ja-easy)(?:\.md|\.phrases\.txt)?)?$/.exec(name ?? '') ?? [];
  if (id !== undefined) return id;
  throw new UsageError({ ja: '回答の名前を moving/other-ward のように1つ書いてください。', en: 'Name one entry, like moving/other-ward.' });
}

/** Who changed an entry's files when, the newest first. @throws UsageError when the folder is in no repository */
export async function recordedChanges(folder: string, id: string, most: number, timeZone: string): Promise<Recorded[]> {
  await prefixIn(folder);
  if (!await isCommit(folder, 'HEAD')) return [];
  const format = ['%H', '%P', '%ad', '%an', '%s'].join('%x1f');
  const said = await git(folder, ['log', `--max-count=${most}`, '--date=format-local:%Y-%m-%d %H:%M', `--format=${format}`, '--', ...filesOf(id)], { TZ: timeZone });
  return said.split('\n').filter((line) => line !== '').map((line) => {
    const [commit = '', parents = '', day = '', who = '', subject = ''] = line.split('\x1f');
    return { commit, parent: parents.split(' ')[0] || undefined, day, who, subject };
  });
}

/** The files of an entry in a commit, as they would lie on the disk; none of them for no commit. */
export async function stateIn(folder: string, id: string, commit: string | undefined): Promise<State> {
  const state = new Map<string, string | undefined>(filesOf(id).map((file) => [file, undefined]));
  if (commit === undefined) return state;
  const prefix = await prefixIn(folder);
  const there = (await git(folder, ['ls-tree', '-r', '-z', '--name-only', commit, '--', ...filesOf(id)])).split('\0').filter((name) => name !== '');
  for (const name of there) state.set(name, await git(folder, ['cat-file', '--filters', `${commit}:${prefix}${name}`]));
  return state;
}

/** The files of an entry on the disk. */
export const stateNow = async (folder: string, id: string): Promise<State> =>
  new Map(await Promise.all(filesOf(id).map(async (file) => [file, await textOf(join(folder, file))] as const)));

/** What happened to an entry between two states, language by language. */
export function stepsBetween(id: string, before: State, after: State): Step[] {
  return locales.map((locale) => fileOf(id, locale)).flatMap((file): Step[] => {
    const filesIn = (state: State): EntryFiles => ({ text: state.get(file), beside: state.get(phraseFile(file)) });
    const [then, now] = [filesIn(before), filesIn(after)];
    if (then.text === now.text && then.beside === now.beside) return [];
    const kind = then.text === undefined && now.text !== undefined ? 'added' : now.text === undefined && then.text !== undefined ? 'removed' : 'changed';
    return [{ file, kind, changes: changesBetween(file, then, now) }];
  });
}

/** The files to write so that one state becomes the other. */
export const fileChanges = (before: State, after: State): FileChange[] =>
  [...before].map(([file, text]) => ({ file, before: text, after: after.get(file) })).filter((change) => change.before !== change.after);

/**
 * Keeps the files of an entry as they are on the disk among git's objects, so that what was not recorded can be had back.
 * @returns a version to go back to; git lets one go that nobody records, after two weeks or more
 */
export async function keepNow(folder: string, id: string): Promise<string> {
  if (fileChanges(await stateIn(folder, id, 'HEAD'), await stateNow(folder, id)).length === 0) return (await git(folder, ['rev-parse', '--short=8', 'HEAD'])).trim();
  return inTemporaryFolder('madoguchi-keep-', async (own) => {
    const named = { GIT_AUTHOR_NAME: 'madoguchi', GIT_AUTHOR_EMAIL: 'madoguchi@localhost', GIT_COMMITTER_NAME: 'madoguchi', GIT_COMMITTER_EMAIL: 'madoguchi@localhost' };
    const settings = { GIT_INDEX_FILE: join(own, 'index'), ...named };
    await git(folder, ['read-tree', 'HEAD'], settings);
    await git(folder, ['update-index', '--add', '--remove', '--', ...filesOf(id)], settings);
    const tree = (await git(folder, ['write-tree'], settings)).trim();
    return (await git(folder, ['commit-tree', tree, '-p', 'HEAD', '-m', `${id} before it was put back`], settings)).trim().slice(0, 12);
  });
}
