import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from './finding.ts';

/** The texts of a knowledge folder by their path below it, and the files that are not text in UTF-8. */
export interface Files {
  readonly texts: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

const wanted = /^(faq\/.+\.md|faq\/.+\.phrases\.txt|words\/elsewhere\/[^/]+\.txt|words\/[^/]+\.yaml|municipality\.yaml|notice\.yaml|questions\.jsonl)$/;
/** Files an editor or a sync program leaves behind while it saves. */
const temporary = /(^|\/)[.~#][^/]*$|~$|\.(swp|swx|tmp|bak|part|crswap)$/i;

function decode(file: string, bytes: Buffer): { text: string } | { finding: Finding } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    // The two bytes that Windows calls “Unicode” begin with.
    const name = ['fffe', 'feff'].includes(bytes.subarray(0, 2).toString('hex')) ? 'UTF-16' : 'Shift_JIS';
    return { finding: { rule: 'encoding', file, line: 1, level: 'error',
      what: { ja: `文字コードがUTF-8ではありません(${name}のようです)。`, en: `The file is not in UTF-8 (it looks like ${name}).` },
      remedy: { ja: '文字コードに「UTF-8」を選んで保存し直してください。', en: 'Save it again with the encoding UTF-8.' } } };
  }
}

/**
 * Reads every knowledge file below a folder.
 * @throws when the folder cannot be read
 */
export async function readFiles(folder: string): Promise<Files> {
  const names = (await readdir(folder, { recursive: true })).map((name) => name.replaceAll('\\', '/'))
    .filter((name) => wanted.test(name) && !temporary.test(name)).sort();
  const read = await Promise.all(names.map(async (name) => [name, decode(name, await readFile(join(folder, name)))] as const));
  return {
    texts: new Map(read.flatMap(([name, result]) => ('text' in result ? [[name, result.text] as const] : []))),
    findings: read.flatMap(([, result]) => ('finding' in result ? [result.finding] : [])),
  };
}
