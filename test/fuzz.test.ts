import { expect, test } from '@jest/globals';
import { fuzzing } from './bench/fuzz.ts';

test('whatever comes over HTTP or from LINE, and whatever stands in files and settings, nothing crashes, hangs or is answered with 5xx', async () => {
  expect((await fuzzing(500)).filter(({ wrong }) => wrong !== undefined)).toEqual([]);
}, 120_000);
