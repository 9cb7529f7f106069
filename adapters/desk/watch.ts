import { inWords } from '../../knowledge/finding.ts';
import { watchFolder } from '../../knowledge/watch-folder.ts';
import { closingWords, openCheck } from './check.ts';
import { settings, type Command } from './command.ts';

/** Checks the files at every save, until it is stopped. */
export const watch: Command = {
  usage: '',
  about: { ja: '保存するたびに調べて表示します。やめるときは Ctrl+C を押します。', en: 'Checks at every save, until Ctrl+C.' },
  async run() {
    const { folder, today } = settings();
    const checkFolder = openCheck();
    const look = async (): Promise<void> => {
      const findings = await checkFolder(folder, today);
      console.log(`\n―― ${new Date().toLocaleTimeString('ja-JP')} ――\n${[...findings.map((finding) => inWords(finding, 'ja')), closingWords(findings, 'ja')].join('\n\n')}`);
    };
    let looking = look();
    const stop = await watchFolder(folder, () => {
      looking = looking.then(look).catch((error: unknown) => console.error(`読み取れませんでした: ${error instanceof Error ? error.message : String(error)}`));
    });
    await new Promise<void>((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    stop();
    await looking;
    return 0;
  },
};
