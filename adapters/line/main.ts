import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { HTTPFetchError } from '@line/bot-sdk';
import { readFiles } from '../../knowledge/files.ts';
import { FindingsError } from '../../knowledge/finding.ts';
import { prepare } from '../../knowledge/prepare.ts';
import { richMenuFile } from '../../knowledge/rich-menu.ts';
import { ConfigError, readConfig } from '../config.ts';
import { drawMenu } from './menu-picture.ts';
import { menuLanguages, menuRequest, type MenuLanguage } from './menu-plan.ts';
import { syncMenus, type Drawn } from './menu-sync.ts';

const usage = `npm run line -- menu [--dry-run]
  LINEのトーク画面の下に出るメニューを、${richMenuFile} のことばから作って載せます。何度実行しても同じ結果になります。
  --dry-run は絵と定義をファイルに書くだけで、LINEには何も送りません。
  Makes the menu below the chat from ${richMenuFile} and puts it on LINE; may be repeated. With --dry-run it only writes
  rich-menu.ja.png, rich-menu.en.png and their definitions (.json) into this folder. Needs LINE_CHANNEL_SECRET and LINE_CHANNEL_ACCESS_TOKEN in .env.`;

async function menu(isRehearsal: boolean): Promise<number> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  const { richMenu, findings } = prepare(await readFiles(config.knowledge));
  if (richMenu === undefined) throw new FindingsError(findings.filter(({ file }) => file === richMenuFile));
  const drawn = {} as Record<MenuLanguage, Drawn>;
  for (const language of menuLanguages) {
    const picture = await drawMenu(richMenu, language);
    drawn[language] = { picture, request: menuRequest(richMenu, language, picture) };
  }
  if (isRehearsal) {
    for (const language of menuLanguages) {
      writeFileSync(`rich-menu.${language}.png`, drawn[language].picture);
      writeFileSync(`rich-menu.${language}.json`, `${JSON.stringify(drawn[language].request, undefined, 2)}\n`);
      console.log(`rich-menu.${language}.png, rich-menu.${language}.json`);
    }
    return 0;
  }
  if (config.line === undefined) throw new ConfigError('LINE_CHANNEL_SECRET and LINE_CHANNEL_ACCESS_TOKEN are required to reach LINE; or use --dry-run');
  for (const line of await syncMenus(drawn, config.line)) console.log(line);
  return 0;
}

async function run(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: words, allowPositionals: true, options: { 'dry-run': { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } } });
  if (!values.help && positionals.length === 1 && positionals[0] === 'menu') return menu(values['dry-run']);
  console.log(usage);
  return values.help || positionals.length === 0 ? 0 : 2;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const answered = error instanceof HTTPFetchError ? `LINE answered ${error.status}: ${error.body}` : error instanceof Error ? error.message : String(error);
  console.error(`メニューを載せられませんでした。いま出ているメニューはそのままです。\nThe menu was not put on LINE; what is shown stays.\n${answered}`);
  process.exitCode = 2;
}
