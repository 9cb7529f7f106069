import type { Said } from './locales.ts';

/** What a check has to say about a file: where, what, and what to do. */
export interface Finding {
  /** Permanent name of the rule, e.g. `field-missing`. */
  readonly rule: string;
  /** Path below the knowledge folder. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** An error keeps the file from being served; a notice does not. */
  readonly level: 'error' | 'notice';
  readonly what: Said;
  readonly remedy: Said;
}

/** Raised where a file as a whole cannot be used; carries what to tell staff. */
export class FindingsError extends Error {
  readonly findings: readonly Finding[];
  constructor(findings: readonly Finding[]) {
    super(findings.map((finding) => inWords(finding, 'en')).join('\n'));
    this.findings = findings;
  }
}

export const byPlace = (a: Finding, b: Finding): number =>
  a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || (a.rule < b.rule ? -1 : 1);

/** One finding as staff read it: file and line, what is wrong, what to do, the rule's name. */
export function inWords(finding: Finding, language: 'ja' | 'en'): string {
  const where = language === 'ja' ? `${finding.file} ${finding.line}行目` : `${finding.file}, line ${finding.line}`;
  return `${where}\n  ${finding.what[language]}\n  → ${finding.remedy[language]}  [${finding.rule}]`;
}
