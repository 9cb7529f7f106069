import { createBot, type Bot } from '../../../bot/bot.ts';
import { kinds, type Activity } from '../../../bot/engine.ts';
import type { Store } from '../../../bot/store/store.ts';
import { addDays, momentIn, weekday, type Day } from '../../../knowledge/days.ts';
import { isServed } from '../../../knowledge/entry.ts';
import type { Library } from '../../../knowledge/library.ts';
import type { Locale } from '../../../knowledge/locales.ts';
import type { Question } from '../../../knowledge/questions.ts';
import { runTurn } from '../../run-turn.ts';
import { withProgress } from '../progress.ts';
import { openChance, type Chance } from './chance.ts';
import { followUps, hours, oddMatters, sides, unknownMatter, weekdays } from './people.ts';

/** What a stretch of traffic is made from. */
export interface Scene {
  readonly library: Library;
  readonly questions: readonly Question[];
  readonly store: Store;
  readonly timeZone: string;
  /** The last day. */
  readonly until: Day;
  readonly days: number;
  /** Visits on a usual day. */
  readonly visits: number;
  /** What is called on a terminal while it goes on. */
  readonly label?: string;
}

/** Somebody who comes with a question. */
interface Visit {
  readonly at: number;
  readonly channel: 'webchat' | 'line';
  readonly locale: Locale;
  readonly who: string;
  readonly question: string;
  /** Nothing that is offered is what they look for. */
  readonly isUnknown: boolean;
}

const seed = 20261122;
/** Residents who have the city as a friend on LINE; they come again. */
const friends = 600;
/** Of a hundred who come: with a phrase of an entry, a question staff keep, another office's matter, the matter nobody has written about, something odd. */
const matters = [72, 12, 9, 5.5, 1.5];
const minute = 60_000;

/** Entries by how often they are asked for: a few very often, many hardly ever, some never. */
function popularity(library: Library, locale: Locale, until: Day, chance: Chance): { phrases: readonly string[]; weight: number }[] {
  const asked = library.entries.filter((entry) => entry.locale === locale && entry.phrases.length > 0 && isServed(entry, until));
  const order = asked.map((entry) => ({ entry, place: chance.below(1e6) })).sort((a, b) => a.place - b.place);
  return order.slice(0, Math.ceil(order.length * 0.9)).map(({ entry: { phrases } }, at) => ({ phrases, weight: 1 / (at + 2) }));
}

/** A slip of the thumb: two signs change places, or one is missing. */
function mistyped(text: string, chance: Chance): string {
  const signs = [...text];
  if (signs.length < 6) return text;
  const at = 1 + chance.below(signs.length - 2);
  return [...signs.slice(0, at), ...(chance.happens(0.5) ? [] : [signs[at + 1]!]), ...(chance.happens(0.5) ? [signs[at]!] : []), ...signs.slice(at + 2)].join('');
}

/** Who comes when with what, in the order of time. */
function planVisits({ library, questions, timeZone, until, days, visits }: Scene, chance: Chance): Visit[] {
  const popular = { ja: popularity(library, 'ja', until, chance), en: popularity(library, 'en', until, chance), 'ja-easy': popularity(library, 'ja-easy', until, chance) };
  const language = (locale: Locale): 'ja' | 'en' => (locale === 'en' ? 'en' : 'ja');
  /** A matter the files have nothing for becomes one of the known. */
  const texts = (locale: Locale): readonly (readonly string[])[] => {
    const known = popular[locale].length === 0 ? popular.ja : popular[locale];
    const elsewhere = Object.values(library.elsewhere).flatMap(({ phrases }) => phrases[language(locale)]);
    const kept = questions.filter(({ lang, turns }) => lang === language(locale) && turns.length === 1).map(({ turns: [text] }) => text!);
    return [known[chance.weighed(known.map(({ weight }) => weight))]!.phrases, kept, elsewhere, unknownMatter[locale], locale === 'ja' ? oddMatters : elsewhere];
  };
  const question = (locale: Locale): string => {
    const [known = [], ...others] = texts(locale);
    const wanted = [known, ...others][chance.weighed(matters)]!;
    return chance.one(wanted.length === 0 ? known : wanted);
  };
  return Array.from({ length: days }, (_, at) => addDays(until, at + 1 - days)).flatMap((day) => {
    const count = Math.round(visits * weekdays[weekday(day)]! * (0.8 + chance.below(400) / 1000));
    return Array.from({ length: count }, (_, number): Visit => {
      const side = sides[chance.weighed(sides.map(({ weight }) => weight))]!;
      const asked = question(side.locale);
      return {
        at: momentIn(timeZone, day, chance.weighed(hours) * 60 + chance.below(60)).getTime(), channel: side.channel, locale: side.locale,
        who: side.channel === 'line' ? `line-${side.locale}-${chance.below(friends)}` : `web-${day}-${number}`,
        question: chance.happens(0.06) ? mistyped(asked, chance) : asked, isUnknown: unknownMatter[side.locale].includes(asked),
      };
    });
  }).sort((a, b) => a.at - b.at);
}

