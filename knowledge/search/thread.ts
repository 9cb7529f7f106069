import { Worker } from 'node:worker_threads';

/**
 * Starts the thread that makes libraries; it begins to load the dictionary at once, and does not keep the process alive.
 * This module is light, so that a program can start the thread before it loads anything else.
 */
export function startThread(): Worker {
  const thread = new Worker(new URL('./worker.ts', import.meta.url));
  thread.unref();
  return thread;
}
