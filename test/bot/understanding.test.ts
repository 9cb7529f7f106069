import { beforeAll, describe, expect, test } from '@jest/globals';
import { choiceId, readChoice, type Choice } from '../../bot/choice.ts';
import { newConversation } from '../../bot/conversation.ts';
import { hearDay } from '../../bot/days/hear-day.ts';
import { hear, typedNumber } from '../../bot/hear.ts';
import { writtenIn } from '../../bot/language.ts';
import { optionMeant, openStep, stepBack, takeAnswer, withAnswer } from '../../bot/walk.ts';
import type { DayKind } from '../../knowledge/guides/guide.ts';
import { relocation } from '../../knowledge/guides/relocation.ts';
import { status } from '../../knowledge/guides/status.ts';
import type { Library } from '../../knowledge/library.ts';
import { usualTimes } from '../../knowledge/policies/status.ts';
import { smallLibrary } from '../helpers.ts';

describe('choices', () => {
  test('ids are read back as what they were made of', () => {
    const choices: Choice[] = [
      { kind: 'entry', entry: 'moving/other-ward' }, { kind: 'guide', guide: 'status' }, { kind: 'command', command: 'back' }, { kind: 'language', locale: 'ja-easy' },
      { kind: 'answer', guide: 'status', version: 1, step: 'applied_on', value: '2026-11-01' },
    ];
    expect(choices.map(choiceId).map(readChoice)).toEqual(choices);
  });
  test.each(['', 'entry:', 'entry:../../etc', 'guide:status.x/a=b', 'do:nothing', 'language:fr', 'javascript:alert(1)', '123456789018', 'entry:123456789018/x', 'guide:status.1/a=123456789018', 'guide:status.1234/a=5678-90-18'])('%j means nothing', (id) => {
    expect(readChoice(id)).toBeUndefined();
  });
});

describe('numbers of options as people type them', () => {
  test.each([['2', 2], ['２', 2], ['②', 2], ['2番', 2], ['二', 2], ['2番目です。', undefined], ['option 2', 2], ['No.2', 2], ['2つ目', 2], ['10月3日', undefined], ['2026', undefined], ['二人分', undefined]])('%s is %s', (text, number) => {
    expect(typedNumber(text)).toBe(number);
  });
});

describe('languages', () => {
  test.each([['カード', 'ja'], ['住民票', 'ja'], ['ｶｰﾄﾞ', 'ja'], ['FAQはどこ', 'ja'], ['my number card はどこ', 'ja'], ['Where is it?', 'en'], ['ＨＥＬＰ', 'en'], ['123', undefined], ['🐶', undefined], ['?', undefined]])('%s is %s', (text, language) => {
    const written = writtenIn(text, {});
    expect(written !== undefined && 'language' in written ? written.language : undefined).toBe(language);
  });
});

describe('days as people write them, on Tuesday 24 November 2026', () => {
  const on = '2026-11-24';
  const day = (text: string, kind: DayKind, language: 'ja' | 'en') => {
    const heard = hearDay(text, kind, language, on);
    return heard && ('day' in heard ? heard.day : 'which' in heard ? heard.which.join(' ') : heard.unclear);
  };
  test.each([
    ['10月3日', '2026-10-03'], ['１０月３日', '2026-10-03'], ['十月三日', '2026-10-03'], ['先週の月曜', '2026-11-16'], ['3週間前', '2026-11-03'], ['三週間前', '2026-11-03'], ['申請して3週間たっても', '2026-11-03'], ['もう2か月待っています', '2026-09-24'], ['3週間後', 'day_future'], ['令和8年10月3日', '2026-10-03'],
    ['Ｒ８．１０．３', '2026-10-03'], ['10/3', '2026-10-03'], ['昨日', '2026-11-23'], ['一昨日', '2026-11-22'], ['おととい', '2026-11-22'], ['先月', '2026-10-15'], ['10月上旬', '2026-10-05'], ['1か月ほど前', '2026-10-24'],
    ['12月1日', '2025-12-01'], ['2026年10月3日に出しました', '2026-10-03'], ['月曜', '2026-11-23'], ['5日', '2026-11-05'], ['2月30日', 'day_not_real'], ['来月3日', 'day_future'], ['2014年3月3日', 'day_early'], ['わかりません', undefined],
  ])('%s, in the past: %s', (text, expected) => {
    expect(day(text, 'past', 'ja')).toBe(expected);
  });
  test.each([['来月3日', '2026-12-03'], ['来週の日曜', '2026-12-06'], ['12月1日', '2026-12-01'], ['あさって', '2026-11-26'], ['2029年1月1日', 'day_far']])('%s, past or ahead: %s', (text, expected) => {
    expect(day(text, 'any', 'ja')).toBe(expected);
  });
  test.each([
    ['3 Oct', '2026-10-03'], ['October 3rd', '2026-10-03'], ['last Tuesday', '2026-11-17'], ['about a month ago', '2026-10-24'], ['3 weeks ago', '2026-11-03'], ['It has been three weeks', '2026-11-03'], ['2 months have passed', '2026-09-24'], ['I have been waiting for a week', '2026-11-17'], ['yesterday', '2026-11-23'], ['early October', '2026-10-05'],
    ['30 February', 'day_not_real'], ['tomorrow', 'day_future'], ['2026-10-03', '2026-10-03'], ['no idea', undefined],
  ])('%s, in the past: %s', (text, expected) => {
    expect(day(text, 'past', 'en')).toBe(expected);
  });
});

