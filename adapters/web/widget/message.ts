/** An answer's parts, as the server lays them out beside the text. */
export interface AnswerParts {
  readonly type: 'madoguchi/answer';
  /** The entry's id, such as `lost/what-to-do-first`. */
  readonly entry: string;
  readonly title: string;
  readonly progress?: { readonly stages: readonly string[]; readonly at: number; readonly here: string };
  readonly calendar?: { readonly label: string; readonly path: string };
}

/** A button: what stands on it, and the id it sends. */
export interface Action {
  readonly title: string;
  readonly value: string;
}

/** What the server sends of a message; the subset of an activity that is shown. */
export interface Said {
  readonly id: string;
  readonly text?: string;
  readonly locale?: string;
  readonly from: { readonly role?: string };
  readonly entities?: readonly (AnswerParts | { readonly type: string })[];
  readonly channelData?: { readonly clientActivityID?: string };
  readonly suggestedActions?: { readonly actions: readonly Action[] };
}

/** A message of the resident's until the server has it. */
export interface Outgoing {
  readonly client: string;
  readonly text: string;
  readonly value?: string;
}

/** A notice of the city, by language. */
export type Notice = Readonly<Record<string, string>>;
