import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { knowledgeFolder, root } from '../../helpers.ts';

let folder: string;
let child: ChildProcess;
let output = '';

beforeAll(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'madoguchi watch ')), 'knowledge');
  await cp(knowledgeFolder, folder, { recursive: true, filter: (path) => !path.includes('/elsewhere/') && (!path.includes('/faq/') || /faq\/(apply|guide-\w+)(\/|$)/.test(path)) });
  child = spawn(process.execPath, ['adapters/desk/main.ts', 'watch'], { cwd: root, env: { ...process.env, KNOWLEDGE_DIR: folder } });
  child.stdout!.on('data', (part: Buffer) => { output += part.toString(); });
});
afterAll(async () => {
  child.kill('SIGKILL');
  await rm(join(folder, '..'), { recursive: true, force: true });
});

async function says(words: string): Promise<void> {
  for (let tries = 0; !output.includes(words) && tries < 400; tries += 1) await wait(50);
  expect(output).toContain(words);
  output = '';
}

test('every save is checked and told in plain Japanese with file and line, until Ctrl+C', async () => {
  await says('件あります。');
  const file = join(folder, 'faq/apply/photo-rules.ja.md');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^department: .*$/m, 'department: nobody'));
  await says('faq/apply/photo-rules.ja.md');
  await writeFile(file, text);
  await says('件あります。');
  child.stdin!.write('写真のサイズを教えてください\n');
  await says('(apply/photo-rules)');
  await writeFile(file, text.replace(/^title: .*$/m, 'title: 新しい題名'));
  await says('「新しい題名」(apply/photo-rules)\n公開中の案内係は、');
  const over = new Promise((resolve) => { child.once('exit', resolve); });
  child.kill('SIGINT');
  expect(await over).toBe(0);
});
