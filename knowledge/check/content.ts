import { addDays, type Day } from '../days.ts';
import { lineOf, type Entry } from '../entry.ts';
import { bare } from '../search/fold.ts';
import { differences, figuresOf, numbersOf } from '../figures.ts';
import { plainLines } from '../markdown.ts';
import { bodyLines, inEntries, sentences, sibling, slotsOf, type CheckInput, type Rule } from './rule.ts';

const soon = (today: Day): Day => addDays(today, 30);
const leastPhrases = 12;
/** Guide ends are reached by a guide, not by a question, and carry no phrases. */
const isSearched = ({ phrases, id }: { phrases: readonly string[]; id: string }): boolean => phrases.length > 0 || !id.startsWith('guide-');
const lengthOf = (lines: readonly string[]): number => lines.join('').replace(/\s/gu, '').length;
const wordsOf = (lines: readonly string[]): number => lines.join(' ').split(/\s+/u).length;

const duplicates = (input: CheckInput, keyOf: (entry: CheckInput['entries'][number]) => readonly { key: string; line: number }[]): { spot: { file: string; line: number }; other: string }[] => {
  const seen = new Map<string, string>();
  return input.entries.flatMap((entry) => keyOf(entry).flatMap(({ key, line }) => {
    const other = seen.get(key);
    seen.set(key, other ?? entry.file);
    return other === undefined ? [] : [{ spot: { file: entry.file, line }, other }];
  }));
};

/** Whether an answer only sends people elsewhere: nothing but “ask”, without a figure, a step or a condition. */
const isEmptyAnswer = (text: string, locale: string): boolean => (locale === 'en'
  ? wordsOf([text]) < 30 && /\b(contact|ask|call|consult|enquire|inquire)\b/i.test(text)
  : lengthOf([text]) < 80 && /(お問い合わせ|問い合わせて|お尋ね|ご確認|ご相談|聞いてください|電話してください)/u.test(text)) && !/\d/.test(text.replace(/0\d+-\d+-\d+/g, ''));

/** Whether an entry has a file in a language, were it one that cannot be read. */
const isThere = ({ id }: Entry, locale: Entry['locale'], { texts, unread }: CheckInput): boolean => texts.has(`faq/${id}.${locale}.md`) || unread.has(`faq/${id}.${locale}.md`);

