import { FindingsError, type Finding } from './finding.ts';
import { noticeFile } from './notice.ts';
import type { Library } from './library.ts';
import type { Build } from './builder.ts';
import { watchFolder } from './watch-folder.ts';

/** What the shelf tells whoever watches. */
export type ShelfNews =
  | { readonly kind: 'replaced'; readonly from: string; readonly to: Library }
  | { readonly kind: 'held'; readonly findings: readonly Finding[]; readonly serving: Library };

/** Holds the current library and replaces it whole when the files change. */
export interface Shelf {
  readonly current: Library;
  /** Findings that hold back the files as they are now; empty when they are what is served. */
  readonly held: readonly Finding[];
  /** Whom to tell from now on. */
  listen(tell: (news: ShelfNews) => void): void;
  close(): void;
}

/** How long nothing is saved before what was learnt in a hurry is learnt thoroughly, in ms: whoever edits once mostly edits again. */
const calmFor = 10_000;

/**
 * Loads the library and keeps it fresh: clean files replace it, files with errors change nothing and are reported. Only a notice is put up and taken down
 * whatever is wrong with other files: an emergency does not wait for them.
 * @param lookEvery how often to look for changes that nobody told of, in ms
 * @param calm how long to wait before learning thoroughly, in ms
 * @throws FindingsError when nothing can be served at all; an Error when the folder cannot be read
 */
export async function openShelf(folder: string, build: Build, lookEvery?: number, calm = calmFor): Promise<Shelf> {
  let current = await build(folder);
  let held: readonly Finding[] = [];
  let closed = false;
  const listeners: ((news: ShelfNews) => void)[] = [];
  const tell = (news: ShelfNews): void => { for (const listener of listeners) listener(news); };

  let polish: NodeJS.Timeout | undefined;
  let reading: Promise<void> = Promise.resolve();
  const then = (work: () => Promise<void>): void => {
    reading = reading.then(() => (closed ? undefined : work()));
  };

  const reload = async (): Promise<void> => {
    let findings: readonly Finding[];
    try {
      const next = await build(folder, true);
      findings = next.findings.filter(({ level }) => level === 'error');
      if (findings.length === 0) {
        held = [];
        if (next.version !== current.version) {
          const from = current.version;
          current = next;
          tell({ kind: 'replaced', from, to: next });
        }
        if (next.isRough) polish = setTimeout(() => void learnThoroughly(), calm).unref();
        return;
      }
      if (!findings.some(({ file }) => file === noticeFile)) current = Object.freeze({ ...current, notice: next.notice });
    } catch (error) {
      findings = error instanceof FindingsError ? error.findings : [folderGone(error)];
    }
    held = findings;
    tell({ kind: 'held', findings, serving: current });
  };

  /** The same files, understood better, beside whatever else happens: no edit waits for it. Files that changed meanwhile are somebody else's turn. */
  const learnThoroughly = async (): Promise<void> => {
    try {
      const next = await build(folder);
      if (!closed && next.version === current.version) current = Object.freeze({ ...next, notice: current.notice });
    } catch {
      // Given up for an edit, which is followed by another; or the files cannot be read just now, and whoever watches them will say so.
    }
  };

  const stopWatching = await watchFolder(folder, () => {
    clearTimeout(polish);
    then(reload);
  }, lookEvery, build.expect);

  return {
    get current() { return current; },
    get held() { return held; },
    listen: (listener) => { listeners.push(listener); },
    close() {
      closed = true;
      clearTimeout(polish);
      stopWatching();
    },
  };
}

const folderGone = (error: unknown): Finding => ({
  rule: 'folder-unreadable', file: '.', line: 1, level: 'error',
  what: { ja: `フォルダーを読めません(${String(error)})。`, en: `The folder cannot be read (${String(error)}).` },
  remedy: { ja: 'フォルダーがあるか、読む権限があるかを確かめてください。', en: 'Check that it exists and may be read.' },
});
