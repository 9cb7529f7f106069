import { join } from 'node:path';
import { frontMatter } from '../../knowledge/entry.ts';
import { readFiles } from '../../knowledge/files.ts';
import { guides } from '../../knowledge/guides/index.ts';
import { municipalitySchema } from '../../knowledge/municipality.ts';
import { readAll, type Prepared } from '../../knowledge/prepare.ts';
import { expectation, schemaFor } from '../../knowledge/yaml.ts';
import { readLanguage, readWords, sayIn, settings, type Command } from './command.ts';
import { columns, type Field } from './sheet/columns.ts';
import { textOf, writeAll } from './write-all.ts';

interface Property { enum?: readonly string[]; additionalProperties?: Property }
const properties = (schema: Record<string, unknown>): Record<string, Property> => schema.properties as Record<string, Property>;

/** The fields of an entry, with the departments and guides there are. */
function entrySchema({ municipality }: Prepared): object {
  const schema = schemaFor(frontMatter);
  const { department, guide } = properties(schema) as Record<'department' | 'guide', Property>;
  department.enum = Object.keys(municipality.departments);
  guide.enum = guides.map(({ id }) => id);
  return { title: 'The fields of an entry', ...schema };
}

/** The settings of a municipality, with its own departments. */
function placeSchema({ municipality }: Prepared): object {
  const schema = schemaFor(municipalitySchema);
  const { owners } = properties(schema) as Record<'owners', Property>;
  owners.additionalProperties!.enum = Object.keys(municipality.departments);
  return { title: 'municipality.yaml', ...schema };
}

/** What an editor proposes as a field's value: a choice, the day it is, or an example. */
function proposed(name: Field, at: number, { municipality }: Prepared): string {
  const choice = (values: readonly string[]): string => `\${${at}|${values.join(',')}|}`;
  const examples: Partial<Record<Field, string>> = {
    department: choice(Object.keys(municipality.departments)), guide: choice(guides.map(({ id }) => id)), checked: '$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE',
    source: `https://\${${at}}`, facts: `[\${${at}:F1-01}]`, related: `[\${${at}:apply/by-post}]`, confirm: 'true', draft: 'true',
  };
  return examples[name] ?? (columns.find((column) => column.name === name)!.kind === 'day' ? `\${${at}:YYYY-MM-DD}` : `\${${at}}`);
}

/** Snippets of VS Code: a whole entry, and every field with what belongs into it. */
function snippets(prepared: Prepared): object {
  const line = (name: Field, at: number): string[] => (name === 'phrases' ? ['phrases:', `  - \${${at}}`] : [`${name}: ${proposed(name, at, prepared)}`]);
  const needed: readonly Field[] = ['title', 'phrases', 'department', 'source', 'facts', 'checked', 'review', 'draft'];
  const fields = columns.flatMap(({ name, label }) => {
    if (name === 'body') return [];
    const { ja, en } = expectation(frontMatter, [name])!;
    return [[`${label} ${name}`, { scope: 'markdown', prefix: name, body: [...line(name, 1), '$0'], description: `${ja}\n${en}` }] as const];
  });
  return {
    '新しい回答 entry': { scope: 'markdown', prefix: ['entry', '回答'], description: '新しい回答の全体(下書き)\nA whole new entry, as a draft', body: ['---', ...needed.flatMap((name, at) => line(name, at + 1)), '---', '$0'] },
    ...Object.fromEntries(fields),
  };
}

const finding = (where: string): object => ({
  owner: 'madoguchi', fileLocation: ['relative', '${workspaceFolder}'], severity: 'warning',
  pattern: [{ regexp: where, file: 1, line: 2 }, { regexp: '^  (.*)$', message: 1 }],
  background: { activeOnStart: true, beginsPattern: '^―― ', endsPattern: '^(問題は|直していただきたい)' },
});

/** The check at every save, its findings where the editor lists problems. */
const tasks = {
  version: '2.0.0',
  tasks: [{
    label: '保存するたびに調べる / check at every save', type: 'shell', command: 'npm run -s knowledge -- watch', options: { cwd: '${workspaceFolder}/..' }, isBackground: true,
    problemMatcher: finding('^(\\S+\\.(?:md|yaml|txt|jsonl)) (\\d+)行目$'), runOptions: { runOn: 'folderOpen' }, presentation: { reveal: 'never' },
  }],
};

const editorSettings = {
  'yaml.schemas': { './.vscode/municipality.schema.json': 'municipality.yaml', './.vscode/entry.schema.json': 'faq/**/*.md' },
  '[markdown]': { 'editor.quickSuggestions': { other: 'on', comments: 'off', strings: 'on' }, 'editor.wordBasedSuggestions': 'off', 'editor.snippetSuggestions': 'top', 'editor.wordWrap': 'on' },
  'files.encoding': 'utf8', 'files.eol': '\n',
};

/** The files an editor reads, below the knowledge folder. */
export const editorFiles = (prepared: Prepared): ReadonlyMap<string, string> => new Map(Object.entries({
  '.vscode/entry.schema.json': entrySchema(prepared), '.vscode/municipality.schema.json': placeSchema(prepared), '.vscode/madoguchi.code-snippets': snippets(prepared),
  '.vscode/tasks.json': tasks, '.vscode/settings.json': editorSettings, '.vscode/extensions.json': { recommendations: ['redhat.vscode-yaml'] },
}).map(([file, value]) => [file, `${JSON.stringify(value, undefined, 2)}\n`]));

/** Files in which people keep settings of their own. */
const peoplesOwn = ['.vscode/tasks.json', '.vscode/settings.json', '.vscode/extensions.json'];

/** Writes what lets an editor complete and explain the fields. */
export const schema: Command = {
  usage: '[--lang ja|en]',
  about: {
    ja: 'VS Codeが欄の名前や部署名を補い、説明を出すためのファイルを、knowledge/.vscode に書きます。部署を増やしたら、もう一度実行してください。自分で直した設定は上書きしません。',
    en: 'Writes into knowledge/.vscode what lets VS Code complete and explain fields and departments. Run it again when there are new ones. Settings of your own are not overwritten.',
  },
  examples: [{ words: '', about: { ja: '部署を増やしたあとに', en: 'after a new department' } }],
  exits: { ja: '0 書いた、1 自分で直した設定があり、それは書かなかった、2 実行できなかった', en: '0 written, 1 written but for settings of your own, 2 could not run' },
  async run(words) {
    const { values } = readWords(words, { lang: { type: 'string' } });
    const say = sayIn(readLanguage(values.lang));
    const { folder } = settings();
    const { prepared } = readAll(await readFiles(folder));
    const wanted = await Promise.all([...editorFiles(prepared)].map(async ([file, after]) => ({ file, before: await textOf(join(folder, file)), after })));
    const own = wanted.filter(({ file, before, after }) => peoplesOwn.includes(file) && before !== undefined && before !== after);
    await writeAll(folder, wanted.filter((change) => !own.includes(change) && change.before !== change.after));
    console.log(say('VS Codeで knowledge フォルダーを開いてください。欄の名前を打ち始めると、候補と説明が出ます。', 'Open the folder knowledge in VS Code. Begin to type a field, and it is completed and explained.'));
    for (const { file, after } of own) console.log(say(`${file} には自分の設定があるので、書きませんでした。次を足してください:\n${after}`, `${file} has settings of your own and was not written. Add:\n${after}`));
    return own.length > 0 ? 1 : 0;
  },
};
