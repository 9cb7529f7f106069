import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Library } from '../../../knowledge/library.ts';
import { readFiles } from '../../../knowledge/files.ts';
import { prepare } from '../../../knowledge/prepare.ts';
import { bundle } from '../../bundle.ts';
import { jsonOf, Refusal, type Answer, type Route } from '../../server.ts';
import { drawMenu } from '../menu-picture.ts';
import { menuLanguages, menuRequest, type MenuLanguage } from '../menu-plan.ts';
import type { Platform, Tapped } from './platform.ts';

export interface DemoParts {
  readonly platform: Platform;
  readonly library: () => Library;
  /** Folder of the knowledge, for the menu below the chat. */
  readonly knowledge: string;
  /** Address of our own webhook. */
  readonly webhook: () => string;
}

const folder = fileURLToPath(new URL('./phone/', import.meta.url));
const user = z.string().regex(/^U[0-9a-f]{32}$/);
const event = z.strictObject({ user, tapped: z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('message'), text: z.string().min(1).max(5000) }),
  z.strictObject({ type: z.literal('postback'), data: z.string().max(300), params: z.record(z.string(), z.string()).optional() }),
  z.strictObject({ type: z.literal('follow') }),
  z.strictObject({ type: z.literal('unfollow') }),
]) });
const fresh = (type: string, body: string | Buffer): Answer => ({ headers: { 'Content-Type': type, 'Cache-Control': 'no-store' }, body });

/** The page around the phone, for staff who want to see LINE's side before there is an account. */
const pageOf = (city: string): string => `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>LINEのお試し | ${city}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/line-demo/phone.css">
</head>
<body>
<main>
<section class="about">
<h1>LINEのお試し</h1>
<p>LINEのアカウントがなくても、住民の方の画面でどう見えるかを確かめられます。LINEの役はこのページがしています。メッセージはこのパソコンの外には出ません。</p>
<p lang="en">Try what residents see on LINE without an account. This page plays LINE's part; nothing leaves this computer.</p>
<p><button type="button" id="again">友だち追加からやり直す / Start over</button></p>
</section>
<section class="phone" aria-label="電話の画面 / Phone">
<header id="name">${city}</header>
<div id="chat" role="log" aria-live="polite" aria-label="トーク / Chat" tabindex="0"></div>
<div id="quick"></div>
<form id="write"><input id="text" aria-label="メッセージ / Message" placeholder="Aa" autocomplete="off" maxlength="5000"><button type="submit" aria-label="送信 / Send">➤</button></form>
<div id="menu"></div>
</section>
</main>
<script src="/line-demo/phone.js" defer></script>
</body>
</html>
`;

/** The pretend phone: its page, what it sends, what arrives, and the menu below the chat. */
export function demoRoutes({ platform, library, knowledge, webhook }: DemoParts): Route[] {
  let script: Promise<string> | undefined;
  const menuOf = async (language: MenuLanguage) => {
    const { richMenu } = prepare(await readFiles(knowledge));
    if (richMenu === undefined) throw new Refusal(404, 'NoMenu', 'There is no menu: words/rich-menu.yaml has faults.');
    const picture = await drawMenu(richMenu, language);
    return { picture, request: menuRequest(richMenu, language, picture) };
  };
  const menus = new Map<MenuLanguage, ReturnType<typeof menuOf>>();
  const menu = (language: string | undefined): ReturnType<typeof menuOf> => {
    const known = menuLanguages.find((one) => one === language);
    if (known === undefined) throw new Refusal(404, 'NotFound', 'There is no menu in this language.');
    if (!menus.has(known)) menus.set(known, menuOf(known));
    return menus.get(known)!;
  };
  return [
    { method: 'get', path: '/line-demo', handle: async () => fresh('text/html; charset=utf-8', pageOf(library().municipality.name.ja)) },
    { method: 'get', path: '/line-demo/phone.js', handle: async () => fresh('text/javascript; charset=utf-8', await (script ??= bundle(`${folder}main.ts`))) },
    { method: 'get', path: '/line-demo/phone.css', handle: async () => fresh('text/css; charset=utf-8', await readFile(`${folder}style.css`, 'utf8')) },
    { method: 'get', path: '/line-demo/menu/:language/picture.png', handle: async ({ params }) => fresh('image/png', Buffer.from((await menu(params.language)).picture)) },
    { method: 'get', path: '/line-demo/menu/:language', handle: async ({ params }) => ({ body: (await menu(params.language)).request }) },
    {
      method: 'post', path: '/line-demo/events',
      async handle({ body }) {
        const read = event.safeParse(jsonOf(body));
        if (!read.success) throw new Refusal(400, 'BadEvent', 'This is no event of the pretend phone.');
        return { body: { status: await platform.deliver(read.data.user, read.data.tapped as Tapped, webhook()) } };
      },
    },
    {
      method: 'get', path: '/line-demo/messages/:user',
      async handle({ params, query }) {
        const known = user.safeParse(params.user);
        if (!known.success) throw new Refusal(400, 'BadUser', 'This is no user of the pretend phone.');
        return { headers: { 'Cache-Control': 'no-store' }, body: platform.arrived(known.data, Number(query.get('after')) || 0) };
      },
    },
  ];
}