type Tap = { readonly title: string; readonly value: string };

/** A visit turn by turn: the question, what is tapped of the answer, a question that goes on from it, a vote. */
async function visit(bot: Bot, { channel, locale, who, question, at, isUnknown }: Visit, number: number, chance: Chance, clock: (now: number) => void): Promise<number> {
  let turns = 0;
  let now = at;
  let taps: Tap[] = [];
  const send = async (more: Partial<Activity>): Promise<void> => {
    clock(now);
    turns += 1;
    const replies = await runTurn(bot, {
      type: kinds.message, id: `${number}-${turns}`, channelId: channel, locale, conversation: { id: who, isGroup: false, conversationType: '', name: '' },
      from: { id: who, name: '' }, recipient: { id: 'bot', name: '' }, ...more,
    } as Partial<Activity>);
    taps = replies.flatMap(({ suggestedActions }) => suggestedActions?.actions ?? []).map(({ title, value }) => ({ title, value: String(value) }));
    now += (20 + chance.below(70)) * 1000;
  };
  const tap = ({ title, value }: Tap): Promise<void> => send({ text: title, value });
  const tapsOf = (kind: string): Tap[] => taps.filter(({ value }) => value.startsWith(kind));
  if (channel === 'line' && locale === 'ja-easy') await send({ text: 'やさしい日本語', value: 'language:ja-easy' });
  await send({ text: question });
  const offered = tapsOf('entry:');
  const isAnswered = tapsOf('vote:').length > 0;
  if (!isAnswered && !isUnknown && offered.length > 0 && offered.length <= 3 && chance.happens(0.75)) await tap(offered[chance.weighed([6, 2, 1].slice(0, offered.length))]!);
  if (tapsOf('vote:').length === 0) return turns;
  if (chance.happens(0.28)) {
    const [useful, useless] = tapsOf('vote:') as [Tap, Tap];
    // One answer in eight, always the same ones, is out of date or says what nobody wanted to know.
    const isBad = [...useful.value].reduce((sum, sign) => sum + sign.codePointAt(0)!, 0) % 8 === 0;
    await tap(chance.happens(isUnknown ? 0 : isBad ? 0.35 : 0.88) ? useful : useless);
    return turns;
  }
  if (chance.happens(0.2)) await send({ text: chance.one(followUps[locale]) });
  else if (chance.happens(0.15) && tapsOf('entry:').length > 0) await tap(chance.one(tapsOf('entry:')));
  return turns;
}

/**
 * Plays residents to the real bot, day after day, the same each time. The store keeps the question log alone: no conversation is left.
 * @returns how many came, and how many turns that made
 */
export async function playTraffic(scene: Scene): Promise<{ visits: number; turns: number }> {
  const { library, store, until, days, timeZone } = scene;
  const chance = openChance(seed);
  let now = 0;
  const bot = createBot({
    store, library: () => library, today: () => until, idleHours: 24, now: () => now, questionLog: { key: 'of made-up residents', days: 365 },
    report: ({ error }) => { if (error !== undefined) throw error; },
  });
  const visits = planVisits(scene, chance).filter(({ at }) => at < momentIn(timeZone, until, 24 * 60).getTime() - 10 * minute && at >= momentIn(timeZone, addDays(until, 1 - days), 0).getTime());
  let turns = 0;
  let number = 0;
  for (const one of withProgress(visits, scene.label ?? '')) turns += await visit(bot, one, number++, chance, (moment) => { now = moment; });
  await store.forgetBefore(new Date(Date.now() + minute));
  return { visits: visits.length, turns };
}
