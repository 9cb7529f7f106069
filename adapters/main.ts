import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startThread } from '../knowledge/search/thread.ts';

// Loading would let the young part of the heap grow to 130 MB, which it never gives back.
setFlagsFromString('--semi-space-growth-factor=1');
// The dictionary is loaded and the search learnt in a thread of its own, while this one loads its modules.
const thread = startThread();
enableCompileCache();
const { readConfig, ConfigError } = await import('./config.ts');
const { FindingsError } = await import('../knowledge/finding.ts');
const { parseArgs } = await import('node:util');

const usage = `npm start [-- --line-demo]
  Starts Madoguchi on http://localhost:3978/; the settings are described in .env.example.
  --line-demo  also serves http://localhost:3978/line-demo, a page that looks like a phone and plays LINE's side, for a trial without an account
               (LINEのアカウントがなくても、LINEでの見え方を試せるページを出します)`;

/** When nothing of loading is going on any more, in ms after the start. */
const loaded = 2000;

async function run(): Promise<void> {
  const { existsSync } = await import('node:fs');
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { values } = parseArgs({ options: { 'line-demo': { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } } });
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  const config = readConfig(process.env, values['line-demo']);
  const { buildInThread } = await import('../knowledge/builder.ts');
  const { openShelf } = await import('../knowledge/shelf.ts');
  const opening = openShelf(config.knowledge, buildInThread(thread));
  const [{ start }] = await Promise.all([import('./start.ts'), opening]);
  const running = await start(config, opening);
  // Serving may grow it as needed: a small one is emptied a hundred times a second under load.
  setFlagsFromString('--semi-space-growth-factor=2');
  // What only loading needed goes when the thread has gone, and not when the heap is next full: some 40 MB.
  setTimeout(() => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as (how: object) => void)({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  }, loaded).unref();
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void running.stop().then(() => process.exit(0));
    });
  }
}

run().catch((error: unknown) => {
  if (error instanceof ConfigError) console.error(`Madoguchi did not start. Please correct these settings (.env or environment):\n${error.message}`);
  else if (error instanceof FindingsError) console.error(`Madoguchi did not start, because nothing can be said without these files:\n${error.message}`);
  else console.error('Madoguchi did not start:', error instanceof Error ? error.message : error);
  process.exit(1);
});
