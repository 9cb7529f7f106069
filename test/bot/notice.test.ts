import { expect, test } from '@jest/globals';
import type { Library } from '../../knowledge/library.ts';
import { smallLibrary, talkWith } from '../helpers.ts';

const closing = (more = ''): string => `text:\n  ja: 点検のため、月曜日は窓口を休みます。\n  en: The desk is closed on Monday.\nfrom: 2026-11-21\nuntil: 2026-11-23\n${more}`;
const withNotice = (text: string): Promise<Library> => smallLibrary({ 'notice.yaml': text });

test('a notice is told once in a conversation, before the first answer, and the answer follows', async () => {
  const talk = await talkWith({ library: await withNotice(closing()) });
  const [notice, answer] = await talk.say('カードをなくしました');
  expect(notice!.text).toBe('点検のため、月曜日は窓口を休みます。');
  expect(answer!.text).toContain('0120-95-0178');
  expect(await talk.say('写真のサイズを教えてください')).toHaveLength(1);
});

test('a notice with other words is told again, in the language of the conversation', async () => {
  const first = await talkWith({ library: await withNotice(closing()) });
  await first.say('I lost my card');
  expect(first.heard).toContain('closed on Monday');
  const second = await talkWith({ library: await withNotice(closing().replaceAll('Monday', 'Monday and Tuesday')), store: first.store });
  await second.say('what size must the photo be', { id: 'another' });
  expect(second.heard).toContain('Monday and Tuesday');
});

test.each(['2026-11-20', '2026-11-24'])('on %s, before it begins or after it ended, nothing is told', async (today) => {
  const talk = await talkWith({ library: await withNotice(closing('closed: true')), today });
  await talk.say('カードをなくしました');
  expect(talk.heard).not.toContain('点検');
  expect(talk.heard).toContain('0120-95-0178');
});

test('a notice that closes is the answer to everything but to somebody in need, and to a number that must not be written', async () => {
  const talk = await talkWith({ library: await withNotice(closing('closed: true')) });
  for (const text of ['カードをなくしました', 'メニュー', '']) {
    await talk.say(text);
    expect(talk.heard).toBe('点検のため、月曜日は窓口を休みます。');
  }
  await talk.say('', { type: 'conversationUpdate' });
  expect(talk.heard).toBe('点検のため、月曜日は窓口を休みます。');
  await talk.say('火事です');
  expect(talk.heard).toContain('119');
  await talk.say('1234 5678 9018');
  expect(talk.heard).not.toContain('点検');
});
