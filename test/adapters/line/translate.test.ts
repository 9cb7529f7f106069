import type { webhook } from '@line/bot-sdk';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { toIncoming } from '../../../adapters/line/in.ts';
import { countGraphemes, cutGraphemes, cutUnits, limits, splitText } from '../../../adapters/line/limits.ts';
import { toFallback, toMessages } from '../../../adapters/line/out.ts';
import { toPlainText } from '../../../adapters/line/text.ts';
import { Replies, type Reply } from '../../../bot/reply.ts';
import { status } from '../../../knowledge/guides/status.ts';
import { parseMarkdown } from '../../../knowledge/markdown.ts';
import type { Library } from '../../../knowledge/library.ts';
import { smallLibrary, talkWith, today } from '../../helpers.ts';
import { messages as messagesOfLine } from '../../line-server.ts';

const options = { key: 'k'.repeat(32), groups: 'off' } as const;
const user = `U${'a'.repeat(32)}`;
const event = (more: object): webhook.Event => ({
  type: 'message', mode: 'active', timestamp: 1_795_000_000_000, webhookEventId: '01H', deliveryContext: { isRedelivery: false }, source: { type: 'user', userId: user }, replyToken: 't1',
  message: { type: 'text', id: '468', text: 'いつできますか', quoteToken: 'q' }, ...more,
} as webhook.Event);

describe('an event becomes an activity', () => {
  test('a text, with a conversation that says nothing about the user', () => {
    const incoming = toIncoming(event({}), options);
    expect(incoming).toMatchObject({ kind: 'answer', inbox: { id: '01H', at: 1_795_000_000_000, event: { replyToken: 't1', user, activity: { type: 'message', id: 'line-468', text: 'いつできますか', channelId: 'line', channelData: { inbox: '01H' } } } } });
    expect(JSON.stringify((incoming as { inbox: { conversation: string } }).inbox.conversation)).not.toContain('aaaa');
  });
  test('a number that must not be written is masked before anything is kept', () => {
    expect(JSON.stringify(toIncoming(event({ message: { type: 'text', id: '1', text: '番号は１２３４ ５６７８ ９０１８' } }), options))).not.toMatch(/５６７８|5678/);
  });
  test("LINE's own emoji are taken out", () => {
    expect(toIncoming(event({ message: { type: 'text', id: '1', text: '(love)カード(moon)', emojis: [{ index: 0, length: 6, productId: 'p', emojiId: 'e' }, { index: 9, length: 6, productId: 'p', emojiId: 'e' }] } }), options))
      .toMatchObject({ inbox: { event: { activity: { text: 'カード' } } } });
  });
  test.each(['image', 'video', 'audio', 'file', 'location', 'sticker', 'something new'])('a message of kind %s is asked for words', (type) => {
    expect(toIncoming(event({ message: { type, id: '1' } }), options)).toMatchObject({ inbox: { event: { activity: { text: '' } } } });
  });
  test('a tap, and a picked day', () => {
    expect(toIncoming(event({ type: 'postback', message: undefined, postback: { data: 'entry:apply/by-post' } }), options)).toMatchObject({ inbox: { event: { activity: { value: 'entry:apply/by-post' } } } });
    expect(toIncoming(event({ type: 'postback', message: undefined, postback: { data: 'guide:status.1/applied_on=', params: { date: '2026-11-01' } } }), options)).toMatchObject({ inbox: { event: { activity: { value: 'guide:status.1/applied_on=2026-11-01' } } } });
  });
  test('a tap in the menu below the chat, with the language of the menu', () => {
    expect(toIncoming(event({ type: 'postback', message: undefined, postback: { data: 'guide:status@en' } }), options)).toMatchObject({ inbox: { event: { activity: { value: 'guide:status', channelData: { inbox: '01H', tappedIn: 'en' } } } } });
  });
  test('following greets, unfollowing forgets, unsending withdraws', () => {
    expect(toIncoming(event({ type: 'follow', follow: { isUnblocked: false } }), options)).toMatchObject({ inbox: { event: { activity: { type: 'conversationUpdate' } } } });
    expect(toIncoming(event({ type: 'unfollow', replyToken: undefined }), options)).toMatchObject({ kind: 'forget' });
    expect(toIncoming(event({ type: 'unsend', replyToken: undefined, unsend: { messageId: '468' } }), options)).toMatchObject({ kind: 'withdraw', message: 'line-468' });
  });
  test.each([
    ['standby', { mode: 'standby' }], ['no source', { source: undefined }], ['no reply token', { replyToken: undefined }], ['a future kind', { type: 'telepathy' }], ['a beacon', { type: 'beacon', beacon: {} }],
    ['accountLink failed', { type: 'accountLink', source: undefined, replyToken: undefined }], ['no event id', { webhookEventId: undefined }],
  ])('%s asks nothing of us', (_name, more) => {
    expect(toIncoming(event(more), options)).toEqual({ kind: 'nothing' });
  });
  test('groups are silent unless switched on, and then only when we are spoken to', () => {
    const group = { source: { type: 'group', groupId: `C${'b'.repeat(32)}`, userId: user } };
    const mentioned = { ...group, message: { type: 'text', id: '1', text: '@窓口 いつできますか', mention: { mentionees: [{ index: 0, length: 3, type: 'user', isSelf: true }] } } };
    expect(toIncoming(event(mentioned), options)).toEqual({ kind: 'nothing' });
    const on = { ...options, groups: 'mention' } as const;
    expect(toIncoming(event(group), on)).toEqual({ kind: 'nothing' });
    const incoming = toIncoming(event(mentioned), on);
    expect(incoming).toMatchObject({ inbox: { event: { activity: { text: 'いつできますか', conversation: { isGroup: true } } } } });
    expect((incoming as { inbox: { event: object } }).inbox.event).not.toHaveProperty('user');
  });
});

