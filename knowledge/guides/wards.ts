/** Cities with wards (政令指定都市): a move between their wards is not a move to another municipality (F5-05). */
const designatedCities = '札幌 仙台 さいたま 千葉 横浜 川崎 相模原 新潟 静岡 浜松 名古屋 京都 大阪 堺 神戸 岡山 広島 北九州 福岡 熊本'.split(' ');
/** Tokyo's special wards are municipalities of their own. */
const specialWards = '千代田 中央 港 新宿 文京 台東 墨田 江東 品川 目黒 大田 世田谷 渋谷 中野 杉並 豊島 北 荒川 板橋 練馬 足立 葛飾 江戸川'.split(' ');
/** Names that Tokyo shares with other cities: alone they tell nothing. */
const sharedNames = '中央 港 北'.split(' ');

const place = '(?:(\\p{sc=Han}{2,4}|さいたま)市)?(?:東京都)?([\\p{sc=Han}ぁ-んヶケ]{1,5}?)区';
const fromTo = new RegExp(`${place}から${place}`, 'u');

/**
 * Understands “横浜市港北区から西区へ” and “世田谷区から杉並区”.
 * @returns whether a move from ward to ward leaves the municipality; undefined where the names do not tell
 */
export function moveBetweenWards(text: string): 'other_ward' | 'other_municipality' | 'same' | undefined {
  const [, fromCity, from, toCity, to] = fromTo.exec(text) ?? [];
  if (from === undefined || to === undefined) return undefined;
  const city = fromCity ?? toCity;
  if (fromCity !== undefined && toCity !== undefined && fromCity !== toCity) return 'other_municipality';
  if (from === to) return 'same';
  if (city !== undefined) return designatedCities.includes(city) ? 'other_ward' : undefined;
  if (sharedNames.includes(from) || sharedNames.includes(to)) return undefined;
  return specialWards.includes(from) || specialWards.includes(to) ? 'other_municipality' : 'other_ward';
}