/** Rules about what an entry says, in any language. */
export const contentRules: readonly Rule[] = [
  {
    name: 'japanese-missing', level: 'error',
    why: { ja: '日本語が元の文です。日本語がないと、ほかの言語が正しいかを誰も確かめられません。', en: 'Japanese is the source; without it nobody can tell whether a translation is right.' },
    find: inEntries((entry, input) => (entry.locale === 'ja' || isThere(entry, 'ja', input) ? [] : [{ line: 1,
      what: { ja: 'この回答には日本語のファイルがありません。', en: 'This entry has no Japanese file.' },
      remedy: { ja: `faq/${entry.id}.ja.md を書いてください。`, en: `Write faq/${entry.id}.ja.md.` } }])),
  },
  {
    name: 'english-missing', level: 'notice',
    why: { ja: '英語で尋ねた方には、英語の回答がないと日本語が示されます。', en: 'Whoever asks in English gets Japanese where English is missing.' },
    find: inEntries((entry, input) => (entry.locale !== 'ja' || isThere(entry, 'en', input) ? [] : [{ line: 1,
      what: { ja: 'この回答には英語のファイルがありません。', en: 'This entry has no English file.' },
      remedy: { ja: `faq/${entry.id}.en.md を書いてください。`, en: `Write faq/${entry.id}.en.md.` } }])),
  },
  {
    name: 'translation-behind', level: 'notice',
    why: { ja: '日本語を直したあとに翻訳を直し忘れると、言語によって違うことを答えてしまいます。', en: 'A translation left behind says something else than the Japanese.' },
    find: inEntries((entry, input) => {
      const source = sibling(entry, 'ja', input);
      return entry.locale === 'ja' || source === undefined || source.checked <= entry.checked ? [] : [{ line: lineOf(entry, 'checked'),
        what: { ja: `日本語(${source.checked})より前に確かめたままです。`, en: `It was last verified before the Japanese (${source.checked}).` },
        remedy: { ja: '日本語と見比べて直し、checked を今日の日付にしてください。', en: 'Compare it with the Japanese, mend it, and set checked to today.' } }];
    }),
  },
  {
    name: 'figures-differ', level: 'error',
    why: { ja: '期限や金額が言語によって違うと、住民の方が損をします。', en: 'A deadline or fee that differs between languages costs residents dearly.' },
    find: inEntries((entry, input) => {
      const source = sibling(entry, 'ja', input);
      if (entry.locale === 'ja' || source === undefined) return [];
      const odd = differences(figuresOf(source.body), figuresOf(entry.body));
      return odd.length === 0 ? [] : [{ line: bodyLines(entry).find(({ text }) => odd.some((one) => text.includes(one) || numbersOf(text).includes(one)))?.line ?? entry.bodyLine,
        what: { ja: `日本語と合わない数字・電話番号・リンクがあります: ${odd.join('、')}`, en: `These figures, numbers or links differ from the Japanese: ${odd.join(', ')}` },
        remedy: { ja: '日付・金額・期間・電話番号・リンクを、どの言語でも同じにしてください。', en: 'Make dates, amounts, periods, telephone numbers and links the same in every language.' } }];
    }),
  },
  {
    name: 'expired', level: 'notice',
    why: { ja: '公開の終わりを過ぎた回答は、自動で引っ込みます。', en: 'An entry past its last day is withdrawn by itself.' },
    find: inEntries((entry, _input, today) => (entry.until === undefined || entry.until > soon(today) ? [] : [{ line: lineOf(entry, 'until'),
      what: entry.until < today ? { ja: `${entry.until} に公開が終わりました。今は表示されません。`, en: `It ended on ${entry.until} and is not served.` } : { ja: `${entry.until} に公開が終わります。`, en: `It ends on ${entry.until}.` },
      remedy: { ja: '続けるなら until を先の日付にし、終えるならファイルを消してください。', en: 'Set until to a later day to keep it, or delete the file.' } }])),
  },
  {
    name: 'review-past', level: 'notice',
    why: { ja: '制度は変わります。見直しの日を過ぎた回答は、古いかもしれません。', en: 'Rules change; an entry past its review may be out of date.' },
    find: inEntries((entry, _input, today) => (entry.review >= today ? [] : [{ line: lineOf(entry, 'review'),
      what: { ja: `見直す日(${entry.review})を過ぎています。`, en: `Its review (${entry.review}) is past.` },
      remedy: { ja: '内容を確かめ、checked を今日に、review を次の見直し日にしてください。', en: 'Verify it, set checked to today and review to the next day.' } }])),
  },
  {
    name: 'answer-empty', level: 'error',
    why: { ja: '「お問い合わせください」だけでは、尋ねた方の時間を奪うだけです。', en: '“Please ask us” and nothing else only costs people time.' },
    find: inEntries(({ body, bodyLine, locale }) => (isEmptyAnswer(plainLines(body).join(' '), locale) ? [{ line: bodyLine,
      what: { ja: '問い合わせを勧めるだけで、答えがありません。', en: 'It only sends people elsewhere and answers nothing.' },
      remedy: { ja: '分かっていること(期間、金額、持ち物、期限)を先に書いてください。', en: 'First say what is known: how long, how much, what to bring, by when.' } }] : [])),
  },
  {
    name: 'answer-long', level: 'notice',
    why: { ja: '長い回答は、スマートフォンの小さな画面では読まれません。', en: 'Long answers are not read on a small screen.' },
    find: inEntries(({ body, bodyLine, locale }) => {
      const lines = plainLines(body);
      const [size, most] = locale === 'en' ? [wordsOf(lines), 300] : [lengthOf(lines), locale === 'ja' ? 600 : 450];
      return size <= most ? [] : [{ line: bodyLine,
        what: { ja: `回答が長すぎます(${size}${locale === 'en' ? '語' : '文字'})。`, en: `The answer is too long (${size} ${locale === 'en' ? 'words' : 'characters'}).` },
        remedy: { ja: `${most}${locale === 'en' ? '語' : '文字'}までに縮めるか、2つの回答に分けてください。`, en: `Cut it to ${most}, or make two entries of it.` } }];
    }),
  },
  {
    name: 'sentence-long', level: 'notice',
    why: { ja: '長い文は読み返さないと分かりません。', en: 'A long sentence has to be read twice.' },
    find: inEntries((entry) => (entry.locale === 'ja-easy' ? [] : sentences(entry).flatMap(({ text, line }) => {
      const [size, most] = entry.locale === 'en' ? [wordsOf([text]), 30] : [lengthOf([text]), 80];
      return size <= most ? [] : [{ line, what: { ja: `1文が長すぎます(${size}): 「${text.slice(0, 30)}…」`, en: `A sentence is too long (${size}): “${text.slice(0, 40)}…”` },
        remedy: { ja: '2つの文に分けるか、箇条書きにしてください。', en: 'Make two sentences or a list of it.' } }];
    }))),
  },
  {
    name: 'phrases-few', level: 'notice',
    why: { ja: '住民の方の聞き方が多いほど、検索が当たります。いちばん効く手入れです。', en: 'The more ways to ask an entry knows, the better it is found; nothing helps more.' },
    find: inEntries((entry) => (entry.locale === 'ja-easy' || !isSearched(entry) || entry.phrases.length >= leastPhrases ? [] : [{ line: lineOf(entry, 'phrases'),
      what: { ja: `聞き方(phrases)が${entry.phrases.length}個しかありません。`, en: `It has only ${entry.phrases.length} phrases.` },
      remedy: { ja: `ことばを変えて、${leastPhrases}個以上書いてください。`, en: `Write ${leastPhrases} or more, in different words.` } }])),
  },
  {
    name: 'phrase-twice', level: 'notice',
    why: { ja: '同じ聞き方が2つの回答にあると、どちらを答えるか決められません。', en: 'With the same phrase in two entries neither can be the answer.' },
    find: (input) => duplicates(input, ({ phrases, phraseLines, locale }) => (locale === 'ja-easy' ? [] : phrases.map((phrase, index) => ({ key: `${locale} ${bare(phrase)}`, line: phraseLines[index]! }))))
      .map(({ spot, other }) => ({ ...spot, what: { ja: `同じ聞き方が ${other} にもあります。`, en: `The same phrase stands in ${other} too.` },
        remedy: { ja: 'より合うほうに残し、もう一方からは消してください。', en: 'Keep it where it fits best and remove the other.' } })),
  },
  {
    name: 'title-twice', level: 'notice',
    why: { ja: '同じ題名の選択肢が並ぶと、選べません。', en: 'Nobody can choose between two equal titles.' },
    find: (input) => duplicates(input, (entry) => [{ key: `${entry.locale} ${bare(entry.title)}`, line: lineOf(entry, 'title') }])
      .map(({ spot, other }) => ({ ...spot, what: { ja: `同じ題名が ${other} にもあります。`, en: `${other} has the same title.` },
        remedy: { ja: '違いが分かる題名にしてください。', en: 'Give it a title that tells them apart.' } })),
  },
  {
    name: 'related-unknown', level: 'notice',
    why: { ja: 'ない回答への案内は、選択肢から消えます。', en: 'A pointer to nothing is dropped from the choices.' },
    find: inEntries((entry, { entries }) => entry.related.filter((id) => !entries.some((other) => other.id === id)).map((id) => ({ line: lineOf(entry, 'related'),
      what: { ja: `related の「${id}」という回答はありません。`, en: `There is no entry “${id}”, named in related.` },
      remedy: { ja: '正しい名前に直すか、消してください。', en: 'Correct the name or remove it.' } }))),
  },
  {
    name: 'slot-unknown', level: 'error',
    why: { ja: '埋められない欄のある段落は、住民の方に見えなくなります。', en: 'A paragraph with a slot nobody fills is never shown.' },
    find: inEntries((entry, input) => {
      const known = entry.slots.length === 0 ? [] : slotsOf(entry.id, input);
      const names = known.map((name) => `{${name}}`).join(' ');
      return entry.slots.filter((slot) => !known.includes(slot)).map((slot) => ({
        line: bodyLines(entry).find(({ text }) => text.includes(`{${slot}}`))?.line ?? entry.bodyLine,
        what: { ja: `埋められない欄 {${slot}} があります。`, en: `The slot {${slot}} cannot be filled.` },
        remedy: { ja: `使える欄: ${names}`, en: `Slots to use: ${names}` } }));
    }),
  },
  {
    name: 'link-not-allowed', level: 'error',
    why: { ja: '公式でないページへ案内すると、住民の方が危険にさらされます。', en: 'A link to a page that is not official puts residents at risk.' },
    find: inEntries((entry, { municipality }) => entry.body.flatMap((block) => (block.kind === 'paragraph' ? [block.spans] : block.items).flatMap((spans, index) =>
      spans.flatMap(({ link }) => {
        if (link === undefined || /^(\{|%7B)\w+(\}|%7D)$/.test(link) || /^tel:[\d+#-]+$/.test(link)) return [];
        const host = /^https:\/\/([^/:?#]+)/.exec(link)?.[1];
        if (host !== undefined && municipality.linkHosts.some((allowed) => host === allowed || host.endsWith(`.${allowed}`))) return [];
        return [{ line: entry.bodyLine + block.line - 1 + index,
          what: { ja: `使えないリンクです: ${link}`, en: `This link is not allowed: ${link}` },
          remedy: { ja: 'https:// で始まる公式ページにするか、municipality.yaml の linkHosts に加えてください。', en: 'Use an official page that begins with https://, or add its host to linkHosts in municipality.yaml.' } }];
      })))),
  },
];