describe('limits', () => {
  const family = '👨‍👩‍👧‍👦';
  test('labels count what people see, text counts UTF-16 units, and nothing is cut inside a sign', () => {
    expect(countGraphemes(`${family}𠮷が`)).toBe(3);
    expect(cutGraphemes('あ'.repeat(20), 20)).toBe('あ'.repeat(20));
    expect(cutGraphemes('あ'.repeat(21), 20)).toBe(`${'あ'.repeat(19)}…`);
    expect(cutGraphemes(family.repeat(21), 20)).toBe(`${family.repeat(19)}…`);
    expect(cutUnits('𠮷'.repeat(5), 10)).toBe('𠮷'.repeat(5));
    expect(cutUnits('𠮷'.repeat(5), 9)).toBe(`${'𠮷'.repeat(4)}…`);
    expect(cutUnits(family.repeat(2), 15)).toBe(`${family}…`);
  });
  test('a long text is split at sentence ends, at most three times', () => {
    const text = `${'これは文です。'.repeat(30)}おわり`;
    const parts = splitText(text, 100, 3);
    expect(parts).toHaveLength(3);
    expect(parts.every(({ length }) => length <= 100)).toBe(true);
    expect(parts[0]!.endsWith('。')).toBe(true);
    expect(splitText('短い', 100, 3)).toEqual(['短い']);
  });
});

