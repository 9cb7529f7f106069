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
}).refine(({ layout, contents }) => layout !== 'baseline' || contents.every((part) => (part as { type: string }).type === 'text'), 'a baseline box holds text only'));
const bubble = z.strictObject({ type: z.literal('bubble'), size: z.enum(['nano', 'micro', 'deca', 'hecto', 'kilo', 'mega', 'giga']).optional(), body: box.optional(), footer: box.optional() })
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= 30_000, 'bubble exceeds 30 KB');
const carousel = z.strictObject({ type: z.literal('carousel'), contents: z.array(bubble).min(1).max(12) })
  .refine(({ contents }) => new Set(contents.map((one) => one.size)).size === 1, 'bubbles of one size').refine((value) => Buffer.byteLength(JSON.stringify(value)) <= 50_000, 'carousel exceeds 50 KB');
const message = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: units(5000), quickReply: quickReply.optional() }),
  z.strictObject({ type: z.literal('flex'), altText: units(1500), contents: z.discriminatedUnion('type', [bubble, carousel]), quickReply: quickReply.optional() }),
]);
const messages = z.array(message).min(1).max(5);
const replyBody = z.strictObject({ replyToken: z.string().min(1), messages, notificationDisabled: z.boolean().optional() });
const pushBody = z.strictObject({ to: z.string().regex(/^[UCR][0-9a-f]{32}$/), messages, notificationDisabled: z.boolean().optional(), customAggregationUnits: z.array(z.string()).optional() });
const loadingBody = z.strictObject({ chatId: z.string().regex(/^U[0-9a-f]{32}$/), loadingSeconds: z.number().int().min(5).max(60).refine((seconds) => seconds % 5 === 0).optional() });

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
  let nextFault: () => Fault = () => 'none';

  const answer = (response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { 'Content-Type': 'application/json', 'x-line-request-id': randomUUID(), ...headers });
    response.end(JSON.stringify(body));
  };
  const invalid = (response: ServerResponse, error: z.ZodError): void => {
    wrong.push(JSON.stringify(error.issues));
    answer(response, 400, { message: `The request body has ${error.issues.length} error(s)`, details: error.issues.map(({ path, message: text }) => ({ message: text, property: path.join('.') })) });
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
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, accepted, loadings, wrong, bodies,
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
