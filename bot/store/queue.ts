/** Work of one key, one piece after the other within this process; of different keys side by side. */
export class Queue {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs `work` when the work that was given for this key before is over, however it ended. */
  async run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(key) === mine) this.last.delete(key);
    }
  }
}
