import { HTTPFetchError, messagingApi } from '@line/bot-sdk';
import { aliasOf, menuLanguages, ourName, type MenuLanguage } from './menu-plan.ts';

/** A menu and its picture. */
export interface Drawn {
  readonly request: messagingApi.RichMenuRequest;
  readonly picture: Uint8Array;
}

export interface MenuAddresses {
  readonly accessToken: string;
  readonly apiBaseUrl: string | undefined;
  readonly dataApiBaseUrl: string | undefined;
}

/** What LINE answers is left alone for this long, in ms. */
const limit = 20_000;
async function within<Result>(call: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error('LINE did not answer within 20 seconds; nothing that residents see was taken away. Run the command again.')), limit); });
  return Promise.race([call, late]).finally(() => clearTimeout(timer));
}

/**
 * Brings LINE's rich menus to what was drawn; may be repeated, also after it was cut off anywhere. The menu residents see is
 * replaced only when the new one has its picture, and old ones of ours are deleted last.
 * @returns what was done, a line each
 * @throws what LINE answered, or an Error when it did not
 */
export async function syncMenus(drawn: Readonly<Record<MenuLanguage, Drawn>>, { accessToken: channelAccessToken, apiBaseUrl, dataApiBaseUrl }: MenuAddresses): Promise<string[]> {
  const api = new messagingApi.MessagingApiClient({ channelAccessToken, ...(apiBaseUrl === undefined ? {} : { baseURL: apiBaseUrl }) });
  const data = new messagingApi.MessagingApiBlobClient({ channelAccessToken, ...(dataApiBaseUrl === undefined ? {} : { baseURL: dataApiBaseUrl }) });
  const done: string[] = [];
  const { richmenus } = await within(api.getRichMenuList());
  const { aliases } = await within(api.getRichMenuAliasList());
  const current = {} as Record<MenuLanguage, string>;
  for (const language of menuLanguages) {
    const { request, picture } = drawn[language];
    const alias = aliases.find(({ richMenuAliasId }) => richMenuAliasId === aliasOf(language));
    // An alias is only set once the picture is there: a menu without one is what an interrupted run left.
    const known = richmenus.find(({ name, richMenuId }) => name === request.name && alias?.richMenuId === richMenuId);
    if (known !== undefined) {
      current[language] = known.richMenuId;
      done.push(`${language}: unchanged`);
      continue;
    }
    await within(api.validateRichMenuObject(request));
    const { richMenuId } = await within(api.createRichMenu(request));
    await within(data.setRichMenuImage(richMenuId, new Blob([new Uint8Array(picture)], { type: 'image/png' })));
    if (alias === undefined) await within(api.createRichMenuAlias({ richMenuAliasId: aliasOf(language), richMenuId }));
    else await within(api.updateRichMenuAlias(aliasOf(language), { richMenuId }));
    current[language] = richMenuId;
    done.push(`${language}: created`);
  }
  const usual = await within(api.getDefaultRichMenuId()).catch((error: unknown) => {
    if (error instanceof HTTPFetchError && error.status === 404) return undefined;
    throw error;
  });
  if (usual?.richMenuId !== current.ja) {
    await within(api.setDefaultRichMenu(current.ja));
    done.push('ja: shown to everybody');
  }
  const old = richmenus.filter(({ name, richMenuId }) => name.startsWith(ourName) && !Object.values(current).includes(richMenuId));
  for (const { richMenuId } of old) await within(api.deleteRichMenu(richMenuId));
  if (old.length > 0) done.push(`old menus deleted: ${old.length}`);
  return done;
}
