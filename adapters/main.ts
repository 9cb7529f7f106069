import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { FindingsError } from '../knowledge/finding.ts';
import { openDictionary } from '../knowledge/search/kuromoji.ts';
import { ConfigError, readConfig } from './config.ts';

// The dictionary inflates on other threads while the modules below load.
const dictionary = openDictionary();
enableCompileCache();

async function run(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  const { start } = await import('./start.ts');
  const running = await start(config, dictionary);
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
