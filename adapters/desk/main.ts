import { enableCompileCache } from 'node:module';

// Compiled code is kept, so that a check is over sooner: before anything else is loaded.
enableCompileCache();
// Whoever reads what is printed may have read enough: `… | head`.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 2));
const [{ languageIn, UsageError }, { commands, helpOf, overview, program }, { faultWords }] = await Promise.all([import('./command.ts'), import('./commands.ts'), import('./faults.ts')]);
// npm runs everything at the top of the project; names of files count from where the clerk stands.
if (process.env.npm_lifecycle_event === 'knowledge' && process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD);

async function run(name: string, words: readonly string[]): Promise<number> {
  const load = commands[name];
  if (load === undefined) {
    const isAsked = ['', 'help', '--help', '-h'].includes(name) || name.startsWith('--lang');
    if (name === 'help' && commands[words[0] ?? ''] !== undefined) return run(words[0]!, ['--help']);
    if (!isAsked) throw new UsageError({ ja: `「${name}」という命令はありません。命令は ${Object.keys(commands).join('、')} です。`, en: `There is no command “${name}”. The commands are ${Object.keys(commands).join(', ')}.` });
    console.log(await overview());
    return 0;
  }
  const command = await load();
  if (words.includes('--help') || words.includes('-h')) {
    console.log(helpOf(name, command));
    return 0;
  }
  return command.run(words);
}

const [name = '', ...words] = process.argv.slice(2);
try {
  process.exitCode = await run(name, words);
} catch (error) {
  console.error(faultWords(error, commands[name] === undefined ? program : `${program} ${name}`, languageIn(words)));
  process.exitCode = 2;
}
