import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { criteria } from '../../accessibility/criteria.ts';
import { pictureFolder, pictures } from '../../accessibility/pictures.ts';
import { waicReport } from '../../accessibility/report.ts';
import { screens, walk } from '../../accessibility/screens.ts';
import { root, today } from '../../helpers.ts';
import { openSite, type Site } from '../../visit.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site.close());

test.each(screens.map((one) => [one.name, one] as const))('axe finds nothing in %s: page, conversation, settings, list and answer', async (_, screen) => {
  expect(await walk(site.browser, site.base, screen)).toEqual([]);
});

test('every picture of the widget is there, is small, and is shown or linked in README', async () => {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  for (const { name } of pictures) {
    expect(readme).toContain(`docs/widget/${name}`);
    expect((await stat(join(pictureFolder, name))).size).toBeLessThan(80_000);
  }
});

test('the report names all 38 criteria of levels A and AA, and a fault at the criterion it breaks', () => {
  expect(new Set(criteria.map(({ number }) => number)).size).toBe(38);
  const report = waicReport([{ rule: 'color-contrast', criteria: ['wcag143'], place: '["p"]' }], today);
  expect(report.match(/^\| \d\.\d\.\d .*$/gm)).toHaveLength(38);
  expect(report).toMatch(/^\| 1\.4\.3 .*\| × \|.*color-contrast/m);
  expect(waicReport([], today)).not.toContain('×');
});
