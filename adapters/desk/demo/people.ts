import type { Locale } from '../../../knowledge/locales.ts';

/** How busy the hours of a day are, from midnight on. */
export const hours: readonly number[] = [2, 1, 0.5, 0.3, 0.3, 0.5, 2, 5, 8, 11, 12, 10, 12, 9, 8, 8, 8, 8, 7, 8, 10, 11, 8, 4];
/** How busy the days of a week are, from Sunday on: nobody telephones at the weekend, but some write. */
export const weekdays: readonly number[] = [0.5, 1.3, 1.1, 1, 1, 1.05, 0.6];

/** Where and in which language people write. */
export const sides: readonly { readonly channel: 'webchat' | 'line'; readonly locale: Locale; readonly weight: number }[] = [
  { channel: 'line', locale: 'ja', weight: 46 }, { channel: 'webchat', locale: 'ja', weight: 30 },
  { channel: 'webchat', locale: 'en', weight: 9 }, { channel: 'line', locale: 'en', weight: 5 },
  { channel: 'webchat', locale: 'ja-easy', weight: 7 }, { channel: 'line', locale: 'ja-easy', weight: 3 },
];

/** What people ask right after an answer, without saying of what. */
export const followUps: Readonly<Record<Locale, readonly string[]>> = {
  ja: ['いくらかかりますか', '土曜日でもいいですか', '代わりの人でもいい?', '何を持っていけばいいですか', 'いつまで?', '予約はいりますか', '家族のぶんも一緒にできますか'],
  en: ['how much is it?', 'can my wife go instead?', 'what do I need to bring', 'until when?', 'do I need an appointment?', 'also on Saturday?'],
  'ja-easy': ['お金は いくらですか', 'どこへ 行きますか', '何を 持って 行きますか', 'いつまで ですか'],
};

/** A matter no entry is about: the cover that hides the number. Many ask for it, each in other words. */
export const unknownMatter: Readonly<Record<Locale, readonly string[]>> = {
  ja: [
    'カードケースはもらえますか', 'カードの黒いカバーはどこで買えますか', '目隠しケースをなくした', '目隠し用のカバーはもらえますか', 'カードケース 配布', 'ビニールのケースが割れました',
    '透明のケースだけもう一枚ください', 'カバーが汚れたので交換したい', '番号が見えないカバーを売っているところ', '前にもらった目隠しケースが破けた', '番号を隠すカバーはどこにありますか',
    'カードのカバーだけ新しくしたい', '目隠しのケースって市役所でくれるの', 'ケースが割れたんだけど、どこでもらえる?', 'カードカバー 破損',
  ],
  en: ['can I get a new card sleeve', 'privacy sleeve for the card please', 'where do you hand out the sleeve for the card', 'card sleeve broken', 'I lost the plastic sleeve of the card', 'the sleeve that hides the number is torn'],
  'ja-easy': ['めかくしの ケースが ほしいです', 'カードの カバーは どこで もらえますか', 'カードの ケースが ほしいです'],
};

/** Matters of which nobody can say anything, each asked by one or two. */
export const oddMatters: readonly string[] = ['お年寄りのバス割引はカードでいいの', 'カードに点字を入れてほしい', '公民館の予約をマイナンバーカードでできますか', '本を借りるときカードをかざすだけでいい?', 'いま何人待っていますか'];
