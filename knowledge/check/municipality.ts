import { municipalityFile, readMunicipality } from '../municipality.ts';
import type { Rule, Spot } from './rule.ts';

/** Rules about `municipality.yaml` beyond its form. */
export const municipalityRules: readonly Rule[] = [
  {
    name: 'owner-unknown', level: 'notice',
    why: { ja: 'どの課にも届かない見直しは、忘れられます。', en: 'A review that reaches no office is forgotten.' },
    find({ texts, entries, municipality: { owners = {}, departments } }): Spot[] {
      const topics = new Set(entries.map(({ id }) => id.split('/')[0]!));
      const wrong = Object.entries(owners).flatMap(([topic, owner]): (Pick<Spot, 'what' | 'remedy'> & { topic: string })[] => {
        if (!topics.has(topic)) {
          return [{ topic, what: { ja: `「${topic}」という話題のフォルダーが faq にありません。`, en: `There is no topic “${topic}” below faq.` },
            remedy: { ja: 'フォルダーの名前を書くか、この行を消してください。', en: 'Write the name of a folder, or remove the line.' } }];
        }
        return departments[owner] !== undefined ? [] : [{ topic, what: { ja: `「${owner}」という部署は departments にありません。`, en: `There is no “${owner}” in departments.` },
          remedy: { ja: `${Object.keys(departments).join('、')} のどれかを書いてください。`, en: `Write one of ${Object.keys(departments).join(', ')}.` } }];
      });
      if (wrong.length === 0) return [];
      const { lineOf } = readMunicipality(texts.get(municipalityFile)!);
      return wrong.map(({ topic, ...rest }) => ({ file: municipalityFile, line: lineOf(['owners', topic]), ...rest }));
    },
  },
];
