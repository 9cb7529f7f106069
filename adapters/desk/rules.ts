import { readFiles } from '../../knowledge/files.ts';
import { guides } from '../../knowledge/guides/index.ts';
import { readAll } from '../../knowledge/prepare.ts';
import { readWords, settings, UsageError, type Command } from './command.ts';
import { hang } from './layout.ts';

/** Prints the decision tables row by row, for comparing with the officials' paper. */
export const rules: Command = {
  usage: '[案内の名前] [--json]',
  about: { ja: '案内の判定表を、条件・行き先・根拠とともに表示します。', en: 'Prints the decision tables of the guides, row by row.' },
  examples: [{ words: 'status', about: { ja: '申請状況の案内だけ', en: 'only the guide “status”' } }],
  exits: { ja: '0 表示した、2 実行できなかった', en: '0 printed, 2 could not run' },
  async run(words) {
    const { values, positionals: [name] } = readWords(words, { json: { type: 'boolean', default: false } });
    const wanted = guides.filter(({ id }) => name === undefined || id === name);
    if (wanted.length === 0) throw new UsageError({ ja: `「${name}」という案内はありません。案内の名前: ${guides.map(({ id }) => id).join('、')}`, en: `There is no guide “${name}”. The guides are ${guides.map(({ id }) => id).join(', ')}.` });
    const titles = new Map(readAll(await readFiles(settings().folder)).prepared.entries.filter(({ locale }) => locale === 'ja').map(({ id, title }) => [id, title]));
    if (values.json) {
      console.log(JSON.stringify(wanted.map(({ id, title, table }) => ({ guide: id, title: title.ja, ...table })), undefined, 2));
      return 0;
    }
    for (const { id, title, table } of wanted) {
      console.log(`\n${hang('■ ', `${title.ja}(${id}) 上から順に見て、はじめに当てはまる行に決まります。`)}`);
      for (const row of table.rules) console.log(`\n${hang(`${row.id}  もし: `, row.given)}\n${hang('    答え: ', `「${titles.get(row.end) ?? 'この回答はまだありません'}」 ${row.end}`)}\n${hang('    根拠: ', row.facts.join('、'))}`);
      if (table.notes.length > 0) console.log('\n― 答えに加える行 ―');
      for (const row of table.notes) console.log(`\n${hang(`${row.id}  もし: `, row.given)}\n    加える: {${row.slot}} の行\n${hang('    根拠: ', row.facts.join('、'))}`);
    }
    return 0;
  },
};
