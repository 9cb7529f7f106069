import { writtenIn } from '../../bot/language.ts';
import { isLocale } from '../../knowledge/locales.ts';
import { loadLibrary, readWords, settings, UsageError, type Command } from './command.ts';

const shown = 5;

/** Shows what a question would be answered, and why. */
export const ask: Command = {
  usage: '"質問" [--lang ja|en|ja-easy] [--json]',
  about: { ja: '質問に何と答えるかと、その理由を表示します。', en: 'Shows what a question would be answered, and why.' },
  async run(words) {
    const { values, positionals } = readWords(words, { lang: { type: 'string' }, json: { type: 'boolean', default: false } });
    const question = positionals.join(' ').trim();
    if (question === '') throw new UsageError('質問を "…" で囲んで書いてください。');
    if (values.lang !== undefined && !isLocale(values.lang)) throw new UsageError('--lang には ja、en、ja-easy のどれかを書いてください。');
    const { folder, today } = settings();
    const library = await loadLibrary(folder);
    const written = writtenIn(question, library.otherLanguages);
    const locale = values.lang ?? (written !== undefined && 'language' in written ? written.language : 'ja');
    const verdict = library.answer(question, locale === 'en' ? 'en' : 'ja', today);
    const candidates = verdict.hits.slice(0, shown).map((hit) => ({ ...hit, title: library.entry(hit.entry, locale, today)?.title }));
    if (values.json) {
      console.log(JSON.stringify({ question, locale, outcome: verdict.kind, confidence: verdict.confidence, candidates }, undefined, 2));
      return 0;
    }
    const outcome = { one: '1つの回答を示します', choose: '選択肢を示します', none: '「見つかりませんでした」と答えます' }[verdict.kind];
    console.log(`質問: ${question}\n結果: ${outcome}(確信度 ${verdict.confidence.toFixed(2)})\n`);
    for (const { entry, title, score, words: matched } of candidates) {
      console.log(`  ${score.toFixed(2).padStart(6)}  ${entry}  「${title}」\n          合ったことば: ${matched.join('、') || 'なし(音の近さだけ)'}`);
    }
    return 0;
  },
};
