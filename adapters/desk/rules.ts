import { readFiles } from '../../knowledge/files.ts';
import { guides } from '../../knowledge/guides/index.ts';
import type { Said } from '../../knowledge/locales.ts';
import { readAll } from '../../knowledge/prepare.ts';
import { readLanguage, readWords, sayIn, settings, UsageError, type Command } from './command.ts';
import { hang } from './layout.ts';

/** Prints the decision tables row by row, for comparing with the officials' paper. */
export const rules: Command = {
  usage: '[status|relocation|pickup|renewal|lost] [--json] [--lang ja|en]',
  about: { ja: '案内の決まりを、1行ずつ、条件・答え・よりどころの事実の番号とともに表示します。', en: 'Prints the rules of the guides row by row, with condition, answer and the facts they rest on.' },
  examples: [
    { words: '', about: { ja: 'すべての案内', en: 'all guides' } },
    { words: 'status', about: { ja: '申請状況の案内だけ', en: 'only the guide “status”' } },
  ],
  exits: { ja: '0 表示した、2 実行できなかった', en: '0 printed, 2 could not run' },
  async run(words) {
    const { values, positionals: [name] } = readWords(words, { json: { type: 'boolean', default: false }, lang: { type: 'string' } }, 1);
    const language = readLanguage(values.lang);
    const say = sayIn(language);
    const wanted = guides.filter(({ id }) => name === undefined || id === name);
    const names = guides.map(({ id }) => id);
    if (wanted.length === 0) throw new UsageError({ ja: `「${name}」という案内はありません。${names.join('、')} のどれかを書いてください。`, en: `There is no guide “${name}”. Write one of ${names.join(', ')}.` });
    const inOneLanguage = <Row extends { given: Said }>(row: Row) => ({ ...row, given: row.given[language] });
    if (values.json) {
      console.log(JSON.stringify(wanted.map(({ id, title, table }) => ({ guide: id, title: title[language], rules: table.rules.map(inOneLanguage), notes: table.notes.map(inOneLanguage) })), undefined, 2));
      return 0;
    }
    const titles = new Map(readAll(await readFiles(settings().folder)).prepared.entries.filter(({ locale }) => locale === language).map(({ id, title }) => [id, title]));
    const facts = (row: { facts: readonly string[] }): string => hang(say('    根拠: ', '    facts: '), row.facts.join(say('、', ', ')));
    for (const { id, title, table } of wanted) {
      console.log(`\n${hang('■ ', say(`${title.ja}(${id}) 上から順に見て、はじめに当てはまる行に決まります。`, `${title.en} (${id}). Rows are read from the top; the first that applies counts.`))}`);
      for (const { given, end, ...row } of table.rules) {
        const answer = say(`「${titles.get(end) ?? 'この回答はまだありません'}」 ${end}`, `“${titles.get(end) ?? 'there is no such entry yet'}” ${end}`);
        console.log(`\n${hang(`${row.id}  ${say('もし: ', 'if: ')}`, given[language])}\n${hang(say('    答え: ', '    answer: '), answer)}\n${facts(row)}`);
      }
      if (table.notes.length > 0) console.log(`\n${say('― 答えに加える行 ―', '― Lines added to the answer ―')}`);
      for (const { given, slot, ...row } of table.notes) {
        console.log(`\n${hang(`${row.id}  ${say('もし: ', 'if: ')}`, given[language])}\n${say(`    加える: {${slot}} の行`, `    added: lines with {${slot}}`)}\n${facts(row)}`);
      }
    }
    return 0;
  },
};