describe('replies become messages', () => {
  let library: Library;
  const pick = (): string => '日にちを選ぶ';
  beforeAll(async () => {
    library = await smallLibrary();
  });
  const replies = async (...texts: string[]): Promise<readonly Reply[]> => {
    const talk = await talkWith({ library });
    let last: readonly Reply[] = [];
    for (const text of texts) last = await talk.say(text);
    return last;
  };

  test('an answer is a bubble with office, telephone, page and day, and an alternative text that carries it', async () => {
    const [flex, next] = toMessages(await replies('カードを紛失した'), pick);
    expect(flex).toMatchObject({ type: 'flex', altText: expect.stringContaining('0120-95-0178') });
    const text = JSON.stringify(flex);
    expect(text).toContain('tel:000-000-1101');
    expect(text).toContain('"uri":"https://www.kojinbango-card.go.jp/"');
    expect(text).toContain('"scaling":true');
    expect(text).not.toContain('**');
    expect(next).toBeUndefined();
  });
  test('what may be asked next is numbered in the text and offered as quick replies on the last message', async () => {
    const messages = toMessages(await replies('申請してから何週間で届きますか'), pick);
    expect(messages).toHaveLength(2);
    expect(messages[1]).toMatchObject({ type: 'text', text: '1 カードが今どこまで進んでいるか調べる\n2 カードをなくしたとき' });
    expect(messages[1]!.quickReply!.items!.map(({ action }) => (action as { label: string }).label)).toEqual(['1 カードが今どこまで進んでいるか調べる', '2 カードをなくしたとき', 'メニュー', '役に立った', '役に立たなかった']);
    expect(messages[0]!.quickReply).toBeUndefined();
  });
  test('a question about a day offers the picker with its limits', async () => {
    const [message] = toMessages([new Replies(library, 'ja', today).question(status.steps.find(({ id }) => id === 'applied_on')!, status)], pick);
    expect(message!.quickReply!.items![0]!.action).toEqual({ type: 'datetimepicker', mode: 'date', label: '日にちを選ぶ', data: 'guide:status.1/applied_on=', min: '2015-10-05', max: today });
  });
  test('Markdown is never shown raw', () => {
    expect(toPlainText(parseMarkdown('**約1か月**です。\n\n1. 待つ\n2. 受け取る\n\n- [予約](https://example.jp/a)').blocks)).toBe('約1か月です。\n\n1. 待つ\n2. 受け取る\n\n・予約 https://example.jp/a');
  });
  test('an answer too large for a bubble becomes text in at most three parts', () => {
    const reply = new Replies(library, 'ja', today).entry({ ...library.entry('lost/what-to-do-first', 'ja', today)!, body: parseMarkdown('とても長い文です。\n\n'.repeat(2000)).blocks }, []);
    const messages = toMessages([reply], pick);
    expect(messages.length).toBeLessThanOrEqual(3);
    expect(messages.every((message) => message.type === 'text' && (message as { text: string }).text.length <= limits.text)).toBe(true);
  });
  describe.each([-1, 0, 1])('at each limit of LINE and %d beyond it', (beyond) => {
    const action = (more: object): object => ({ type: 'imBack', title: '題', value: 'entry:apply/by-post', ...more });
    const accepted = (texts: readonly string[], actions: readonly object[] = [], entities: readonly object[] = []): boolean =>
      messagesOfLine.safeParse(toMessages(texts.map((text, index) => ({ type: 'message', text, locale: 'ja', ...(index < texts.length - 1 ? {} : { suggestedActions: { to: [], actions }, entities }) }) as Reply), pick)).success;
    const details = { type: 'madoguchi/answer', title: '題', body: '文', department: '課', tel: '000-000-1101', hours: '平日', source: 'https://a.example/', sourceLabel: '公式', checked: '日' };
    test.each<[string, () => boolean]>([
      ['text', () => accepted(['あ'.repeat(limits.text + beyond)])],
      ['number of messages', () => accepted(Array.from({ length: limits.messages + beyond }, () => 'あ'))],
      ['number of quick replies', () => accepted(['あ'], Array.from({ length: limits.quickReplies + beyond }, () => action({ value: 'do:menu' })))],
      ['label of a quick reply', () => accepted(['あ'], [action({ title: '👩‍👧'.repeat(limits.label + beyond), value: 'do:menu' })])],
      ['text shown for a tap', () => accepted(['あ'], [action({ title: '𠮷'.repeat((limits.displayText + 2 * beyond) / 2), value: 'do:menu' })])],
      ['data of a tap', () => accepted(['あ'], [action({ value: `do:${'m'.repeat(limits.data - 3 + beyond)}` })])],
      ['cards beside each other', () => accepted(['あ'], Array.from({ length: limits.carousel + beyond }, () => action({})))],
      ['label of a button', () => accepted(['あ'], [], [{ ...details, sourceLabel: '👩‍👧'.repeat(limits.buttonLabel + beyond) }])],
      ['address', () => accepted(['あ'], [], [{ ...details, source: `https://a.example/${'a'.repeat(limits.uri - 18 + beyond)}` }])],
      ['alternative text', () => accepted(['あ'], [], [{ ...details, body: 'あ'.repeat(limits.altText - 2 + beyond) }])],
      ['bytes of a bubble', () => accepted(['あ'], [], [{ ...details, body: 'あ'.repeat((limits.bubbleBytes - 1300) / 3 + beyond) }])],
    ])('%s', (_name, isAccepted) => {
      expect(isAccepted()).toBe(true);
    });
  });
  test('the fallback is plain text with the same words and numbers', async () => {
    const messages = toFallback(await replies('申請してから何週間で届きますか'));
    expect(messages).toHaveLength(1);
    expect((messages[0] as { text: string }).text).toContain('約1か月');
    expect((messages[0] as { text: string }).text).toContain('1 カードが今どこまで進んでいるか調べる');
  });
});
