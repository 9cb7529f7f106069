import { watch as watchFolder } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { inWords } from '../../knowledge/finding.ts';
import { closingWords, openCheck } from './check.ts';
import { settings, type Command } from './command.ts';

/** How long the files must be still before they are checked, in ms. */
const stillFor = 200;

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
    await look();
    const changes = watchFolder(folder, { recursive: true });
    let newest = 0;
    changes.on('change', () => {
      newest += 1;
      const mine = newest;
      void wait(stillFor).then(() => (mine === newest ? look() : undefined)).catch((error: unknown) => console.error(`読み取れませんでした: ${String(error)}`));
    });
    await new Promise<void>((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    changes.close();
    return 0;
  },
};