test.each([['わからない', 'ja'], ['よく分かりません', 'ja'], ["I'm not sure", 'en'], ['no idea', 'en'], ["I don't know", 'en']])('%s is no answer where nothing is offered for it', (text) => {
  expect(optionMeant(status.steps.find(({ id }) => id === 'changed')!.options, text)).toBeUndefined();
});

describe('walking a guide', () => {
  const context = { today: '2026-11-22', times: usualTimes, notices: undefined };
  test('questions that do not apply are not asked', () => {
    expect(openStep(status, {}, context)?.id).toBe('notice');
    expect(openStep(status, { notice: 'received', changed: 'no' }, context)).toBeUndefined();
    expect(openStep(status, { notice: 'not_received', changed: 'no', error: 'no' }, context)?.id).toBe('channel');
  });
  test('changing an answer forgets the later ones', () => {
    expect(withAnswer(status, { notice: 'not_received', changed: 'no', error: 'no' }, 'changed', 'name')).toEqual({ notice: 'not_received', changed: 'name' });
  });
  test('a step back drops the last answer, and the first question has none before it', () => {
    expect(stepBack(status, { answers: { notice: 'not_received', changed: 'no' }, heard: { changed: 'no', channel: 'post' } })).toEqual({ answers: { notice: 'not_received' }, heard: { channel: 'post' } });
    expect(stepBack(status, { answers: {}, heard: {} })).toBeUndefined();
  });
  const step = (guide: typeof status, id: string) => guide.steps.find((one) => one.id === id)!;
  test.each([
    ['notice', 'まだ届いていない', 'not_received'], ['notice', 'まだです', 'not_received'], ['notice', 'はい、届きました', 'received'], ['notice', 'なくしました', 'lost'],
    ['channel', 'スマホから', 'smartphone'], ['channel', '郵送で', 'post'], ['channel', '市役所の窓口', 'counter_pickup'], ['channel', 'by mail', 'post'], ['changed', 'いいえ', 'no'], ['changed', 'となりの市外へ', 'other_municipality'],
  ])('to the question %s, %s means %s', (id, text, value) => {
    expect(optionMeant(step(status, id).options, text)?.value).toBe(value);
  });
  test('a new question is no option', () => {
    expect(optionMeant(step(status, 'channel').options, '暗証番号を忘れてしまったのですが、どこで直してもらえるのでしょうか')).toBeUndefined();
    expect(optionMeant(step(relocation, 'move').options, 'how much does it cost to get a new card if mine is lost')).toBeUndefined();
  });
  test('a question about a day takes days and its ways out', () => {
    expect(takeAnswer(step(status, 'applied_on'), '11月1日', 'ja', context)).toEqual({ value: '2026-11-01' });
    expect(takeAnswer(step(status, 'applied_on'), '忘れた', 'ja', context)).toEqual({ value: 'unknown' });
    expect(takeAnswer(step(status, 'applied_on'), '2月30日', 'ja', context)).toEqual({ unclear: 'day_not_real' });
    expect(takeAnswer(step(status, 'applied_on'), '手数料は？', 'ja', context)).toBeUndefined();
  });
});

describe('hearing a message', () => {
  let library: Library;
  beforeAll(async () => {
    library = await smallLibrary();
  });
  const offered = [{ id: 'entry:apply/photo-rules', title: '顔写真の規格' }, { id: 'entry:lost/what-to-do-first', title: 'カードをなくしたとき' }];
  test('a typed number or title means the choice offered last', () => {
    const conversation = { ...newConversation('ja'), offered };
    expect(hear({ text: '２番' }, conversation, library).choice).toEqual({ kind: 'entry', entry: 'lost/what-to-do-first' });
    expect(hear({ text: '顔写真の規格' }, conversation, library).choice).toEqual({ kind: 'entry', entry: 'apply/photo-rules' });
    expect(hear({ text: '3' }, conversation, library).choice).toBeUndefined();
  });
  test.each([['やめる', 'stop'], ['最初から', 'restart'], ['メニュー', 'menu'], ['戻る', 'back'], ['Help!', 'help'], ['日本語', 'japanese'], ['ＥＮＧＬＩＳＨ', 'english'], ['やめるにはどうしますか', undefined]])('%s is the command %s', (text, command) => {
    expect(hear({ text }, newConversation('ja'), library).command).toBe(command);
  });
  test('the language written in decides, unless one was chosen', () => {
    expect(hear({ text: 'where is my card' }, newConversation('ja'), library)).toMatchObject({ locale: 'en', language: 'en' });
    expect(hear({ text: 'where is my card' }, { ...newConversation('ja'), chosen: 'ja' }, library)).toMatchObject({ locale: 'ja', language: 'en' });
    expect(hear({ text: 'カードはどこ' }, newConversation('ja-easy'), library).locale).toBe('ja-easy');
    expect(hear({ text: '123' }, newConversation('en'), library).locale).toBe('en');
  });
  test('a button that means nothing any more is old', () => {
    expect(hear({ text: 'x', value: 'topic:17' }, newConversation('ja'), library).choice).toBe('old');
  });
});
