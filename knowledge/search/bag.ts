import { eachFeature, type FeatureTable, type Kind } from './features.ts';
import type { Language, Terms } from './terms.ts';

/** A growing row of numbers without boxes. */
export class Row {
  values = new Float64Array(1 << 16);
  length = 0;
  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length] = value;
    this.length += 1;
  }
}

/** The features of one text at a time, each with its count; flat arrays that are used again for the next text. */
export class Bag {
  ids = new Int32Array(1 << 10);
  counts = new Float64Array(1 << 10);
  length = 0;
  private place = new Int32Array(1 << 16).fill(-1);

  /** @param kinds gets the kind of every feature that is new to the table */
  fill(terms: Terms, language: Language, table: FeatureTable, add: boolean, kinds?: Kind[]): void {
    for (let at = 0; at < this.length; at += 1) this.place[this.ids[at]!] = -1;
    this.length = 0;
    eachFeature(terms, language, (key, kind) => {
      const id = table.number(key, add);
      if (id < 0) return;
      if (kinds !== undefined && id === kinds.length) kinds.push(kind);
      this.count(id);
    });
  }

  private count(id: number): void {
    if (id >= this.place.length) {
      const larger = new Int32Array(Math.max(this.place.length * 2, id + 1)).fill(-1);
      larger.set(this.place);
      this.place = larger;
    }
    const at = this.place[id]!;
    if (at >= 0) {
      this.counts[at]! += 1;
      return;
    }
    if (this.length === this.ids.length) {
      const [ids, counts] = [new Int32Array(this.length * 2), new Float64Array(this.length * 2)];
      ids.set(this.ids);
      counts.set(this.counts);
      [this.ids, this.counts] = [ids, counts];
    }
    this.place[id] = this.length;
    this.ids[this.length] = id;
    this.counts[this.length] = 1;
    this.length += 1;
  }
}
