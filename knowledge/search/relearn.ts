import { gainOf, membersOf, rowsOf, sumUp } from './count.ts';
import { FeatureTable, type Kind } from './features.ts';
import { enoughOf, settings, type Example, type Learned } from './model.ts';
import type { Language } from './terms.ts';

/** A longer array with the same beginning. */
function longer(values: Float32Array, length: number): Float32Array {
  const more = new Float32Array(length);
  more.set(values);
  return more;
}

/**
 * Learns a few classes anew and leaves everything else as it was: how rare features are, and what they say for other classes.
 * What was corrected in favour of a class is kept where the class still knows the feature.
 * @param changed labels of the classes
 * @param examples all there are of them now
 */
export function relearn(before: Learned, changed: ReadonlySet<string>, examples: readonly Example[], language: Language): Learned {
  const { kinds, smoothing } = settings;
  const table = new FeatureTable({ ...before.table, keys: before.table.keys.slice(), numbers: before.table.numbers.slice() });
  const old = table.size;
  const kindOf: Kind[] = [];
  kindOf.length = old;
  const rows = rowsOf(examples, language, table, kindOf);
  const [weightOf, rarity] = [longer(before.weightOf, table.size), longer(before.rarity, table.size)];
  for (let id = old; id < table.size; id += 1) {
    const times = rows.seenIn.values[id]!;
    rarity[id] = Math.log(1 + before.size / times);
    weightOf[id] = times >= enoughOf(before.size) || kindOf[id] === 'word' || kindOf[id] === 'concept' ? rarity[id]! * kinds[kindOf[id]!] : 0;
  }

  // What each changed class has to say, by feature.
  const labels = [...before.labels];
  const said = new Map<number, Map<number, number>>();
  const sums = new Float64Array(table.size);
  for (const [label, members] of membersOf(examples)) {
    const number = labels.includes(label) ? labels.indexOf(label) : labels.push(label) - 1;
    const seen: [number, number][] = [];
    const total = sumUp(members, examples, rows, weightOf, sums, (id, sum) => { seen.push([id, sum]); });
    for (const [id, sum] of seen) said.set(id, (said.get(id) ?? new Map<number, number>()).set(number, gainOf(sum, total, before.mean, smoothing)));
  }

  const isChanged = labels.map((label) => changed.has(label));
  const most = before.classes.length + [...said.values()].reduce((sum, { size }) => sum + size, 0);
  const [classes, gains] = [new Uint16Array(most), new Float32Array(most)];
  const starts = new Int32Array(table.size + 1);
  let length = 0;
  const say = (label: number, gain: number): void => {
    classes[length] = label;
    gains[length] = gain;
    length += 1;
  };
  for (let id = 0; id < table.size; id += 1) {
    const now = said.get(id);
    for (let at = id < old ? before.starts[id]! : 0; at < (id < old ? before.starts[id + 1]! : 0); at += 1) {
      const label = before.classes[at]!;
      const gain = now?.get(label);
      if (isChanged[label] && gain === undefined) continue;
      say(label, gain === undefined ? before.gains[at]! : Math.max(gain, before.gains[at]!));
      now?.delete(label);
    }
    for (const [label, gain] of now ?? []) say(label, gain);
    starts[id + 1] = length;
  }
  return { labels, table: table.data, weightOf, rarity, size: before.size, mean: before.mean, starts, classes: classes.slice(0, length), gains: gains.slice(0, length) };
}
