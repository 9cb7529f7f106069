import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

// A stand-in for LINE's servers, as strict as the published contract and reference: shapes, limits, life of reply tokens, retry keys, error bodies.

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });
const graphemes = (most: number) => z.string().min(1).refine((text) => [...segmenter.segment(text)].length <= most, `must be between 1 and ${most} graphemes`);
const units = (most: number) => z.string().min(1).max(most);
const uri = units(1000).regex(/^(https?|tel|line):[\x21-\x7e]+$/, 'invalid uri scheme or characters');
const color = z.string().regex(/^#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const actionWith = (label: number) => z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('postback'), label: graphemes(label), data: units(300), displayText: units(300).optional() }),
  z.strictObject({ type: z.literal('message'), label: graphemes(label), text: units(300) }),
  z.strictObject({ type: z.literal('uri'), label: graphemes(label), uri }),
  z.strictObject({ type: z.literal('datetimepicker'), label: graphemes(label), data: units(300), mode: z.enum(['date', 'time', 'datetime']), initial: day.optional(), min: day.optional(), max: day.optional() })
    .refine(({ min, max }) => min === undefined || max === undefined || min < max, 'min must be before max'),
]);
const quickReply = z.strictObject({ items: z.array(z.strictObject({ type: z.literal('action'), imageUrl: z.string().optional(), action: actionWith(20) })).min(1).max(13) });

const size = z.enum(['xxs', 'xs', 'sm', 'md', 'lg', 'xl', 'xxl', '3xl', '4xl', '5xl']);
const spacing = z.enum(['none', 'xs', 'sm', 'md', 'lg', 'xl', 'xxl']);
const span = z.strictObject({ type: z.literal('span'), text: z.string().min(1), weight: z.enum(['regular', 'bold']).optional(), color: color.optional(), size: size.optional() });
const flexText = z.strictObject({
  type: z.literal('text'), text: z.string().min(1).optional(), contents: z.array(span).min(1).optional(), wrap: z.boolean().optional(), scaling: z.boolean().optional(), color: color.optional(),
  size: size.optional(), weight: z.enum(['regular', 'bold']).optional(), flex: z.number().int().min(0).optional(), margin: spacing.optional(), align: z.enum(['start', 'end', 'center']).optional(),
}).refine(({ text, contents }) => text !== undefined || contents !== undefined, 'text or contents is required');
const flexButton = z.strictObject({ type: z.literal('button'), action: actionWith(40), style: z.enum(['primary', 'secondary', 'link']).optional(), height: z.enum(['sm', 'md']).optional(), color: color.optional(), scaling: z.boolean().optional(), margin: spacing.optional() });
const box: z.ZodType = z.lazy(() => z.strictObject({
  type: z.literal('box'), layout: z.enum(['horizontal', 'vertical', 'baseline']), contents: z.array(z.union([flexText, flexButton, box])), margin: spacing.optional(), spacing: spacing.optional(), action: actionWith(40).optional(),
  paddingAll: spacing.optional(), cornerRadius: spacing.optional(), backgroundColor: color.optional(),
}).refine(({ layout, contents }) => layout !== 'baseline' || contents.every((part) => (part as { type: string }).type === 'text'), 'a baseline box holds text only'));
const bubble = z.strictObject({ type: z.literal('bubble'), size: z.enum(['nano', 'micro', 'deca', 'hecto', 'kilo', 'mega', 'giga']).optional(), body: box.optional(), footer: box.optional() })
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= 30_000, 'bubble exceeds 30 KB');
const carousel = z.strictObject({ type: z.literal('carousel'), contents: z.array(bubble).min(1).max(12) })
  .refine(({ contents }) => new Set(contents.map((one) => one.size)).size === 1, 'bubbles of one size').refine((value) => Buffer.byteLength(JSON.stringify(value)) <= 50_000, 'carousel exceeds 50 KB');
const message = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: units(5000), quickReply: quickReply.optional() }),
  z.strictObject({ type: z.literal('flex'), altText: units(1500), contents: z.discriminatedUnion('type', [bubble, carousel]), quickReply: quickReply.optional() }),
]);
export const messages = z.array(message).min(1).max(5);
const replyBody = z.strictObject({ replyToken: z.string().min(1), messages, notificationDisabled: z.boolean().optional() });
const pushBody = z.strictObject({ to: z.string().regex(/^[UCR][0-9a-f]{32}$/), messages, notificationDisabled: z.boolean().optional(), customAggregationUnits: z.array(z.string()).optional() });
const loadingBody = z.strictObject({ chatId: z.string().regex(/^U[0-9a-f]{32}$/), loadingSeconds: z.number().int().min(5).max(60).refine((seconds) => seconds % 5 === 0).optional() });

