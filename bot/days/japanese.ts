import { addDays, addMonths, dayFrom, weekday, type Day } from '../../knowledge/days.ts';
import { fold } from '../../knowledge/search/fold.ts';

/** What a text says about a day: one or several days it may mean, or a day that is not in the calendar. */
export type DayReading = {
  readonly days: readonly Day[];
  /** A month or a week was named rather than a day. */
  readonly about?: boolean;
  /** The year was not said. */
  readonly yearOpen?: boolean;
  /** Day and month may stand the other way round: 3/10. */
  readonly twoOrders?: boolean;
} | 'not-real' | undefined;
type Reader = (match: RegExpExecArray, today: Day) => DayReading;

const eras: Readonly<Record<string, number>> = { 令和: 2018, r: 2018, 平成: 1988, h: 1988, 昭和: 1925, s: 1925 };
const namedDays: Readonly<Record<string, number>> = {
  今日: 0, 本日: 0, きょう: 0, さっき: 0, けさ: 0, 今朝: 0, 昨日: -1, きのう: -1, ゆうべ: -1, 昨夜: -1, 一昨日: -2, おととい: -2, 先一昨日: -3, さきおととい: -3,
  明日: 1, あした: 1, あす: 1, 明後日: 2, あさって: 2,
};
const namedWeeks: Readonly<Record<string, number>> = { 先々週: -2, 先週: -1, 今週: 0, 来週: 1, 再来週: 2 };
const namedMonths: Readonly<Record<string, number>> = { 先々月: -2, 先月: -1, 今月: 0, 来月: 1, 再来月: 2 };
const namedYears: Readonly<Record<string, number>> = { 一昨年: -2, おととし: -2, 去年: -1, 昨年: -1, 今年: 0, 来年: 1 };
const partsOfMonth: readonly (readonly [RegExp, number])[] = [
  [/上旬|初め|はじめ|始め|頭|あたま/u, 5], [/中旬|半ば|なかば|中頃|中ごろ/u, 15], [/下旬|終わり|おわり|末/u, 25],
];
const weekdays = '日月火水木金土';
const partWords = '上旬|初め|はじめ|始め|頭|あたま|中旬|半ば|なかば|中頃|中ごろ|下旬|終わり|おわり|末';

const alternatives = (names: Readonly<Record<string, unknown>>): string => Object.keys(names).join('|');
const one = (day: Day | undefined): DayReading => (day === undefined ? 'not-real' : { days: [day] });
const about = (day: Day | undefined): DayReading => (day === undefined ? 'not-real' : { days: [day], about: true });
const partDay = (part: string | undefined): number => partsOfMonth.find(([words]) => words.test(part ?? ''))?.[1] ?? 15;

/** The month and day in last, this and next year, where they exist. */
function anyYear(month: number, date: number, today: Day): DayReading {
  const year = Number(today.slice(0, 4));
  const days = [year - 1, year, year + 1].map((candidate) => dayFrom(candidate, month, date)).filter((day) => day !== undefined);
  return days.length === 0 ? 'not-real' : { days, yearOpen: true };
}

const unit = '(日|週間?|[かヶケカヵ箇]?月|年)';
function away(today: Day, count: number, name: string): Day {
  if (name.startsWith('日')) return addDays(today, count);
  if (name.startsWith('週')) return addDays(today, count * 7);
  return addMonths(today, name === '年' ? count * 12 : count);
}

