import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What runs in browsers, and is checked and bundled apart. */
const browserFolders = ['adapters/web/widget/', 'adapters/line/demo/phone/'];
const files = globSync('{knowledge,bot,adapters}/**/*.ts', { cwd: root }).map((file) => file.replaceAll('\\', '/')).filter((file) => !file.endsWith('.d.ts')).sort();
const sources = files.filter((file) => !browserFolders.some((folder) => file.startsWith(folder)));

const importPattern = /^\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|\b(?:import|resolve)\('([^']+)'\)|^import '([^']+)'/gm;
const importsOf = (file: string): string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(importPattern)].map(([, a, b, c]) => a ?? b ?? c!);
const room = (file: string): string => file.split('/')[0]!;
const inside = (file: string, path: string): string => normalize(join(dirname(file), path)).replaceAll('\\', '/');
const packageOf = (path: string): string => path.split('/').slice(0, path.startsWith('@') ? 2 : 1).join('/');

/** The files in which a library is met. */
const hosts: Readonly<Record<string, readonly string[]>> = {
  '@line/bot-sdk': ['adapters/line/'],
  '@holiday-jp/holiday_jp': ['knowledge/days.ts'],
  'botbuilder': ['bot/engine.ts'],
  'botbuilder-core': ['bot/engine.ts'],
  'botbuilder-dialogs': ['bot/engine.ts'],
  'chrono-node': ['bot/days/english.ts'],
  '@fontsource/noto-sans-jp': ['adapters/line/menu-picture.ts'],
  '@resvg/resvg-wasm': ['adapters/line/menu-picture.ts'],
  'cli-progress': ['adapters/desk/progress.ts'],
  'csv-parse': ['adapters/desk/sheet/csv.ts'],
  'csv-stringify': ['adapters/desk/sheet/csv.ts'],
  'esbuild': ['adapters/bundle.ts'],
  'jose': ['adapters/web/token.ts'],
  'kuromoji': ['knowledge/search/kuromoji.ts'],
  'kysely': ['bot/store/'],
  'markdown-it': ['knowledge/markdown.ts'],
  'minisearch': ['knowledge/search/index.ts'],
  'pg': ['bot/store/postgres.ts'],
  'pino': ['adapters/start.ts', 'adapters/server.ts', 'adapters/line/'],
  'prom-client': ['adapters/metrics.ts'],
  'rate-limiter-flexible': ['adapters/web/limits.ts'],
  'read-excel-file': ['adapters/desk/sheet/xlsx.ts'],
  'restify': ['adapters/server.ts'],
  'string-width': ['adapters/desk/layout.ts'],
  'stemmer': ['knowledge/search/terms.ts'],
  'wanakana': ['knowledge/search/romaji.ts'],
  'write-excel-file': ['adapters/desk/sheet/xlsx.ts'],
  'ws': ['adapters/web/stream.ts'],
  'yaml': ['knowledge/yaml.ts'],
  'zod': ['knowledge/yaml.ts', 'knowledge/notice.ts', 'knowledge/easy.ts', 'knowledge/entry.ts', 'knowledge/municipality.ts', 'knowledge/words.ts', 'knowledge/rich-menu.ts', 'knowledge/questions.ts', 'adapters/config.ts', 'adapters/web/directline.ts', 'adapters/line/demo/routes.ts', 'adapters/desk/questions.ts'],
};

test('imports point from adapters to bot to knowledge and never back', () => {
  const allowed: Readonly<Record<string, readonly string[]>> = { knowledge: ['knowledge'], bot: ['bot', 'knowledge'], adapters: ['adapters', 'bot', 'knowledge'] };
  const wrong = files.flatMap((file) => importsOf(file).filter((path) => path.startsWith('.'))
    .map((path) => inside(file, path)).filter((target) => !allowed[room(file)]!.includes(room(target))).map((target) => `${file} → ${target}`));
  expect(wrong).toEqual([]);
});

test('no channel imports another', () => {
  const channels = ['line', 'web', 'desk'];
  const wrong = files.flatMap((file) => {
    const [, mine] = /^adapters\/(\w+)\//.exec(file) ?? [];
    return mine === undefined ? [] : importsOf(file).filter((path) => path.startsWith('.')).map((path) => inside(file, path))
      .filter((target) => channels.some((other) => other !== mine && target.startsWith(`adapters/${other}/`))).map((target) => `${file} → ${target}`);
  });
  expect(wrong).toEqual([]);
});

test('each library is met where it has its place, and every one has a place', () => {
  const met = files.flatMap((file) => importsOf(file).filter((path) => !path.startsWith('.') && !path.startsWith('node:')).map((path) => ({ file, name: packageOf(path) })));
  expect(met.filter(({ file, name }) => !(hosts[name] ?? []).some((host) => file === host || (host.endsWith('/') && file.startsWith(host))))).toEqual([]);
  expect(Object.keys(hosts).filter((name) => !met.some((one) => one.name === name))).toEqual([]);
});

test('every dependency is imported and every import is a dependency', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  expect(Object.keys(dependencies).sort()).toEqual(Object.keys(hosts).sort());
  expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('what crashed or hung a server elsewhere is not used', () => {
  const banned = [/bodyParser|bodyReader/, /handleUpgrades/, /^\s*(?:export )?enum\s/m, /console\.log\(.*(text|question)\)/];
  const wrong = sources.filter((file) => file !== 'adapters/desk/ask.ts').flatMap((file) => banned.filter((pattern) => pattern.test(readFileSync(join(root, file), 'utf8'))).map((pattern) => `${file}: ${pattern}`));
  expect(wrong).toEqual([]);
});

test('every source file loads in Node, not only in the type checker', async () => {
  const programs = ['adapters/main.ts', 'adapters/desk/main.ts', 'adapters/line/main.ts', 'knowledge/warm.ts'];
  for (const file of sources.filter((name) => !programs.includes(name))) await import(pathToFileURL(join(root, file)).href);
});

test('what nobody imports does not exist', () => {
  const programs = ['adapters/main.ts', 'adapters/desk/main.ts', 'adapters/line/main.ts', ...browserFolders.map((folder) => `${folder}main.ts`), 'knowledge/warm.ts', 'knowledge/search/worker.ts'];
  const imported = new Set(files.flatMap((file) => importsOf(file).filter((path) => path.startsWith('.')).map((path) => inside(file, path))));
  expect(files.filter((file) => !imported.has(file) && !programs.includes(file))).toEqual([]);
});
