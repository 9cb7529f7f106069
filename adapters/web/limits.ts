import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../server.ts';

/** What is counted, and how much of it is welcome in how many seconds. A city hall or a school is one address to us: what one address may do is generous. */
export const welcome = {
  message: { points: 40, duration: 60 },
  beginning: { points: 300, duration: 600 },
  request: { points: 6000, duration: 60 },
} as const;
export type Counted = keyof typeof welcome;

/** Counts in memory, each process for itself. */
export type Limits = (counted: Counted, key: string) => Promise<void>;

/** @returns a counter that throws Refusal 429 with `Retry-After` in seconds when there was too much */
export function makeLimits(): Limits {
  const limiters = Object.fromEntries(Object.entries(welcome).map(([name, options]) => [name, new RateLimiterMemory(options)])) as Record<Counted, RateLimiterMemory>;
  return async (counted, key) => {
    try {
      await limiters[counted].consume(key);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw new Refusal(429, 'TooMany', 'That was too much at once. Please wait a moment and send it again.', { 'Retry-After': String(Math.max(1, Math.ceil(error.msBeforeNext / 1000))) });
    }
  };
}