const bounds = z.strictObject({ x: z.number().int().min(0), y: z.number().int().min(0), width: z.number().int().min(1), height: z.number().int().min(1) });
const menuAction = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('message'), label: graphemes(20), text: units(300) }),
  z.strictObject({ type: z.literal('postback'), label: graphemes(20), data: units(300), displayText: units(300) }),
  z.strictObject({ type: z.literal('richmenuswitch'), label: graphemes(20), richMenuAliasId: z.string().regex(/^[a-z0-9_-]{1,32}$/), data: units(300) }),
]);
const richMenu = z.strictObject({
  size: z.strictObject({ width: z.number().int().min(800).max(2500), height: z.number().int().min(250) }), selected: z.boolean(), name: units(300), chatBarText: graphemes(14),
  areas: z.array(z.strictObject({ bounds, action: menuAction })).min(1).max(20),
}).refine(({ size: whole }) => whole.width / whole.height >= 1.45, 'aspect ratio').refine(({ size: whole, areas }) => areas.every(({ bounds: one }) => one.x + one.width <= whole.width && one.y + one.height <= whole.height), 'area outside the picture');
const aliasBody = z.strictObject({ richMenuAliasId: z.string().regex(/^[a-z0-9_-]{1,32}$/).optional(), richMenuId: z.string() });

export type LineMessage = z.infer<typeof message>;

/** What goes wrong with a call, when asked to. `lost`: it takes effect, and its answer is lost. */
export type Fault = 'none' | '500' | '429' | 'silent' | 'reset' | 'lost' | 'refuse' | '401';

export interface Accepted {
  readonly endpoint: 'reply' | 'push';
  /** Reply token, or user. */
  readonly to: string;
  readonly messages: LineMessage[];
}

export interface LineServer {
  readonly url: string;
  readonly accepted: Accepted[];
  /** Users that were shown a loading animation. */
  readonly loadings: string[];
  /** Calls that broke the contract: always our fault. */
  readonly wrong: string[];
  /** Bodies of all calls as they came. */
  readonly bodies: string[];
  /** Rich menus as LINE keeps them. */
  readonly menus: { readonly all: Map<string, { name: string; picture: Buffer | undefined }>; readonly aliases: Map<string, string>; usual: string | undefined; created: number };
  /** Makes a reply token that is good until a moment. */
  token(goodUntil?: number): string;
  /** What goes wrong with the next calls; `none` after the last. */
  faults(list: readonly Fault[] | (() => Fault)): void;
  close(): Promise<void>;
}

const tokenLife = 20 * 60_000;

