import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openStore } from '../../../bot/store/open.ts';
import type { Store } from '../../../bot/store/store.ts';
import { patience, postgresServer, query, type PostgresServer } from '../../postgres-server.ts';

const program = fileURLToPath(new URL('process.ts', import.meta.url));

let server: PostgresServer;
let url: string;
let store: Store;
let others: ChildProcess[];
beforeAll(async () => {
  server = await postgresServer();
}, patience);
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  url = await server.database();
  store = await openStore(url);
  others = [];
});
afterEach(async () => {
  for (const child of others) child.kill('SIGKILL');
  await store.close();
});

interface Other {
  readonly child: ChildProcess;
  readonly lines: string[];
  /** Resolves when it has said this. @throws when it ends without */
  said(text: string): Promise<void>;
}

function other(what: string, key: string, times = 0): Other {
  const child = spawn(process.execPath, [program, url, what, key, String(times)], { stdio: ['ignore', 'pipe', 'inherit'] });
  others.push(child);
  const lines: string[] = [];
  let rest = '';
  child.stdout.on('data', (part: Buffer) => {
    const parts = (rest + part.toString()).split('\n');
    rest = parts.pop()!;
    lines.push(...parts);
  });
  return {
    child, lines,
    async said(text) {
      while (!lines.includes(text)) {
        if (child.exitCode !== null) throw new Error(`It ended without saying “${text}”.`);
        await wait(10);
      }
    },
  };
}
const ended = async ({ child }: Other): Promise<void> => {
  if (child.exitCode === null) await once(child, 'exit');
  expect(child.exitCode).toBe(0);
};

describe('several processes on one database', () => {
  test('take turns in one conversation: none is lost, and each is kept once', async () => {
    const each = 25;
    const three = [1, 2, 3].map(() => other('count', 'c', each));
    await Promise.all(three.map(ended));
    expect((await store.read(['test/conversations/c/']))['test/conversations/c/']).toMatchObject({ turns: 3 * each });
    expect((await store.transcript('c', 0)).watermark).toBe(3 * each);
  });

  test('a turn waits for one that another process holds, and goes on when that process is killed with -9', async () => {
    const holder = other('hold', 'c');
    await holder.said('holding');
    let mine = 'waits';
    const turn = store.exclusive('c', async () => { mine = 'runs'; });
    await store.exclusive('another conversation', async () => undefined);
    // The database knows that we wait.
    for (;;) {
      const [row] = await query<{ waiting: string }>(url, "select count(*) as waiting from pg_locks where locktype = 'advisory' and not granted");
      if (row!.waiting === '1') break;
      await wait(10);
    }
    expect(mine).toBe('waits');
    holder.child.kill('SIGKILL');
    await turn;
    expect(mine).toBe('runs');
  });

  test('sixty waiting turns and a held lock leave connections for everybody else', async () => {
    const holder = other('hold', 'c');
    await holder.said('holding');
    const waiting = Array.from({ length: 60 }, () => store.exclusive('c', async () => 'ran'));
    await Promise.all(Array.from({ length: 60 }, (_, at) => store.exclusive(`c${at}`, () => store.commit({ conversation: `c${at}`, changes: {}, said: [{ id: 'a' }] }))));
    expect(await store.heard('c59', 'a')).toBe(true);
    holder.child.kill('SIGKILL');
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['ran']));
  });

  test('an event is taken by one process, in order within its conversation, and what a killed one held comes back', async () => {
    const [conversations, each] = [30, 4];
    await store.accept(Array.from({ length: conversations * each }, (_, at) => ({ id: `e${at}`, conversation: `c${at % conversations}`, at, event: {} })));
    const two = [other('claim', '', 10), other('claim', '', 10)] as const;
    await Promise.all(two.map(({ said }) => said('took all')));
    const held = two.flatMap(({ lines }) => lines.filter((line) => line.startsWith('took e')).map((line) => line.slice('took '.length)));
    expect(new Set(held).size).toBe(20);
    for (const { child } of two) child.kill('SIGKILL');
    const rest = await store.claim(1000, 600_000);
    expect(rest.map(({ id }) => id).filter((id) => held.includes(id))).toEqual([]);
    expect(rest).toHaveLength(conversations - held.length);
    // Ten minutes pass.
    await query(url, 'update inbox set due = due - 600000');
    const done: string[] = [];
    const nextOf = new Map<string, number>();
    while (done.length < conversations * each) {
      const claimed = await store.claim(1000, 60_000);
      for (const { id, conversation, at, tries } of claimed) {
        expect(at).toBeGreaterThanOrEqual(nextOf.get(conversation) ?? 0);
        expect(tries).toBe(held.includes(id) || rest.some((one) => one.id === id) ? 2 : 1);
        nextOf.set(conversation, at);
        done.push(id);
        await store.finish(id);
      }
      expect(claimed).not.toEqual([]);
    }
    expect(new Set(done).size).toBe(conversations * each);
    expect(await store.inboxDepth()).toMatchObject({ waiting: 0, oldest: 0 });
  });

  test('two that take in the same events in opposite order at once wait for each other in no circle', async () => {
    const second = await openStore(url);
    for (let round = 0; round < 10; round += 1) {
      const events = Array.from({ length: 30 }, (_, at) => ({ id: `e${round}-${at}`, conversation: `c${round}`, at, event: {} }));
      await Promise.all([...events.map((event) => store.accept([event])), ...events.toReversed().map((event) => second.accept([event]))]);
    }
    await second.close();
    expect((await store.inboxDepth()).waiting).toBe(300);
  });

  test('a turn that lost its lock with its connection does not write over what came in between', async () => {
    const key = 'test/conversations/c/';
    await store.write({ [key]: { turns: 1 } });
    await expect(store.exclusive('c', async () => {
      const read = await store.read([key]);
      await query(url, "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted");
      await store.exclusive('c-of-another-process', async () => undefined);
      const second = await openStore(url);
      await second.exclusive('c', () => second.write({ [key]: { turns: 2 } }));
      await second.close();
      await store.commit({ conversation: 'c', changes: { [key]: { ...(read[key] as object), turns: 7 } }, said: [{ id: 'a' }] });
    })).rejects.toThrow('eTag conflict');
    expect(await store.read([key])).toEqual({ [key]: { turns: 2, eTag: '2' } });
    expect(await store.exclusive('c', async () => 'goes on')).toBe('goes on');
  });

  test('when the database is restarted under load, turns fail, and then go on', async () => {
    let [stopped, done, failed] = [false, 0, 0];
    const load = Array.from({ length: 20 }, async (_, at) => {
      for (let number = 0; !stopped; number += 1) {
        await store.exclusive(`c${at}`, () => store.commit({ conversation: `c${at}`, changes: {}, said: [{ id: `m${number}` }] })).then(() => { done += 1; }, async () => {
          failed += 1;
          await wait(10);
        });
      }
    });
    const more = async (): Promise<void> => {
      for (const from = done; done < from + 50;) await wait(10);
    };
    await more();
    await server.restart();
    await more();
    stopped = true;
    await Promise.all(load);
    expect(failed).toBeGreaterThan(0);
    expect(await store.exclusive('c0', async () => 'goes on')).toBe('goes on');
  });
});
