import { isMap, isScalar, LineCounter, parseDocument, stringify, type Document } from 'yaml';
import { z } from 'zod';
import type { Finding } from './finding.ts';
import type { Said } from './locales.ts';

/** Where a YAML text stands: its file, and how many lines of the file come before it. */
export interface Place {
  readonly file: string;
  readonly linesBefore: number;
}

export interface Read<Value> {
  readonly value: Value | undefined;
  readonly findings: readonly Finding[];
  /** The line in the file at which a field or list item stands; the text's first line where it has none. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/** A field with the sentence that tells staff what belongs into it. */
export const field = <Schema extends z.ZodType>(schema: Schema, expects: Said): Schema => schema.meta({ expects });

/** What a schema says belongs into it, also where it may be left out. */
function expectsOf(schema: z.ZodType | undefined): Said | undefined {
  for (let at = schema; at !== undefined; at = 'unwrap' in at && typeof at.unwrap === 'function' ? at.unwrap() as z.ZodType : undefined) {
    const expects = at.meta()?.expects;
    if (expects !== undefined) return expects as Said;
  }
  return undefined;
}

/** The sentence that tells staff what belongs into a field, or into the nearest one around it that has one. */
export function expectation(schema: z.ZodType, path: readonly PropertyKey[]): Said | undefined {
  let at: z.ZodType | undefined = schema;
  let found: Said | undefined;
  for (const key of path) {
    while (at !== undefined && 'unwrap' in at && typeof at.unwrap === 'function') at = at.unwrap() as z.ZodType;
    if (at instanceof z.ZodObject) at = (at.shape as Record<PropertyKey, z.ZodType>)[key];
    else if (at instanceof z.ZodArray) at = at.element as z.ZodType;
    else if (at instanceof z.ZodRecord) at = at.valueType as z.ZodType;
    else return found;
    found = expectsOf(at) ?? found;
  }
  return found;
}

/** How many letters must change to make `a` of `b`; enough to recognise a misspelt key. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}

function unknownField(key: string, known: readonly string[]): Pick<Finding, 'what' | 'remedy'> {
  const folded = key.normalize('NFKC').toLowerCase();
  const near = known.find((name) => distance(folded, name) <= 2);
  const list = known.join(', ');
  return {
    what: { ja: `「${key}」という項目はありません。`, en: `There is no field “${key}”.` },
    remedy: near === undefined
      ? { ja: `使える項目は ${list} です。不要なら行を消してください。`, en: `The fields are ${list}. Remove the line if it is not needed.` }
      : { ja: `「${near}」と書きたかったのではありませんか。半角の英字で書いてください。`, en: `Did you mean “${near}”? Write it in half-width letters.` },
  };
}

const fallback: Said = { ja: 'ほかのファイルの同じ項目を見て、同じ形で書いてください。', en: 'Write it in the form the same field has in other files.' };

function knownFields(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let at: z.ZodType | undefined = schema;
  for (const key of path) {
    while (at !== undefined && 'unwrap' in at && typeof at.unwrap === 'function') at = at.unwrap() as z.ZodType;
    at = at instanceof z.ZodObject ? (at.shape as Record<PropertyKey, z.ZodType>)[key] : at instanceof z.ZodRecord ? at.valueType as z.ZodType : undefined;
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function fromIssue(issue: z.core.$ZodIssue, schema: z.ZodType, value: unknown): (Pick<Finding, 'rule' | 'what' | 'remedy'> & { path: PropertyKey[] })[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownFields(schema, issue.path);
    return issue.keys.map((key) => ({ rule: 'field-unknown', path: [...issue.path, key], ...unknownField(key, known) }));
  }
  const name = issue.path.map(String).join('.');
  const given = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
  const remedy = expectation(schema, issue.path) ?? fallback;
  if (given === undefined || given === null || given === '') {
    return [{ rule: 'field-missing', path: issue.path, remedy,
      what: { ja: `「${name}」が書かれていません。`, en: `“${name}” is missing.` } }];
  }
  const shown = typeof given === 'object' ? '' : String(given);
  return [{ rule: 'field-wrong', path: issue.path, remedy,
    what: { ja: `「${name}」の書き方が正しくありません${shown && `: 「${shown}」`}。`, en: `“${name}” is not written correctly${shown && `: “${shown}”`}.` } }];
}

function keyLine(document: Document, path: readonly PropertyKey[], lineAt: (offset: number) => number, first: number): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (pair !== undefined && isScalar(pair.key) && pair.key.range) return lineAt(pair.key.range[0]);
    }
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range = (node as { range?: [number, number, number] } | undefined)?.range;
    if (range) return lineAt(range[0]);
  }
  return first;
}

/**
 * Reads a YAML text against a schema, keeping line numbers.
 * @returns the value when all is well; findings with their lines otherwise. Never throws for bad input.
 */
export function readYaml<Value>(text: string, schema: z.ZodType<Value>, { file, linesBefore }: Place): Read<Value> {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  const lineAt = (offset: number): number => counter.linePos(offset).line + linesBefore;
  const lineOf = (path: readonly PropertyKey[]): number => keyLine(document, path, lineAt, linesBefore + 1);
  const broken = document.errors[0];
  if (broken !== undefined) {
    const twice = broken.code === 'DUPLICATE_KEY';
    // A quote that is not closed is noticed only at the end; what helps is where it begins.
    const opened = broken.code === 'MISSING_CHAR' ? text.split('\n').findIndex((line) => ((line.match(/(?<=[:\-\s])["']|["'](?=\s*$)/g) ?? []).length % 2) === 1) : -1;
    const finding: Finding = {
      rule: twice ? 'field-twice' : 'yaml-broken', file, line: opened >= 0 ? opened + 1 + linesBefore : lineAt(broken.pos[0]), level: 'error',
      what: twice
        ? { ja: '同じ項目が2回書かれています。', en: 'The same field is written twice.' }
        : { ja: 'この行の書き方が読み取れません。', en: 'This line cannot be read.' },
      remedy: twice
        ? { ja: 'どちらか1つを消してください。', en: 'Remove one of them.' }
        : { ja: '字下げは半角の空白で前後の行とそろえ、「:」や「#」を含む文は "…" で囲んでください。', en: 'Indent with spaces, as far as the lines around it, and put quotes around text with “:” or “#”.' },
    };
    return { value: undefined, findings: [finding], lineOf };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    return { value: undefined, lineOf, findings: [{ rule: 'yaml-broken', file, line: linesBefore + 1, level: 'error',
      what: { ja: '「*」で始まる語は参照と見なされ、使えません。', en: 'A word that begins with “*” is read as a reference, which is not allowed.' },
      remedy: { ja: 'その語を "…" で囲んでください。', en: 'Put quotes around it.' } }] };
  }
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, findings: [], lineOf };
  const findings = result.error.issues.flatMap((issue) => fromIssue(issue, schema, value))
    .map(({ path, ...finding }): Finding => ({ ...finding, file, line: lineOf(path), level: 'error' }));
  return { value: undefined, findings, lineOf };
}

/** A field as staff would write it: lists of plain words in brackets, lists of sentences one a line. */
export const fieldText = (name: string, value: string | boolean | readonly string[], form: 'brackets' | 'lines' = 'brackets'): string =>
  (Array.isArray(value) && form === 'brackets' ? `${name}: ${stringify(value, { lineWidth: 0, flowCollectionPadding: false, collectionStyle: 'flow' })}` : stringify({ [name]: value }, { lineWidth: 0 })).trimEnd();

/** The JSON schema of what people write, for editors: every field with the sentences that say what belongs into it. */
export const schemaFor = (schema: z.ZodType): Record<string, unknown> => z.toJSONSchema(schema, {
  target: 'draft-7', io: 'input',
  override({ jsonSchema }) {
    const { expects } = jsonSchema as { expects?: Said };
    if (expects === undefined) return;
    delete (jsonSchema as { expects?: Said }).expects;
    jsonSchema.description = `${expects.ja}\n${expects.en}`;
  },
});
