import { z } from 'zod';
import { isDay, spellDay, type Day } from './days.ts';
import type { GuideContext } from './guides/guide.ts';
import { inLocale, type Locale, type Said } from './locales.ts';
import { usualTimes, type StatusTimes } from './policies/status.ts';
import { field, readYaml, type Read } from './yaml.ts';

const said = z.strictObject({ ja: z.string().min(1), en: z.string().min(1), 'ja-easy': z.string().min(1).optional() });
const inBoth = (what: string, english: string) => field(said, {
  ja: `${what}を ja: と en: に分けて書いてください。`,
  en: `Write ${english} under ja: and en:.`,
});
const tel = field(z.string().regex(/^[0-9+#-]{2,20}$/), {
  ja: '電話番号を半角の数字と「-」で書いてください。',
  en: 'Write the telephone number in half-width digits and “-”.',
});
const url = field(z.string().regex(/^https:\/\/\S+$/), { ja: 'https:// から書いてください。', en: 'Write it from https:// on.' });
const day = field(z.string().refine(isDay).meta({ format: 'date' }), { ja: '2026-11-20 のように書いてください。', en: 'Write it like 2026-11-20.' });
const times = Object.fromEntries(Object.keys(usualTimes).map((name) => [name, field(z.int().min(0).max(400).optional(), {
  ja: '日数か月数を半角の数字で書いてください。',
  en: 'Write a number of days or months.',
})])) as { [Name in keyof StatusTimes]: z.ZodOptional<z.ZodInt> };

export const municipalitySchema = z.strictObject({
  name: inBoth('市区町村の名前', 'the name'),
  departments: field(z.record(z.string().regex(/^[a-z_]+$/), z.strictObject({
    name: inBoth('部署の名前', 'the name'), tel, hours: inBoth('受付時間', 'the hours'),
  })), { ja: '担当部署を1つ以上書いてください。', en: 'Write at least one department.' }),
  extended_hours: inBoth('夜間・休日の窓口', 'the extended hours').optional(),
  closed: inBoth('閉まっている日', 'the closed days'),
  address: inBoth('住所', 'the address'),
  map_url: url.optional(),
  booking_url: url.optional(),
  website: url,
  linkHosts: field(z.array(z.string().regex(/^[a-z0-9.-]+$/)), {
    ja: '回答からリンクしてよい公式サイトを [digital.go.jp, city.mihon.example.jp] のように書いてください。',
    en: 'List the official hosts answers may link to, like [digital.go.jp, city.mihon.example.jp].',
  }),
  menu: field(z.array(z.string().regex(/^(entry:[a-z0-9-]+\/[a-z0-9-]+|guide:[a-z]+)$/)).min(1).max(10), {
    ja: 'はじめに見せる選択肢を [guide:status, entry:apply/ways-to-apply] のように書いてください(10個まで)。',
    en: 'List the first choices like [guide:status, entry:apply/ways-to-apply], up to 10.',
  }),
  others: z.record(z.string().regex(/^[a-z-]+$/), z.strictObject({ name: inBoth('部署の名前', 'the department’s name'), tel })).optional(),
  owners: field(z.record(z.string().regex(/^[a-z0-9-]+$/), z.string().regex(/^[a-z_]+$/)), {
    ja: '話題(faq の中のフォルダー)と、見直す部署(departments の名前)を { moving: residents } のように書いてください。',
    en: 'Name topics (folders in faq) and the departments that look after them, like { moving: residents }.',
  }).optional(),
  noticesSent: z.strictObject({ appliedUntil: day, asOf: day }).optional(),
  times: z.strictObject(times).optional(),
});

/** What differs from one municipality to another. */
export type Municipality = Readonly<z.infer<typeof municipalitySchema>>;
export interface Department {
  readonly name: Said;
  readonly tel: string;
  readonly hours: Said;
}

/** The department that looks after an entry: the owner of its topic, or the one it names. */
export const ownerOf = ({ owners = {}, departments }: Municipality, { id, department }: { readonly id: string; readonly department: string }): string => {
  const owner = owners[id.split('/')[0]!];
  return owner !== undefined && departments[owner] !== undefined ? owner : department;
};

export const municipalityFile = 'municipality.yaml';
export const readMunicipality = (text: string): Read<Municipality> => readYaml(text, municipalitySchema, { file: municipalityFile, linesBefore: 0 });

/** What a guide knows besides answers: the day, and how long things take here, the usual figures or the municipality's own. */
export function guideContext({ times: own = {}, noticesSent }: Municipality, today: Day): GuideContext {
  const named = Object.entries(own).filter(([, value]) => value !== undefined);
  return { today, times: { ...usualTimes, ...Object.fromEntries(named) }, notices: noticesSent };
}

/** Names an entry may use in braces wherever it stands; a value is undefined where the municipality has none. */
export function municipalitySlots(municipality: Municipality, department: Department | undefined, locale: Locale): Record<string, string | undefined> {
  const say = (value: Said | undefined): string | undefined => value && inLocale(value, locale);
  const { noticesSent } = municipality;
  return {
    city: say(municipality.name),
    department: say(department?.name),
    tel: department?.tel,
    hours: say(department?.hours),
    extended_hours: say(municipality.extended_hours),
    closed: say(municipality.closed),
    address: say(municipality.address),
    booking_url: municipality.booking_url,
    map_url: municipality.map_url,
    website: municipality.website,
    notices_applied_until: noticesSent && spellDay(noticesSent.appliedUntil, locale),
    notices_as_of: noticesSent && spellDay(noticesSent.asOf, locale),
    ...Object.fromEntries(Object.entries(municipality.departments).map(([name, { tel: number }]) => [`${name}_tel`, number])),
  };
}
