import { createHash } from 'node:crypto';
import type { messagingApi } from '@line/bot-sdk';
import type { RichMenu } from '../../knowledge/rich-menu.ts';

/** Languages the menu has; easy Japanese uses the Japanese one. */
export const menuLanguages = ['ja', 'en'] as const;
export type MenuLanguage = (typeof menuLanguages)[number];

/** Pixels of the picture: the usual large size. */
export const menuSize = { width: 2500, height: 1686 } as const;
/** Height of the strip that changes the language. */
const strip = 246;
const columns = 3;

/** Where something stands on the picture, in pixels. */
export interface Place { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

export const stripPlace: Place = { x: 0, y: 0, width: menuSize.width, height: strip };

/** Where the six areas stand, in two rows. */
export const places: readonly Place[] = Array.from({ length: 6 }, (_, index) => {
  const [column, row, height] = [index % columns, Math.floor(index / columns), (menuSize.height - strip) / 2];
  const x = Math.floor((column * menuSize.width) / columns);
  return { x, y: strip + row * height, width: Math.floor(((column + 1) * menuSize.width) / columns) - x, height };
});

/** Every menu of ours begins like this; others are left alone. */
export const ourName = 'madoguchi-';
export const aliasOf = (language: MenuLanguage): string => `${ourName}${language}`;

/** Between what an area opens and the language of the menu it stands in; the text a message would have is missing there. */
export const languageMark = '@';

/** A menu as LINE takes it; its name changes with whatever is seen or sent, so that an unchanged menu is known again. */
export function menuRequest(menu: RichMenu, language: MenuLanguage, picture: Uint8Array): messagingApi.RichMenuRequest {
  const other = language === 'ja' ? 'en' : 'ja';
  const spoken = (label: string): string => (language === 'ja' ? label.replaceAll(' ', '') : label);
  const areas: messagingApi.RichMenuArea[] = [
    { bounds: stripPlace, action: { type: 'richmenuswitch', label: menu.switch[language], richMenuAliasId: aliasOf(other), data: `language:${other}` } },
    ...menu.areas.map(({ label, text, opens }, index): messagingApi.RichMenuArea => ({ bounds: places[index]!, action: opens === undefined
      ? { type: 'message', label: spoken(label[language]), text: text[language] }
      : { type: 'postback', label: spoken(label[language]), data: `${opens}${languageMark}${language}`, displayText: text[language] } })),
  ];
  const digest = createHash('sha256').update(JSON.stringify(areas)).update(menu.bar[language]).update(picture).digest('hex').slice(0, 16);
  return { size: menuSize, selected: true, name: `${aliasOf(language)}-${digest}`, chatBarText: menu.bar[language], areas };
}
