import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTurn } from '../../adapters/run-turn.ts';
import { forgetOld } from '../../adapters/start.ts';
import { createBot } from '../../bot/bot.ts';
import type { Activity } from '../../bot/engine.ts';
import { openStore } from '../../bot/store/open.ts';
import { shippedLibrary, today } from '../helpers.ts';
import { chances } from '../canaries.ts';
import { texts } from './process.ts';

/** Conversations that talk at the same time; each ends after so many turns and another begins. */
const talking = 200;
const longest = 12;
const samples = 10;

/** Runs turns in this process on a database file and prints what memory they take, at the beginning, on the way and in the end. */
export async function soak(count: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi soak '));
  const store = await openStore(`file:${folder}/soak.db`);
  const library = await shippedLibrary();
  const bot = createBot({ store, library: () => library, today: () => today, idleHours: 24, questionLog: { key: 'a key of the soak', days: 90 }, report: () => undefined });
  const next = chances();
  const choices = new Map<number, string[]>();
  console.log(`${'turns'.padStart(9)} ${'heap MB'.padStart(9)} ${'resident MB'.padStart(12)} ${'database MB'.padStart(12)} ${'turns a second'.padStart(15)}`);
  const sample = async (turns: number, began: number, since: number): Promise<void> => {
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    const { size } = await stat(join(folder, 'soak.db'));
    console.log(`${String(turns).padStart(9)} ${(heapUsed / 1e6).toFixed(1).padStart(9)} ${(rss / 1e6).toFixed(0).padStart(12)} ${(size / 1e6).toFixed(1).padStart(12)} ${(since === 0 ? '' : (since / (performance.now() - began) * 1000).toFixed(0)).padStart(15)}`);
  };
  let began = performance.now();
  const each = Math.max(1, Math.floor(count / samples));
  for (let turn = 0; turn < count; turn += 1) {
    // The first sample is taken when everything that is loaded once has been.
    if (turn === Math.min(2000, each) || (turn > 0 && turn % each === 0)) {
      await sample(turn, began, turn % each === 0 ? each : 0);
      // Everything that was said is older than the settings allow by then.
      await forgetOld(store, { idleHours: 24, questionLogDays: 90 }, new Date(Date.now() + 91 * 24 * 3_600_000));
      began = performance.now();
    }
    const place = turn % talking;
    const conversation = `soak-${place}-${Math.floor(turn / (talking * longest))}`;
    const offered = choices.get(place) ?? [];
    const value = offered.length > 0 && next() < 0.5 ? offered[Math.floor(next() * offered.length)] : undefined;
    const replies = await runTurn(bot, {
      type: 'message', id: `m${turn}`, channelId: 'webchat', conversation: { id: conversation, isGroup: false, conversationType: '', name: '' }, from: { id: 'someone', name: '' }, recipient: { id: 'bot', name: '' },
      text: texts[Math.floor(next() * texts.length)]!, ...(value === undefined ? {} : { value }),
    } as Partial<Activity>);
    choices.set(place, (replies.at(-1)?.suggestedActions?.actions ?? []).map((action) => String(action.value)));
  }
  await sample(count, began, each);
  await store.close();
  await rm(folder, { recursive: true, force: true });
}
