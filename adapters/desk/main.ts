import { enableCompileCache } from 'node:module';

// Compiled code is kept, so that a check is over sooner: before anything else is loaded.
enableCompileCache();
const [{ UsageError }, { commands, helpOf, overview }] = await Promise.all([import('./command.ts'), import('./commands.ts')]);

async function run([name = '', ...words]: string[]): Promise<number> {
  const load = commands[name];
  if (load === undefined) {
    console.log(await overview());
    return ['', 'help', '--help', '-h'].includes(name) ? 0 : 2;
  }
  const command = await load();
  if (words.includes('--help') || words.includes('-h')) {
    console.log(helpOf(name, command));
    return 0;
  }
  return command.run(words);
}

const isEnglish = process.argv.some((word, at, all) => word === '--lang=en' || (word === 'en' && all[at - 1] === '--lang'));
try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const why = error instanceof UsageError ? error.said[isEnglish ? 'en' : 'ja'] : error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError) console.error(`${why}\n${isEnglish ? 'npm run knowledge -- help shows how.' : '使い方は npm run knowledge -- help で見られます。'}`);
  else console.error(`${isEnglish ? 'This could not be done' : '実行できませんでした'}: ${why}`);
  process.exitCode = 2;
}
