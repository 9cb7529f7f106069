import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { copyKnowledge, entryText, root } from '../helpers.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi process '));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Process {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Address once it is ready; undefined when it ended before. */
  readonly address: Promise<string | undefined>;
}

function launch(settings: Record<string, string>, program = ['adapters/main.ts']): Process {
  let output = '';
  const child = spawn(process.execPath, program, { cwd: root, env: { PATH: process.env.PATH!, PORT: '0', DATABASE_URL: `file:${folder}/main.db`, ...settings } });
  const address = new Promise<string | undefined>((resolve) => {
    const read = (part: Buffer): void => {
      output += part.toString();
      const [, found] = /"address":"([^"]+)"/.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => resolve(undefined));
  });
  return { child, output: () => output, address };
}

test('it starts on its defaults, says that LINE is off, and stops at SIGTERM', async () => {
  const { child, output, address } = launch({});
  const base = await address;
  expect(base).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(output()).toContain('"line":"off: set');
  expect((await fetch(`${base}readyz`)).status).toBe(200);
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit') as [number];
  expect(code).toBe(0);
});

test('wrong settings stop the start, every fault named at once', async () => {
  const { child, output } = launch({ PORT: 'x', TZ_CITY: 'nowhere' });
  const [code] = await once(child, 'exit') as [number];
  expect(code).toBe(1);
  expect(output()).toContain('PORT must be');
  expect(output()).toContain('TZ_CITY must be');
  expect(output()).not.toContain('at ');
});

test('a broken knowledge file is left out at start and named with file, line and remedy', async () => {
  const knowledge = join(folder, 'broken knowledge');
  await copyKnowledge(knowledge, 5);
  await writeFile(join(knowledge, 'faq/apply/by-post.ja.md'), entryText().replace('review: 2027-05-22', 'review: 春ごろ'));
  const { child, output, address } = launch({ KNOWLEDGE_DIR: knowledge });
  const base = await address;
  expect(await (await fetch(`${base}readyz`)).json()).toMatchObject({ status: 'incomplete', knowledge: { leftOut: 1 } });
  expect(output()).toContain('faq/apply/by-post.ja.md 9行目');
  expect(output()).toContain('2027-03-31 のように');
  child.kill('SIGTERM');
  await once(child, 'exit');
});

test('without knowledge it does not start and says which file is missing', async () => {
  const { child, output } = launch({ KNOWLEDGE_DIR: join(root, 'docs') });
  const [code] = await once(child, 'exit') as [number];
  expect(code).toBe(1);
  expect(output()).toMatch(/municipality\.yaml|no such file/);
});
