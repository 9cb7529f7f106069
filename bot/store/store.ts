import type { Activity, Storage, StoreItems } from '../engine.ts';

/** A question as the log keeps it: masked, and without anybody's id. */
export interface AskedQuestion {
  /** When, in ms since 1970. */
  readonly at: number;
  readonly channel: string;
  readonly locale: string;
  /** `asked` in words, `chosen` among those offered, or a vote on an answer. */
  readonly kind: 'asked' | 'chosen' | 'useful' | 'useless';
  /** Empty for all but `asked`. */
  readonly text: string;
  readonly outcome: string;
  /** Entries that were given, offered or chosen, best first. */
  readonly entries: readonly string[];
  readonly confidence: number;
  /** The same for the same conversation on the same day, and nothing that leads back to it. */
  readonly asker: string;
}

/** What a turn leaves behind; kept whole or not at all. */
export interface TurnRecord {
  readonly conversation: string;
  /** State to write, by storage key. */
  readonly changes: StoreItems;
  /** The message and the replies, in order, for the conversation's history. */
  readonly said: readonly Partial<Activity>[];
  /** The inbox event the message came in; its replies are kept with it until they are sent, and the conversation has no history. */
  readonly event?: string | undefined;
  /** What was asked, for the question log. */
  readonly asked?: AskedQuestion | undefined;
  /** All that was kept of the conversation before is deleted, with the questions of these askers; of what is said only the replies are kept. */
  readonly forget?: readonly string[] | undefined;
}

/** A conversation's history after a watermark. */
export interface Transcript {
  readonly activities: readonly Partial<Activity>[];
  /** Number of the newest activity; ask with it to get what came later. */
  readonly watermark: number;
}

/** A message of a platform that was accepted and must be answered once. */
export interface InboxEvent {
  /** The platform's id of the event; the same event may be delivered again. */
  readonly id: string;
  /** Events of a conversation are handled one after the other. */
  readonly conversation: string;
  /** When it happened, in milliseconds since 1970; the order within a conversation. */
  readonly at: number;
  /** What the platform sent, as far as it is needed to answer. */
  readonly event: object;
}

/** An event somebody has taken to handle. */
export interface Claimed {
  readonly id: string;
  readonly conversation: string;
  readonly event: object;
  readonly at: number;
  /** The replies, when an earlier holder had made them and perhaps sent them; undefined when the turn is still to run. */
  readonly answer: readonly Partial<Activity>[] | undefined;
  /** How often it was claimed, this time included. */
  readonly tries: number;
}

/** Most events of one conversation that wait; nobody types so many, and whoever sends them keeps nobody else waiting. */
export const mostOfConversation = 200;

/** How full the inbox is. */
export interface InboxDepth {
  readonly waiting: number;
  /** Age of the oldest waiting event in milliseconds; 0 when none waits. */
  readonly oldest: number;
  /** When the newest event that is remembered happened, in milliseconds since 1970; undefined when none is. */
  readonly newest: number | undefined;
}

/** The promise every database keeps: what outlives a turn. */
export interface Store extends Storage {
  /** Runs `work` while no other turn of the same key runs, on any instance. */
  exclusive<Result>(key: string, work: () => Promise<Result>): Promise<Result>;
  commit(turn: TurnRecord): Promise<void>;
  /**
   * Takes events in, all or none; those it has had before count as taken.
   * @returns the ids of those left out, because so many of their conversation wait already
   */
  accept(events: readonly InboxEvent[]): Promise<ReadonlySet<string>>;
  /** Takes up to `most` events that are due for `lease` ms: the oldest of each conversation in which nobody holds one. */
  claim(most: number, lease: number): Promise<Claimed[]>;
  /** The platform has accepted the replies, or nothing can be done any more: what the event held is deleted, its id is remembered. */
  finish(id: string): Promise<void>;
  /** Lets an event go to be claimed again after `delay` ms. */
  release(id: string, delay: number): Promise<void>;
  /** Deletes a message that its writer took back, waiting or logged; `message` is the activity's id. */
  withdraw(conversation: string, message: string): Promise<void>;
  inboxDepth(): Promise<InboxDepth>;
  /** Whether the history of a conversation holds an activity with this id. */
  heard(conversation: string, activityId: string): Promise<boolean>;
  transcript(conversation: string, after: number): Promise<Transcript>;
  /** Number of the newest activity of each conversation that has one. */
  newest(conversations: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** The question log since a moment, oldest first. */
  questions(since: Date): Promise<AskedQuestion[]>;
  /** Deletes questions logged before a moment. */
  forgetQuestions(before: Date): Promise<void>;
  /** Deletes everything kept of a conversation, and the questions of these askers. */
  forget(conversation: string, askers: readonly string[]): Promise<void>;
  /** Deletes conversations idle since before a moment. */
  forgetBefore(moment: Date): Promise<void>;
  /** A value made once and kept, such as a secret. */
  setting(name: string, make: () => string): Promise<string>;
  /** Makes what was deleted unreadable in the files of the database, where that is ours to do. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}
