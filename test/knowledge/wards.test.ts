import { expect, test } from '@jest/globals';
import { moveBetweenWards } from '../../knowledge/guides/wards.ts';

test.each([
  ['横浜市港北区から西区へ引っ越します', 'other_ward'], ['名古屋市の千種区から名東区', 'other_ward'], ['大阪市北区から大阪市西区へ', 'other_ward'], ['横浜市西区から川崎市川崎区へ', 'other_municipality'],
  ['世田谷区から杉並区へ引っ越した', 'other_municipality'], ['東京都港区から東京都北区へ', undefined], ['港北区から都筑区', 'other_ward'], ['青葉区から青葉区', 'same'], ['区役所から来ました', undefined], ['千葉市から横浜市へ', undefined],
] as const)('%s: %s', (text, kind) => {
  expect(moveBetweenWards(text)).toBe(kind);
});
