import { withoutReading } from '../easy.ts';
import { noticeFile, readNotice } from '../notice.ts';
import type { Rule, Spot } from './rule.ts';

/** Rules about `notice.yaml` beyond its form. */
export const noticeRules: readonly Rule[] = [
  {
    name: 'notice-over', level: 'notice',
    why: { ja: '終わったお知らせは表示されません。残しておくと、次のときに紛らわしくなります。', en: 'A notice that is over is not shown; left lying it confuses whoever writes the next one.' },
    find({ texts }, today): Spot[] {
      const { value, lineOf } = readNotice(texts.get(noticeFile) ?? '');
      return value === undefined || today <= value.until ? [] : [{ file: noticeFile, line: lineOf(['until']),
        what: { ja: `このお知らせは${value.until}で終わりました。いまは表示されていません。`, en: `This notice ended on ${value.until} and is not shown any more.` },
        remedy: { ja: 'ファイルを消すか、until を新しい日にしてください。', en: 'Delete the file, or write a new day in until.' } }];
    },
  },
  {
    name: 'notice-reading-missing', level: 'notice',
    why: { ja: 'ふりがなは、確かめた読みだけを付けます。', en: 'Furigana come from reviewed readings only.' },
    find({ texts, easyWords }): Spot[] {
      const { value, lineOf } = readNotice(texts.get(noticeFile) ?? '');
      const unread = [...new Set(withoutReading(value?.text['ja-easy'] ?? '', easyWords))];
      return unread.length === 0 ? [] : [{ file: noticeFile, line: lineOf(['text', 'ja-easy']),
        what: { ja: `読みが登録されていない漢字があります: ${unread.join('')}`, en: `Kanji without a reviewed reading: ${unread.join('')}` },
        remedy: { ja: 'words/easy-words.yaml の readings に、ことばと読みを加えてください。急ぐときはこのままでもかまいません。', en: 'Add the words to readings in words/easy-words.yaml; in a hurry it may stay as it is.' } }];
    },
  },
];
