import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Activity } from '../../../bot/engine.ts';
import type { AskedQuestion, Claimed, InboxEvent, Store, TurnRecord } from '../../../bot/store/store.ts';

const keyOf = (conversation: string): string => `test/conversations/${conversation}/`;
const message = (id: string, text = id): Partial<Activity> => ({ type: 'message', id, text });
const later = (milliseconds = 1000): Date => new Date(Date.now() + milliseconds);
let count = 0;
/** A name nobody used before: the store keeps what earlier tests left. */
const fresh = (what: string): string => `${what}-${count += 1}`;

const turn = (conversation: string, ids: readonly string[], more: Partial<TurnRecord> = {}): TurnRecord =>
  ({ conversation, changes: { [keyOf(conversation)]: { turns: ids.length } }, said: ids.map((id) => message(id)), ...more });
const question = (more: Partial<AskedQuestion> = {}): AskedQuestion =>
  ({ at: Date.now(), channel: 'web', locale: 'ja', kind: 'asked', text: 'いつ届きますか', outcome: 'answered', entries: ['status/how-long'], confidence: 0.93, asker: 'a', ...more });

/**
 * What every store promises, as tests. A database's own test file calls it with a way to open an empty store.
 * There are no exceptions: what one database cannot do is promised by none.
 */
