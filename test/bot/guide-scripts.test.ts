import { describe, expect, test } from '@jest/globals';
import { openStep, withAnswer } from '../../bot/walk.ts';
import { addDays } from '../../knowledge/days.ts';
import type { Answers, Guide, GuideContext } from '../../knowledge/guides/guide.ts';
import { guides } from '../../knowledge/guides/index.ts';
import type { Library } from '../../knowledge/library.ts';
import { inLocale, type Locale } from '../../knowledge/locales.ts';
import { guideContext } from '../../knowledge/municipality.ts';
import type { Arrival } from '../../knowledge/policies/rule.ts';
import { shippedLibrary, talkWith, today } from '../helpers.ts';

const library: Library = await shippedLibrary();
const context: GuideContext = guideContext(library.municipality, today);
/** Days before and after today that meet every limit of the tables. */
const days = [-400, -200, -100, -70, -35, -25, -16, -10, -7, -1, 0, 5, 30, 100, 300, 2000].map((count) => addDays(today, count));

interface Script {
  readonly rule: string;
  readonly answers: Answers;
  readonly arrival: Arrival;
}

/** One way to every rule of a guide, the shortest there is. */
function scriptsOf(guide: Guide): Script[] {
  const found = new Map<string, Script>();
  let open: Answers[] = [{}];
  while (open.length > 0) {
    const next: Answers[] = [];
    for (const answers of open) {
      const step = openStep(guide, answers, context);
      if (step === undefined) {
        const arrival = guide.arrive(answers, context);
        if (!found.has(arrival.rule)) found.set(arrival.rule, { rule: arrival.rule, answers, arrival });
        continue;
      }
      const some = step.day === undefined ? [] : days.filter((day) => step.day === 'printed' || (step.day === 'any' ? day <= addDays(today, 365) : day <= today));
      for (const value of [...step.options.map((option) => option.value), ...some]) next.push(withAnswer(guide, answers, step.id, value));
    }
    open = next;
  }
  return [...found.values()];
}

/** What a resident types for an answer: the words of the option, or the day as people write it. */
function typed(guide: Guide, step: string, value: string, locale: Locale): string {
  const option = guide.steps.find(({ id }) => id === step)!.options.find((one) => one.value === value);
  if (option !== undefined) return inLocale(option.say, locale);
  const [year, month, day] = value.split('-').map(Number);
  return locale === 'en' ? `${day} ${['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'][month! - 1]} ${year}` : `${year}年${month}月${day}日`;
}

describe.each(guides.map((guide) => [guide.id, guide] as const))('the guide %s', (_, guide) => {
  const scripts = scriptsOf(guide).flatMap((script) => (['ja', 'en'] as const).map((locale) => ({ ...script, locale, said: Object.entries(script.answers).map(([step, value]) => typed(guide, step, value, locale)) })));
  test.each(scripts.map((script) => [script.rule, script.locale, script.said.map((words) => `「${words}」`).join(' '), script.arrival.entry, script] as const))('%s in %s: %s → %s', async (_rule, locale, _said, entry, script) => {
    const talk = await talkWith({ library, locale });
    if (locale === 'en') await talk.say('English');
    await talk.tap(`guide:${guide.id}`);
    for (const words of script.said) await talk.say(words);
    expect(talk.heard).toContain(`**${library.entry(entry, locale, today)!.title}**`);
    expect(talk.heard).not.toMatch(/\{\w+\}/);
    expect(talk.reports.at(-1)).toMatchObject({ outcome: 'answered', entry });
  });
});

describe('an open guide', () => {
  test.each([
    ['マイナンバーカードをなくしました', 'たぶん', 'どれにあたるか'], ['I lost my card', 'I think so', 'which'], ['I lost my card', 'maybe', 'which'],
  ])('asks again after a word of doubt, and does not repeat what was shown before: %s, %s', async (first, doubt, words) => {
    const talk = await talkWith({ library });
    await talk.say(first);
    await talk.tap('guide:lost');
    await talk.say(doubt);
    expect(talk.heard).toContain(words);
    expect(talk.reports.at(-1)).toMatchObject({ outcome: 'guiding', entry: undefined });
  });
  test('answers a question about what was shown before, and goes on', async () => {
    const talk = await talkWith({ library });
    await talk.say('マイナンバーカードをなくしました');
    await talk.tap('guide:lost');
    await talk.say('警察にも言うんですか?');
    expect(talk.heard).toContain('警察');
    expect(talk.reports.at(-1)).toMatchObject({ outcome: 'answered' });
  });
});
