import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { readConfig } from '../../../adapters/config.ts';
import { start, type Running } from '../../../adapters/start.ts';
import { criteria } from '../../accessibility/criteria.ts';
import { waicReport } from '../../accessibility/report.ts';
import { screens, walk } from '../../accessibility/screens.ts';
import { openBrowser } from '../../browser.ts';
import { knowledgeFolder, shelfOf, today } from '../../helpers.ts';

let service: Running;
let base: string;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi axe '));
  const config = readConfig({ PORT: '0', KNOWLEDGE_DIR: knowledgeFolder, DATABASE_URL: `file:${folder}/test.db`, LOG_LEVEL: 'silent', TODAY: today });
  [service, browser] = await Promise.all([start(config, shelfOf(config)), openBrowser()]);
  base = `http://127.0.0.1:${service.port}`;
}, 120_000);
afterAll(async () => {
  await browser.close();
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

test.each(screens.map((one) => [one.name, one] as const))('axe finds nothing in %s: page, conversation, settings, list and answer', async (_, screen) => {
  expect(await walk(browser, base, screen)).toEqual([]);
});

test('the report names all 38 criteria of levels A and AA, and a fault at the criterion it breaks', () => {
  expect(new Set(criteria.map(({ number }) => number)).size).toBe(38);
  const report = waicReport([{ rule: 'color-contrast', criteria: ['wcag143'], place: '["p"]' }], today);
  expect(report.match(/^\| \d\.\d\.\d .*$/gm)).toHaveLength(38);
  expect(report).toMatch(/^\| 1\.4\.3 .*\| × \|.*color-contrast/m);
  expect(waicReport([], today)).not.toContain('×');
});
