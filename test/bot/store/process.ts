import { setTimeout as wait } from 'node:timers/promises';
import { openStore } from '../../../bot/store/open.ts';

// Another process on the same database, for tests that need two: node process.ts URL WHAT KEY.

const [url = '', what = '', key = '', times = '0'] = process.argv.slice(2);
const store = await openStore(url);
const say = (text: string): void => { process.stdout.write(`${text}\n`); };
const stateKey = `test/conversations/${key}/`;

/** Reads, waits and writes over whatever is there: turns are lost unless each runs alone. */
async function countUp(number: number): Promise<void> {
  await store.exclusive(key, async () => {
    const { turns = 0 } = ((await store.read([stateKey]))[stateKey] ?? {}) as { turns?: number };
    await wait(3);
    await store.commit({ conversation: key, changes: { [stateKey]: { turns: turns + 1, eTag: '*' } }, said: [{ type: 'message', id: `${process.pid}-${number}` }] });
  });
}

say('ready');
if (what === 'hold') {
  await store.exclusive(key, async () => {
    say('holding');
    await wait(600_000);
  });
} else if (what === 'count') {
  for (let number = 0; number < Number(times); number += 1) await countUp(number);
  await store.close();
} else if (what === 'claim') {
  // Takes events for ten minutes each and never finishes one.
  for (const { id } of await store.claim(Number(times), 600_000)) say(`took ${id}`);
  say('took all');
  await wait(600_000);
}
