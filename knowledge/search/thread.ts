import { Worker } from 'node:worker_threads';
import type { Tables } from './lattice.ts';

/**
 * Starts the thread that learns one library. This module is light, so that a program can start it before it loads anything else.
 * @param tables the dictionary's, when they are loaded; the thread loads them itself otherwise
 */
export const startThread = (tables?: Tables): Worker => new Worker(new URL('./worker.ts', import.meta.url), { workerData: { tables } });
