import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../helpers.ts';
import { openSite } from '../visit.ts';
import { criteria, tagOf, type Criterion, type Method } from './criteria.ts';
import { takePictures } from './pictures.ts';
import { screens, walk, type Violation } from './screens.ts';

const methods: Readonly<Record<Method, string>> = { axe: '自動(axe-core)', test: '自動(操作の試験)', source: '人(ソースの確認)' };
const places = ['/ (見本のページと質問の窓)', '/faq/ (よくある質問の一覧)', '/faq/{言語}/{質問} (質問ごとのページ)'];

/** The report of a test in the form of the Web Accessibility Infrastructure Committee, from what axe-core found and what our tests hold. */
export function waicReport(violations: readonly Violation[], day: string): string {
  const against = ({ number }: Criterion): Violation[] => violations.filter((one) => one.criteria.includes(tagOf(number)));
  const rows = criteria.map((one) => {
    const wrong = against(one);
    const result = !one.applies ? '―' : wrong.length === 0 ? '○' : '×';
    const found = [...new Set(wrong.map(({ rule, place }) => `${rule} ${place}`))].join('、').replaceAll('|', '\\|');
    return `| ${one.number} ${one.name} | ${one.level} | ${one.applies ? '○' : '―'} | ${result} | ${methods[one.method]} | ${found === '' ? one.note : found} |`;
  });
  const wrong = criteria.filter((one) => against(one).length > 0).length;
  return `# アクセシビリティ試験結果

\`npm run accessibility\` がこのファイルを作ります。 / Made by \`npm run accessibility\`.

| 項目 | 内容 |
|---|---|
| 規格の番号及び改正年 | JIS X 8341-3:2016 |
| 目標とした適合レベル | AA |
| 結果 | ${wrong === 0 ? 'レベルAAの達成基準に、見つかった問題はありません(適合試験は自治体の公開前に、人による確認を加えて行ってください)' : `${wrong}項目に問題があります`} |
| 試験を行った日 | ${day} |
| 依存するウェブコンテンツ技術 | HTML Living Standard、CSS、JavaScript、WAI-ARIA 1.2 |
| 試験の対象 | ${places.join('、')} |
| 試験の環境 | Chromium、axe-core、${screens.length}通り(3つのことば、明るい画面・暗い画面・強制カラー、幅320pxと1280px) |
| 追加で調べた基準 | WCAG 2.1・2.2 のレベルA・AAのうち axe-core が調べるもの: 問題${violations.length}件 |
| 人が確かめていないこと | スクリーンリーダー(NVDA、VoiceOver)での読み上げ |

| 達成基準 | レベル | 適用 | 結果 | 方法 | 注記 |
|---|---|---|---|---|---|
${rows.join('\n')}
`;
}

/** Walks through every screen and writes docs/accessibility.md; with `--pictures` it takes the pictures in docs/widget instead. */
async function main(): Promise<void> {
  const site = await openSite();
  const violations: Violation[] = [];
  if (process.argv.includes('--pictures')) await takePictures(site.browser, site.base);
  else {
    for (const screen of screens) {
      const found = await walk(site.browser, site.base, screen);
      violations.push(...found);
      console.log(`${screen.name}: ${found.length}`);
    }
    await writeFile(join(root, 'docs/accessibility.md'), waicReport(violations, new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date())));
  }
  await site.close();
  process.exitCode = violations.length === 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) await main();
