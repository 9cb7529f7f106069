import { expect, test } from '@jest/globals';
import { canaryRun } from './bench/canary.ts';

test('of two hundred numbers sent on LINE and the web, none is in the database, its log, our log, metrics, transcripts, reports, requests to LINE or what a fault leaves', async () => {
  const searched = await canaryRun(200);
  expect(searched.length).toBeGreaterThanOrEqual(10);
  expect(searched.filter(({ found }) => found.length > 0)).toEqual([]);
}, 120_000);
