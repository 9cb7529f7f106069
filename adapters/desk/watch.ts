import { inWords } from '../../knowledge/finding.ts';
import { watchFolder } from '../../knowledge/watch-folder.ts';
import { closingWords, openCheck } from './check.ts';
import { readLanguage, readWords, sayIn, settings, type Command } from './command.ts';

/** Checks the files at every save, until it is stopped. */
export const watch: Command = {
  usage: '[--lang ja|en]',
  about: { ja: '保存するたびに調べて表示します。やめるときは Ctrl+C を押します。', en: 'Checks at every save, until Ctrl+C.' },
  examples: [{ words: '', about: { ja: '直しているあいだ、動かしておきます', en: 'left running while you write' } }],
  exits: { ja: '0 Ctrl+C でやめた、2 実行できなかった', en: '0 ended with Ctrl+C, 2 could not run' },
  async run(words) {
    const language = readLanguage(readWords(words, { lang: { type: 'string' } }).values.lang);
    const say = sayIn(language);
    const { folder, today } = settings();
    const checkFolder = openCheck();
    const look = async (): Promise<void> => {
      const findings = await checkFolder(folder, today);
      console.log(`\n―― ${new Date().toLocaleTimeString(language === 'ja' ? 'ja-JP' : 'en-GB')} ――\n${[...findings.map((finding) => inWords(finding, language)), closingWords(findings, language)].join('\n\n')}`);
    };
    let looking = look();
    const stop = await watchFolder(folder, () => {
      looking = looking.then(look).catch((error: unknown) => console.error(`${say('読み取れませんでした', 'This could not be read')}: ${error instanceof Error ? error.message : String(error)}`));
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
