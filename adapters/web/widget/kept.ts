import type { Outgoing } from './message.ts';

/** A conversation as this browser keeps it; without an id the server has not begun it yet. */
export interface Kept {
  id: string;
  token: string;
  /** When the token was given, in ms. */
  renewed?: number;
  pending: Outgoing[];
}

export interface Keeping {
  read(): Kept | undefined;
  write(kept: Kept | undefined): void;
  /** Another tab wrote. */
  watch(changed: () => void): void;
}

/** What lets a conversation outlive the page. Storage may be switched off; the conversation then lasts as long as the page. */
export const keeping = (key: string): Keeping => ({
  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null;
      return Array.isArray(kept?.pending) ? kept! : undefined;
    } catch {
      return undefined;
    }
  },
  write(kept) {
    try {
      if (kept === undefined) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(kept));
    } catch {
      // As above.
    }
  },
  watch: (changed) => addEventListener('storage', (event) => { if (event.key === key) changed(); }),
});