export async function lineServer(accessToken: string): Promise<LineServer> {
  const tokens = new Map<string, { until: number; used: boolean }>();
  const retryKeys = new Map<string, string>();
  const accepted: Accepted[] = [];
  const loadings: string[] = [];
  const wrong: string[] = [];
  const bodies: string[] = [];
  const menus: LineServer['menus'] = { all: new Map(), aliases: new Map(), usual: undefined, created: 0 };
  let nextFault: () => Fault = () => 'none';

  const answer = (response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { 'Content-Type': 'application/json', 'x-line-request-id': randomUUID(), ...headers });
    response.end(JSON.stringify(body));
  };
  const invalid = (response: ServerResponse, error: z.ZodError): void => {
    wrong.push(JSON.stringify(error.issues));
    answer(response, 400, { message: `The request body has ${error.issues.length} error(s)`, details: error.issues.map(({ path, message: text }) => ({ message: text, property: path.join('.') })) });
  };

  /** Rich menus: a menu is shown only with its picture, and what it is shown by must exist. */
  const menuCall = (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    const call = `${request.method} ${request.url!.slice('/v2/bot/'.length)}`;
    const refuse = (status: number, text: string): void => {
      if (status !== 404) wrong.push(`${call}: ${text}`);
      answer(response, status, { message: text });
    };
    const json = (): unknown => JSON.parse(body.toString('utf8'));
    const withPicture = (id: string | undefined): boolean => id !== undefined && menus.all.get(id)?.picture !== undefined;
    const [, id] = /richmenu\/(?:alias\/)?([\w-]+)(?:\/content)?$/.exec(call) ?? [];
    if (call === 'GET richmenu/list') return answer(response, 200, { richmenus: [...menus.all].map(([richMenuId, { name }]) => ({ richMenuId, name, size: {}, selected: true, chatBarText: 'x', areas: [] })) });
    if (call === 'GET richmenu/alias/list') return answer(response, 200, { aliases: [...menus.aliases].map(([richMenuAliasId, richMenuId]) => ({ richMenuAliasId, richMenuId })) });
    if (call === 'POST richmenu' || call === 'POST richmenu/validate') {
      const read = richMenu.safeParse(json());
      if (!read.success) return invalid(response, read.error);
      if (call.endsWith('validate')) return answer(response, 200, {});
      const richMenuId = `richmenu-${randomUUID().replaceAll('-', '')}`;
      menus.all.set(richMenuId, { name: read.data.name, picture: undefined });
      menus.created += 1;
      return answer(response, 200, { richMenuId });
    }
    if (/^POST richmenu\/richmenu-\w+\/content$/.test(call)) {
      const known = menus.all.get(id!);
      if (known === undefined || known.picture !== undefined) return refuse(400, 'An image has already been uploaded, or there is no such menu');
      if (request.headers['content-type'] !== 'image/png' || body.subarray(1, 4).toString() !== 'PNG' || body.length > 1_048_576) return refuse(400, 'PNG or JPEG of at most 1 MB');
      known.picture = body;
      return answer(response, 200, {});
    }
    if (call === 'GET user/all/richmenu') return menus.usual === undefined ? refuse(404, 'no default richmenu') : answer(response, 200, { richMenuId: menus.usual });
    if (/^POST user\/all\/richmenu\//.test(call)) {
      if (!withPicture(id)) return refuse(400, 'must upload richmenu image before applying it to user');
      menus.usual = id;
      return answer(response, 200, {});
    }
    if (/^POST richmenu\/alias(\/[\w-]+)?$/.test(call)) {
      const { richMenuId, richMenuAliasId = id } = aliasBody.parse(json());
      if (!withPicture(richMenuId) || (id === 'alias' && menus.aliases.has(richMenuAliasId!))) return refuse(400, 'no such menu, or conflict richmenu alias id');
      menus.aliases.set(richMenuAliasId!, richMenuId);
      return answer(response, 200, {});
    }
    if (/^DELETE richmenu\/richmenu-\w+$/.test(call)) {
      if (!menus.all.delete(id!)) return refuse(404, 'not found');
      return answer(response, 200, {});
    }
    return refuse(400, 'unknown call');
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString('utf8');
    bodies.push(text);
    const fault = nextFault();
    if (fault === 'silent') return;
    if (fault === 'reset') {
      request.socket.destroy();
      return;
    }
    if (request.headers.authorization !== `Bearer ${accessToken}` || fault === '401') return answer(response, 401, { message: 'Authentication failed. Confirm that the access token in the authorization header is valid.' });
    if (fault === '500') return answer(response, 500, { message: 'Internal server error' });
    if (fault === '429') return answer(response, 429, { message: 'The API rate limit has been exceeded. Try again later.' });
    if (request.url!.startsWith('/v2/bot/richmenu') || request.url!.startsWith('/v2/bot/user/all/richmenu')) return menuCall(request, response, Buffer.concat(parts));
    if (request.method !== 'POST' || !request.headers['content-type']?.startsWith('application/json')) return answer(response, 415, { message: 'Unsupported media type' });
    const key = request.headers['x-line-retry-key'] as string | undefined;
    const body: unknown = JSON.parse(text);
    const done = (): void => {
      if (fault === 'lost') request.socket.destroy();
      else answer(response, 200, { sentMessages: [{ id: '1', quoteToken: 'q' }] });
    };
    if (request.url === '/v2/bot/message/reply') {
      if (key !== undefined) return answer(response, 400, { message: 'The retry key is not allowed here' });
      const read = replyBody.safeParse(body);
      if (!read.success) return invalid(response, read.error);
      if (fault === 'refuse') return answer(response, 400, { message: 'A message (messages[0]) in the request body is invalid', details: [{ message: 'invalid property', property: '/body/contents/0' }] });
      const token = tokens.get(read.data.replyToken);
      if (token === undefined || token.used || Date.now() > token.until) return answer(response, 400, { message: 'Invalid reply token' });
      token.used = true;
      accepted.push({ endpoint: 'reply', to: read.data.replyToken, messages: read.data.messages });
      return done();
    }
    if (request.url === '/v2/bot/message/push') {
      if (key === undefined || !/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(key)) wrong.push('push without a retry key');
      const read = pushBody.safeParse(body);
      if (!read.success) return invalid(response, read.error);
      if (retryKeys.has(key!)) return answer(response, 409, { message: 'The retry key is already accepted' }, { 'x-line-accepted-request-id': retryKeys.get(key!)! });
      retryKeys.set(key!, randomUUID());
      accepted.push({ endpoint: 'push', to: read.data.to, messages: read.data.messages });
      return done();
    }
    if (request.url === '/v2/bot/chat/loading/start') {
      const read = loadingBody.safeParse(body);
      if (!read.success) return invalid(response, read.error);
      loadings.push(read.data.chatId);
      return answer(response, 202, {});
    }
    wrong.push(`unknown call ${request.method} ${request.url}`);
    return answer(response, 404, { message: 'Not found' });
  };

  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, accepted, loadings, wrong, bodies, menus,
    token(goodUntil = Date.now() + tokenLife) {
      const token = randomUUID().replaceAll('-', '');
      tokens.set(token, { until: goodUntil, used: false });
      return token;
    },
    faults(list) {
      if (typeof list === 'function') {
        nextFault = list;
        return;
      }
      const left = [...list];
      nextFault = () => left.shift() ?? 'none';
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