/** Ways to name a day, most exact first; the first that matches counts. */
const readers: readonly (readonly [RegExp, Reader])[] = [
  [/(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})/u, ([, y, m, d]) => one(dayFrom(Number(y), Number(m), Number(d)))],
  [/(令和|平成|昭和|(?<![a-z])[rhs])\s*(\d{1,2}|元)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})/u,
    ([, era, y, m, d]) => one(dayFrom(eras[era!]! + (y === '元' ? 1 : Number(y)), Number(m), Number(d)))],
  [new RegExp(`(${alternatives(namedYears)})の?(\\d{1,2})月の?(?:(\\d{1,2})日?|(${partWords}))?`, 'u'), ([, name, m, d, part], today) => {
    const year = Number(today.slice(0, 4)) + namedYears[name!]!;
    return d === undefined ? about(dayFrom(year, Number(m), partDay(part))) : one(dayFrom(year, Number(m), Number(d)));
  }],
  [new RegExp(`(${alternatives(namedMonths)})の?(?:(\\d{1,2})日|(${partWords}))?`, 'u'), ([, name, d, part], today) => {
    const month = addMonths(`${today.slice(0, 7)}-01`, namedMonths[name!]!);
    const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
    return d === undefined ? about(dayFrom(year, number, partDay(part))) : one(dayFrom(year, number, Number(d)));
  }],
  [new RegExp(`(${alternatives(namedWeeks)})の?(?:([${weekdays}])曜?|(初め|はじめ|終わり|末))?`, 'u'), ([, name, wanted, part], today) => {
    const monday = addDays(today, namedWeeks[name!]! * 7 - ((weekday(today) + 6) % 7));
    if (wanted === undefined) return { days: [addDays(monday, part === undefined ? 2 : /[終末]/u.test(part) ? 5 : 0)], about: true };
    return one(addDays(monday, (weekdays.indexOf(wanted) + 6) % 7));
  }],
  [/(\d{1,2})\s*[/月-]\s*(\d{1,2})(?:日|(?![\d週か]))/u, ([, m, d], today) => anyYear(Number(m), Number(d), today)],
  [new RegExp(`(\\d{1,2})月の?(${partWords})?`, 'u'), ([, m, part], today) => {
    const read = anyYear(Number(m), partDay(part), today);
    return typeof read === 'object' ? { ...read, about: true } : read;
  }],
  [/半年(?:ほど|くらい|ぐらい)?(?:前|まえ)/u, (_, today) => about(addMonths(today, -6))],
  [/半月(?:ほど|くらい|ぐらい)?(?:前|まえ)/u, (_, today) => about(addDays(today, -15))],
  [new RegExp(`(\\d{1,3})\\s*${unit}(半)?(?:ほど|くらい|ぐらい|ごろ|頃|近く|以上)?(前|まえ|後|あと|先|も?(?:た[っつち]|経[っつち過]|待[っち]|まっ|過ぎ|すぎ))`, 'u'), ([, n, name, half, direction], today) => {
    // 3週間前, and 3週間たった or 待った since then.
    const sign = /^(?:後|あと|先)/u.test(direction!) ? 1 : -1;
    const day = away(today, sign * Number(n), name!);
    const halfDays = name!.startsWith('週') ? 4 : name === '年' ? 182 : 15;
    return name === '日' ? one(day) : about(half === undefined ? day : addDays(day, sign * halfDays));
  }],
  [new RegExp(alternatives(namedDays), 'u'), ([name], today) => one(addDays(today, namedDays[name]!))],
  [new RegExp(`(?:この前の|前の|次の|今度の)?([${weekdays}])曜`, 'u'), ([text, wanted], today) => {
    const forward = (weekdays.indexOf(wanted!) - weekday(today) + 7) % 7;
    if (/次|今度/u.test(text)) return one(addDays(today, forward || 7));
    return { days: [addDays(today, (forward || 7) - 7), addDays(today, forward)] };
  }],
  [/^(\d{1,2})日/u, ([, d], today) => {
    const days = [-1, 0, 1].map((months) => addMonths(`${today.slice(0, 7)}-01`, months))
      .map((first) => dayFrom(Number(first.slice(0, 4)), Number(first.slice(5, 7)), Number(d))).filter((day) => day !== undefined);
    return days.length === 0 ? 'not-real' : { days };
  }],
];

const kanjiDigits = '〇一二三四五六七八九';
/** 三週間前 → 3週間前, 二十五日 → 25日; names such as 一昨日 stay. */
const withDigits = (text: string): string => text.replace(/[一二三四五六七八九十〇]+(?=(?:日|週|[かヶケカヵ箇]?月|年)(?!曜))/gu, (kanji) => {
  const [tens, ones] = kanji.includes('十') ? kanji.split('十') : ['0', kanji];
  const digit = (sign: string | undefined, empty: number): number => (sign === undefined || sign === '' ? empty : Math.max(0, kanjiDigits.indexOf(sign)));
  return kanji.includes('十') ? String(digit(tens, 1) * 10 + digit(ones, 0)) : [...kanji].map((sign) => digit(sign, 0)).join('');
});

/** Finds the day a Japanese text names; several days where the year or direction is open. */
export function readJapaneseDay(text: string, today: Day): DayReading {
  const said = withDigits(fold(text));
  for (const [pattern, read] of readers) {
    const match = pattern.exec(said);
    if (match !== null) return read(match, today);
  }
  return undefined;
}
