import { writtenIn } from '../../bot/language.ts';
import { isLocale } from '../../knowledge/locales.ts';
import { languageIn, loadLibrary, readWords, sayIn, settings, UsageError, type Command } from './command.ts';
import { candidatesOf, explain } from './explain.ts';

/** Shows what a question would be answered, and why. */
export const ask: Command = {
  usage: '"質問" [--lang ja|en|ja-easy] [--json]',
  about: { ja: '質問に何と答えるかと、その理由を表示します。', en: 'Shows what a question would be answered, and why.' },
  examples: [
    { words: '"引っ越しました"', about: { ja: '何と答えるか、なぜそう答えるか', en: 'what is answered, and why' } },
    { words: '"I lost my card" --lang en', about: { ja: '英語で聞いたとき(説明も英語)', en: 'in English, explained in English' } },
  ],
  exits: { ja: '0 表示した、2 実行できなかった', en: '0 shown, 2 could not run' },
  async run(words) {
    const { values, positionals } = readWords(words, { lang: { type: 'string' }, json: { type: 'boolean', default: false } }, Infinity);
    const question = positionals.join(' ').trim();
    if (question === '') throw new UsageError({ ja: '質問を "…" で囲んで書いてください。', en: 'Write the question between "…".' });
    if (values.lang !== undefined && !isLocale(values.lang)) throw new UsageError({ ja: '--lang には ja、en、ja-easy のどれかを書いてください。', en: 'Write ja, en or ja-easy after --lang.' });
    const { folder, today } = settings();
    const library = await loadLibrary(folder, sayIn(languageIn(words)));
    const written = writtenIn(question, library.otherLanguages);
    const locale = values.lang ?? (written !== undefined && 'language' in written ? written.language : 'ja');
    const verdict = library.answer(question, locale === 'en' ? 'en' : 'ja', today);
    const candidates = candidatesOf(verdict, library, locale, today);
    if (values.json) {
      console.log(JSON.stringify({ question, locale, outcome: verdict.kind, confidence: verdict.confidence, candidates, grounds: verdict.grounds }, undefined, 2));
      return 0;
    }
    console.log(explain(question, verdict, candidates, library, locale === 'en' ? 'en' : 'ja'));
    return 0;
  },
};
