import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { percentile } from '../../knowledge/search/evaluate.ts';
import { readFiles } from '../../knowledge/files.ts';
import { openDictionary } from '../../knowledge/search/kuromoji.ts';
import { buildLibrary } from '../../knowledge/library.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const starts = 5;
const today = '2026-11-22';

const row = (name: string, value: string): void => console.log(`${name.padEnd(44)} ${value}`);
const median = (numbers: readonly number[]): number => percentile(numbers, 0.5);

/** Starts the service as README does; milliseconds until it answers, and its resident memory in MB then. */
async function startOnce(folder: string, number: number): Promise<{ ms: number; mb: number }> {
  const begin = performance.now();
  const child = spawn(process.execPath, ['adapters/main.ts'], { cwd: root, env: { PATH: process.env.PATH!, PORT: '0', DATABASE_URL: `file:${folder}/${number}.db`, KNOWLEDGE_DIR: join(root, 'knowledge') } });
  let output = '';
  const base = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (part: Buffer) => {
      output += part.toString();
      const [, address] = /"address":"([^"]+)"/.exec(output) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => reject(new Error(`The service did not start: ${output}`)));
  });
  await fetch(`${base}readyz`);
  const ms = performance.now() - begin;
  // The thread that made the library is let go by now.
  await wait(3000);
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${child.pid}/status`, 'utf8')) ?? [];
  child.removeAllListeners('exit');
  child.kill('SIGKILL');
  return { ms, mb: Number(kilobytes) / 1024 };
}

async function main(): Promise<void> {
  console.log(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}\n`);
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-bench-'));
  const runs = [];
  for (let number = 0; number < starts; number += 1) runs.push(await startOnce(folder, number));
  await rm(folder, { recursive: true, force: true });
  row(`start to ready, median of ${starts}`, `${(median(runs.map(({ ms }) => ms)) / 1000).toFixed(2)} s`);
  row('resident memory three seconds later, median', `${Math.round(median(runs.map(({ mb }) => mb)))} MB`);

  const dictionary = openDictionary();
  const files = await readFiles(join(root, 'knowledge'));
  const begin = performance.now();
  const library = buildLibrary(files, dictionary);
  row(`library of ${library.entries.length} files`, `${(performance.now() - begin).toFixed(0)} ms`);
  const questions = library.entries.flatMap(({ phrases, locale }) => phrases.map((phrase) => ({ phrase, language: locale === 'en' ? 'en' as const : 'ja' as const })));
  for (const { phrase, language } of questions.slice(0, 500)) library.answer(phrase, language, today);
  for (const wanted of ['ja', 'en'] as const) {
    const times = questions.filter(({ language }) => language === wanted).map(({ phrase, language }) => {
      const from = performance.now();
      library.answer(phrase, language, today);
      return performance.now() - from;
    });
    row(`answer computed, ${wanted}, ${times.length} questions`, `p50 ${percentile(times, 0.5).toFixed(2)} ms, p99 ${percentile(times, 0.99).toFixed(2)} ms`);
  }
}

const [what, ...words] = process.argv.slice(2);
if (what === 'ablation') await (await import('./ablation.ts')).ablation(words);
else if (what === 'line') await (await import('./line.ts')).lineFaults(Number(words[0] ?? 10_000));
else if (what === 'accept') await (await import('./accept.ts')).accepting(Number(words[0] ?? 10_000));
else if (what === 'canary') await (await import('./canary.ts')).canary(Number(words[0] ?? 10_000));
else if (what === 'fuzz') await (await import('./fuzz.ts')).fuzz(Number(words[0] ?? 20_000));
else if (what === 'soak') await (await import('./soak.ts')).soak(Number(words[0] ?? 200_000));
else if (what === 'scale') await (await import('./scale.ts')).scale(Number(words[0] ?? 5000), Number(words[1] ?? 500), Number(words[2] ?? 5));
else if (what === 'webchat') await (await import('./webchat.ts')).webChat();
else if (what === 'search') await (await import('./rivals.ts')).rivals(words);
else if (what === 'city') await (await import('./city.ts')).city();
else await main();
