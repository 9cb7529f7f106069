import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { watchFolder } from '../../knowledge/watch-folder.ts';

test('a save is told once, also when it is looked for again, and nothing is told when the watch is over', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'watched '));
  await writeFile(join(folder, 'one.md'), 'one');
  let told = 0;
  const stop = await watchFolder(folder, () => { told += 1; }, 700);
  await writeFile(join(folder, 'one.md'), 'another');
  for (let tries = 0; told === 0 && tries < 200; tries += 1) await wait(25);
  await wait(1600);
  expect(told).toBe(1);
  await writeFile(join(folder, 'one.md'), 'a third');
  stop();
  await wait(400);
  expect(told).toBe(1);
  await rm(folder, { recursive: true });
});

test('whoever reads the files can get ready while they are still being saved', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'watched '));
  const heard: string[] = [];
  const stop = await watchFolder(folder, () => { heard.push('over'); }, 60_000, () => { heard.push('begun'); });
  await writeFile(join(folder, 'one.md'), 'one');
  for (let tries = 0; !heard.includes('over') && tries < 200; tries += 1) await wait(25);
  expect([heard[0], heard.at(-1)]).toEqual(['begun', 'over']);
  stop();
  await rm(folder, { recursive: true });
});