export function storeContract(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(async () => {
    await store.close();
  });
  const turns = async (conversation: string): Promise<number> => ((await store.read([keyOf(conversation)]))[keyOf(conversation)] as { turns: number } | undefined)?.turns ?? 0;

  describe('state', () => {
    test('is read back as it was written, and what is not there is left out', async () => {
      const key = keyOf(fresh('c'));
      const value = { text: '髙橋 👩‍👩‍👧 "quoted" \\ \u0000 \u2028', list: [1, null, { deep: true }] };
      await store.write({ [key]: value });
      expect(await store.read([key, keyOf('nowhere')])).toEqual({ [key]: { ...value, eTag: '1' } });
      expect(await store.read([])).toEqual({});
    });
    test('with an eTag is written only over the version it was read from', async () => {
      const key = keyOf(fresh('c'));
      await store.write({ [key]: { turns: 1 } });
      const read = await store.read([key]);
      await store.write({ [key]: { ...(read[key] as object), turns: 2 } });
      await expect(store.write({ [key]: { ...(read[key] as object), turns: 3 } })).rejects.toThrow('eTag conflict');
      expect(await store.read([key])).toEqual({ [key]: { turns: 2, eTag: '2' } });
      await store.write({ [key]: { turns: 4, eTag: '*' } });
      expect(await store.read([key])).toEqual({ [key]: { turns: 4, eTag: '3' } });
    });
    test('that must be new is not written over what is there', async () => {
      const key = keyOf(fresh('c'));
      await store.write({ [key]: { turns: 1, eTag: '0' } });
      await expect(store.write({ [key]: { turns: 2, eTag: '0' } })).rejects.toThrow('eTag conflict');
      expect(await store.read([key])).toEqual({ [key]: { turns: 1, eTag: '1' } });
    });
    test('of two that were read together one is written', async () => {
      const key = keyOf(fresh('c'));
      await store.write({ [key]: { turns: 1 } });
      const read = await store.read([key]);
      const results = await Promise.allSettled([2, 3, 4].map((value) => store.write({ [key]: { ...(read[key] as object), turns: value } })));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });
    test('several items are written together or not at all', async () => {
      const [one, other] = [keyOf(fresh('c')), keyOf(fresh('c'))];
      await expect(store.write({ [one]: { turns: 1 }, [other]: { turns: 1, eTag: '7' } })).rejects.toThrow('eTag conflict');
      expect(await store.read([one, other])).toEqual({});
    });
    test('is gone when deleted', async () => {
      const key = keyOf(fresh('c'));
      await store.write({ [key]: { turns: 1 } });
      await store.delete([key, 'nowhere']);
      expect(await store.read([key])).toEqual({});
    });
  });

  describe('a turn', () => {
    test('leaves state and history, read from a watermark on', async () => {
      const c = fresh('c');
      await store.commit(turn(c, ['a', 'b']));
      await store.commit(turn(c, ['c']));
      expect(await store.transcript(c, 0)).toEqual({ activities: ['a', 'b', 'c'].map((id) => message(id)), watermark: 3 });
      expect(await store.transcript(c, 2)).toEqual({ activities: [message('c')], watermark: 3 });
      expect(await store.transcript(c, 3)).toEqual({ activities: [], watermark: 3 });
      expect(await store.heard(c, 'b')).toBe(true);
      expect(await store.heard(c, 'z')).toBe(false);
      expect(await store.heard(fresh('c'), 'b')).toBe(false);
    });
    test('is seen by who asks for the newest of many conversations', async () => {
      const all = Array.from({ length: 3 }, () => fresh('c'));
      await store.commit(turn(all[0]!, ['a', 'b']));
      await store.commit(turn(all[1]!, ['a']));
      expect(await store.newest([...all, ...Array.from({ length: 1200 }, (_, at) => `nobody ${at}`)])).toEqual(new Map([[all[0], 2], [all[1], 1]]));
      expect(await store.newest([])).toEqual(new Map());
    });
    test('is kept whole or not at all', async () => {
      const c = fresh('c');
      await store.commit(turn(c, ['a']));
      await expect(store.commit(turn(c, ['b', 'a'], { asked: question({ text: 'この質問は残りません' }) }))).rejects.toThrow();
      await expect(store.commit(turn(c, ['c'], { changes: { [keyOf(c)]: { turns: 9, eTag: '0' } } }))).rejects.toThrow('eTag conflict');
      expect((await store.transcript(c, 0)).watermark).toBe(1);
      expect(await turns(c)).toBe(1);
      expect((await store.questions(new Date(0))).filter(({ text }) => text === 'この質問は残りません')).toEqual([]);
    });
    test('runs alone in its conversation: three at once all count, in the order they came', async () => {
      const c = fresh('c');
      let running = 0;
      await Promise.all([1, 2, 3].map((number) => store.exclusive(c, async () => {
        expect(running += 1).toBe(1);
        const before = await turns(c);
        await wait(20);
        await store.commit({ conversation: c, changes: { [keyOf(c)]: { turns: before + 1 } }, said: [message(`m${number}`)] });
        running -= 1;
      })));
      expect(await turns(c)).toBe(3);
      expect((await store.transcript(c, 0)).activities.map(({ id }) => id)).toEqual(['m1', 'm2', 'm3']);
    });
    test('does not wait for other conversations', async () => {
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => { release = resolve; });
      const slow = store.exclusive(fresh('c'), () => held);
      expect(await store.exclusive(fresh('c'), async () => 'done')).toBe('done');
      release();
      await slow;
    });
    test('that fails hands its error on and does not keep the next one waiting', async () => {
      const c = fresh('c');
      const failed = store.exclusive(c, () => Promise.reject(new Error('this turn')));
      const next = store.exclusive(c, async () => 'next');
      await expect(failed).rejects.toThrow('this turn');
      expect(await next).toBe('next');
    });
    test('sixty at once in sixty conversations all end, more than there are connections', async () => {
      const all = Array.from({ length: 60 }, () => fresh('c'));
      await Promise.all(all.map((c) => store.exclusive(c, async () => {
        await store.read([keyOf(c)]);
        await wait(5);
        await store.commit(turn(c, ['a', 'b']));
      })));
      for (const c of all) expect((await store.transcript(c, 0)).watermark).toBe(2);
    });
  });

  describe('the inbox', () => {
    const used = new Set<string>();
    const event = (id: string, conversation: string, at: number): InboxEvent => {
      used.add(conversation);
      return { id, conversation, at, event: { activity: message(`m-${id}`), replyToken: 't' } };
    };
    afterEach(async () => {
      for (const conversation of used) await store.forget(conversation, []);
      used.clear();
    });
    const ids = (claimed: readonly Claimed[]): string[] => claimed.map(({ id }) => id);

    test('gives an event to one holder, as it was taken in', async () => {
      const [id, c] = [fresh('e'), fresh('c')];
      await store.accept([event(id, c, 1_700_000_000_123)]);
      expect(await store.claim(10, 60_000)).toEqual([{ ...event(id, c, 1_700_000_000_123), answer: undefined, tries: 1 }]);
      expect(await store.claim(10, 60_000)).toEqual([]);
    });
    test('takes a copy for the one it has, beside it, later, and when it is finished', async () => {
      const [id, c] = [fresh('e'), fresh('c')];
      await Promise.all([store.accept([event(id, c, 1), event(id, c, 1)]), store.accept([event(id, c, 1)])]);
      expect(ids(await store.claim(10, 60_000))).toEqual([id]);
      await store.accept([event(id, c, 1)]);
      await store.finish(id);
      await store.accept([event(id, c, 1)]);
      expect(await store.claim(10, 60_000)).toEqual([]);
    });
    test('hands out a conversation’s events in order, the next when the one before is finished', async () => {
      const c = fresh('c');
      const [first, second, third] = [fresh('e'), fresh('e'), fresh('e')] as const;
      await store.accept([event(third, c, 3), event(first, c, 1)]);
      await store.accept([event(second, c, 2)]);
      for (const id of [first, second, third]) {
        expect(ids(await store.claim(10, 60_000))).toEqual([id]);
        expect(await store.claim(10, 60_000)).toEqual([]);
        await store.finish(id);
      }
    });
    test('an event that is let go waits, and those behind it wait for it', async () => {
      const c = fresh('c');
      const [first, second] = [fresh('e'), fresh('e')] as const;
      await store.accept([event(first, c, 1), event(second, c, 2)]);
      await store.claim(10, 60_000);
      await store.release(first, 60_000);
      expect(await store.claim(10, 60_000)).toEqual([]);
      await store.release(first, 0);
      expect(await store.claim(10, 60_000)).toMatchObject([{ id: first, tries: 2 }]);
    });
    test('an event whose holder says nothing any more comes back when its time is over', async () => {
      const id = fresh('e');
      await store.accept([event(id, fresh('c'), 1)]);
      await store.claim(10, 0);
      expect(await store.claim(10, 60_000)).toMatchObject([{ id, tries: 2 }]);
    });
    test('claims the oldest, and no more than asked for', async () => {
      const all = [3, 1, 2].map((at) => event(fresh('e'), fresh('c'), at));
      await store.accept(all);
      expect((await store.claim(2, 60_000)).map(({ at }) => at).sort()).toEqual([1, 2]);
      expect((await store.claim(2, 60_000)).map(({ at }) => at)).toEqual([3]);
    });
    test('of many claims at once each event goes to one', async () => {
      const all = Array.from({ length: 200 }, (_, at) => event(fresh('e'), `many-${at % 100}`, at));
      await store.accept(all);
      const claimed = (await Promise.all(Array.from({ length: 20 }, () => store.claim(10, 60_000)))).flat();
      expect(claimed.every(({ at }) => at < 100)).toBe(true);
      expect(new Set(ids(claimed)).size).toBe(claimed.length);
    });
    test('the replies of a turn are kept with its event until it is finished', async () => {
      const [id, c] = [fresh('e'), fresh('c')];
      await store.accept([event(id, c, 1)]);
      await store.claim(10, 0);
      await store.commit(turn(c, ['asked', 'reply'], { event: id }));
      expect((await store.claim(10, 60_000))[0]!.answer).toEqual([message('reply')]);
      expect((await store.transcript(c, 0)).watermark).toBe(0);
    });
    test('a fault of one costs what is written in the same moment nothing', async () => {
      const [id, c] = [fresh('e'), fresh('c')];
      const broken = { ...event(fresh('e'), c, 2), conversation: null as unknown as string };
      const results = await Promise.allSettled([store.accept([event(id, c, 1)]), store.accept([broken]), store.release(id, 0)]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(ids(await store.claim(10, 60_000))).toEqual([id]);
    });
    test('a message taken back is not handed out', async () => {
      const [id, c] = [fresh('e'), fresh('c')];
      await store.accept([event(id, c, 1)]);
      await store.withdraw(c, `m-${id}`);
      expect(await store.claim(10, 60_000)).toEqual([]);
    });
    test('says how much waits, for how long, and when the newest event was', async () => {
      expect(await store.inboxDepth()).toMatchObject({ waiting: 0, oldest: 0 });
      const one = event(fresh('e'), fresh('c'), 1_800_000_000_001);
      await store.accept([one, event(fresh('e'), fresh('c'), 1_800_000_000_000)]);
      expect(await store.inboxDepth()).toMatchObject({ waiting: 2, newest: 1_800_000_000_001 });
      await store.finish(one.id);
      expect(await store.inboxDepth()).toMatchObject({ waiting: 1, newest: 1_800_000_000_001 });
    });
  });

  describe('the question log', () => {
    test('keeps a question as it was, oldest first, and once', async () => {
      const c = fresh('c');
      const [newer, older] = [question({ text: `新しい ${c}`, at: Date.now() }), question({ text: `古い ${c}`, at: Date.now() - 5000, entries: [], outcome: 'none' })];
      await store.commit(turn(c, ['a'], { asked: newer }));
      await store.commit(turn(c, ['b'], { asked: older }));
      expect((await store.questions(new Date(0))).filter(({ text }) => text.endsWith(c))).toEqual([older, newer]);
      expect((await store.questions(new Date(Date.now() - 3000))).filter(({ text }) => text.endsWith(c))).toEqual([newer]);
    });
    test('takes whatever a keyboard can send', async () => {
      const c = fresh('c');
      await store.commit(turn(c, ['a'], { asked: question({ text: `${c} \u0000"';--\\ 𠮷 🇯🇵` }) }));
      expect((await store.questions(new Date(0))).filter(({ text }) => text.startsWith(c))).toMatchObject([{ text: `${c} "';--\\ 𠮷 🇯🇵` }]);
    });
    test('loses what is taken back, and what is old', async () => {
      const c = fresh('c');
      await store.commit(turn(c, ['a'], { asked: question({ text: `a ${c}` }) }));
      await store.commit(turn(c, ['b'], { asked: question({ text: `b ${c}` }) }));
      await store.withdraw(c, 'a');
      expect((await store.questions(new Date(0))).filter(({ text }) => text.endsWith(c))).toMatchObject([{ text: `b ${c}` }]);
      await store.forgetQuestions(later());
      expect(await store.questions(new Date(0))).toEqual([]);
    });
  });

  describe('forgetting', () => {
    test('one conversation leaves the others', async () => {
      const [gone, stays] = [fresh('c'), fresh('c')];
      for (const c of [gone, stays]) await store.commit(turn(c, ['a']));
      await store.accept([{ id: fresh('e'), conversation: gone, at: 1, event: {} }]);
      await store.forget(gone, []);
      expect([await turns(gone), (await store.transcript(gone, 0)).watermark]).toEqual([0, 0]);
      expect([await turns(stays), (await store.transcript(stays, 0)).watermark]).toEqual([1, 1]);
      expect((await store.claim(100, 60_000)).map(({ conversation }) => conversation)).not.toContain(gone);
    });
    test('what is idle takes state and history together, and leaves what is newer', async () => {
      const [old, young] = [fresh('c'), fresh('c')];
      await store.commit(turn(old, ['a']));
      await wait(20);
      const between = new Date();
      await wait(20);
      await store.commit(turn(young, ['a']));
      await store.forgetBefore(between);
      expect([await turns(old), (await store.transcript(old, 0)).watermark]).toEqual([0, 0]);
      expect([await turns(young), (await store.transcript(young, 0)).watermark]).toEqual([1, 1]);
    });
  });

  test('a setting is made once, also when many ask at the same time', async () => {
    const name = fresh('setting');
    const values = await Promise.all(Array.from({ length: 10 }, (_, at) => store.setting(name, () => `value ${at}`)));
    expect(new Set(values).size).toBe(1);
    expect(await store.setting(name, () => 'another')).toBe(values[0]);
  });
}
