import type { Activity, Storage, StoreItems } from '../engine.ts';

/** What a turn leaves behind; kept whole or not at all. */
export interface TurnRecord {
  readonly conversation: string;
  /** State to write, by storage key. */
  readonly changes: StoreItems;
  /** The message and the replies, in order, for the conversation's history. */
  readonly said: readonly Partial<Activity>[];
}

/** A conversation's history after a watermark. */
export interface Transcript {
  readonly activities: readonly Partial<Activity>[];
  /** Number of the newest activity; ask with it to get what came later. */
  readonly watermark: number;
}

/** The promise every database keeps: what outlives a turn. */
export interface Store extends Storage {
  /** Runs `work` while no other turn of the same key runs, on any instance. */
  exclusive<Result>(key: string, work: () => Promise<Result>): Promise<Result>;
  commit(turn: TurnRecord): Promise<void>;
  /** Whether the history of a conversation holds an activity with this id. */
  heard(conversation: string, activityId: string): Promise<boolean>;
  transcript(conversation: string, after: number): Promise<Transcript>;
  /** Deletes everything kept of a conversation. */
  forget(conversation: string): Promise<void>;
  /** Deletes conversations idle since before a moment. */
  forgetBefore(moment: Date): Promise<void>;
  /** A value made once and kept, such as a secret. */
  setting(name: string, make: () => string): Promise<string>;
  close(): Promise<void>;
}
