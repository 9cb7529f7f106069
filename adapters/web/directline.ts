import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Bot } from '../../bot/bot.ts';
import { kinds, type Activity } from '../../bot/engine.ts';
import type { Store } from '../../bot/store/store.ts';
import type { Notice } from '../../knowledge/notice.ts';
import { runTurn } from '../run-turn.ts';
import { jsonOf, Refusal, type Answer, type Asked, type Route } from '../server.ts';
import type { Limits } from './limits.ts';
import { streamPath } from './stream.ts';
import { streamSeconds, type TokenClaims, type Tokens } from './token.ts';

const base = '/v3/directline';
const bot = { id: 'madoguchi', name: 'Madoguchi' };
const channelId = 'webchat';
/** The id of what every conversation begins with: a greeting is said once however often a client begins. */
const greeting = 'begin';

/** Most turns under way or waiting at once in one process: more would wait longer than anybody does. */
export const mostTurns = 200;

/** The parts of an activity that are read; everything else a client sends is left behind. */
const incoming = z.object({
  type: z.string().max(40),
  text: z.string().max(20_000).optional(),
  value: z.unknown().optional(),
  locale: z.string().max(20).optional(),
  channelData: z.object({ clientActivityID: z.string().regex(/^[\w.-]{1,100}$/).optional() }).optional(),
});
const beginning = z.object({ locale: z.string().max(20).optional() });

export interface DirectLineParts {
  readonly bot: Bot;
  readonly store: Store;
  readonly tokens: Tokens;
  /** Whether pages of this origin may talk to us at this host; undefined is a request that comes from no page. */
  readonly isAllowed: (origin: string | undefined, host: string | undefined) => boolean;
  readonly limits: Limits;
  /** A conversation has something new. */
  readonly said: (conversation: string) => void;
  /** What stands above every conversation today. */
  readonly notice: () => Notice | undefined;
  /** Address residents see, where it is known. */
  readonly publicUrl: string | undefined;
}

/** `ja`, `en` or `ja-easy` of a client's locale such as `en-GB`. */
const ourLocale = (locale: string | undefined): string | undefined =>
  locale === 'ja-easy' ? locale : locale?.toLowerCase().startsWith('ja') === true ? 'ja' : locale === undefined ? undefined : 'en';

function read<Value>(schema: z.ZodType<Value>, body: Buffer): Value {
  const result = schema.safeParse(body.length === 0 ? {} : jsonOf(body));
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  throw new Refusal(400, 'BadActivity', `${path.join('.') || 'body'}: ${message}`);
}

/** A subset of Microsoft's Direct Line 3.0: tokens, conversations, activities with a watermark, and the address of their stream. */
export function directLine({ bot: answer, store, tokens, isAllowed, limits, said, notice, publicUrl }: DirectLineParts): Route[] {
  const guarded = (handle: (asked: Asked) => Promise<Answer>) => async (asked: Asked): Promise<Answer> => {
    const origin = asked.header('origin');
    if (!isAllowed(origin, asked.header('host'))) throw new Refusal(403, 'OriginNotAllowed', 'Pages of this origin may not use the assistant; add it to ALLOWED_ORIGINS.');
    const shared = { 'Cache-Control': 'no-store', ...(origin === undefined ? {} : { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' }) };
    try {
      await limits('request', asked.address);
      const answered = await handle(asked);
      return { ...answered, headers: { ...shared, ...answered.headers } };
    } catch (error) {
      // A page may read a refusal too, or it could not tell one from a broken connection.
      if (error instanceof Refusal) throw new Refusal(error.status, error.code, error.message, { ...shared, 'Access-Control-Expose-Headers': 'Retry-After', ...error.headers });
      throw error;
    }
  };
  const ticket = async (claims: TokenClaims): Promise<{ conversationId: string; token: string; expires_in: number }> =>
    ({ conversationId: claims.conversation, token: await tokens.sign(claims), expires_in: tokens.seconds });
  /** Where the stream begins: over TLS when the page came so, with a token of its own that is good for the moment. */
  const streamUrl = async (asked: Asked, claims: TokenClaims, mark: string): Promise<string> => {
    const ours = new URL(publicUrl ?? `${asked.header('x-forwarded-proto') === 'https' ? 'https' : 'http'}://${asked.header('host') ?? 'localhost'}`);
    return `${ours.protocol === 'https:' ? 'wss' : 'ws'}://${ours.host}${streamPath(claims.conversation)}?watermark=${mark}&t=${await tokens.sign(claims, streamSeconds)}`;
  };
  const markOf = ({ query }: Asked): string => {
    const mark = query.get('watermark') ?? '';
    if (!/^\d{0,9}$/.test(mark)) throw new Refusal(400, 'BadWatermark', 'The watermark must be the one the last answer gave.');
    return mark;
  };
  let turns = 0;
  /** Runs a turn and tells those who listen. */
  const turn = async (conversation: string, rest: Partial<Activity>): Promise<void> => {
    if (turns >= mostTurns) throw new Refusal(503, 'Busy', 'Too many are asking at this moment. Please send it again in a moment.', { 'Retry-After': '3' });
    turns += 1;
    try {
      await runTurn(answer, rest);
    } finally {
      turns -= 1;
    }
    said(conversation);
  };
  const newClaims = (): TokenClaims => ({ conversation: randomUUID(), user: `dl_${randomUUID()}` });
  const activity = ({ conversation, user }: TokenClaims, rest: Partial<Activity>): Partial<Activity> => ({
    channelId, conversation: { id: conversation, isGroup: false, conversationType: 'personal', name: '' }, timestamp: new Date(),
    from: { id: user, name: '', role: 'user' }, recipient: bot, ...rest,
  });
  /** The token's claims, which must be for the conversation asked about. */
  const claimsFor = async (asked: Asked): Promise<TokenClaims> => {
    const claims = await tokens.verify(asked.header('authorization'));
    if (claims.conversation !== asked.params.id) throw new Refusal(403, 'OtherConversation', 'The token belongs to another conversation.');
    return claims;
  };
  const known = async (conversation: string): Promise<void> => {
    if (!await store.heard(conversation, greeting)) throw new Refusal(404, 'NoConversation', 'There is no such conversation, or it has ended. Begin a new one.');
  };

  const generate = async ({ address }: Asked): Promise<Answer> => {
    await limits('beginning', address);
    return { body: await ticket(newClaims()) };
  };
  const refresh = async (asked: Asked): Promise<Answer> => ({ body: await ticket(await tokens.verify(asked.header('authorization'))) });

  const begin = async (asked: Asked): Promise<Answer> => {
    const claims = await tokens.verify(asked.header('authorization'));
    const { locale } = read(beginning, asked.body);
    const old = await store.heard(claims.conversation, greeting);
    if (!old) await turn(claims.conversation, activity(claims, { type: kinds.conversationUpdate, id: greeting, membersAdded: [{ id: claims.user, name: '' }], locale: ourLocale(locale) ?? 'ja' }));
    return { status: old ? 200 : 201, body: { ...await ticket(claims), streamUrl: await streamUrl(asked, claims, '') } };
  };
  const reconnect = async (asked: Asked): Promise<Answer> => {
    const claims = await claimsFor(asked);
    await known(claims.conversation);
    return { body: { ...await ticket(claims), streamUrl: await streamUrl(asked, claims, markOf(asked)) } };
  };
  const say = async (asked: Asked): Promise<Answer> => {
    const claims = await claimsFor(asked);
    await known(claims.conversation);
    const { type, text, value, locale, channelData } = read(incoming, asked.body);
    const client = channelData?.clientActivityID;
    const id = client === undefined ? randomUUID() : `said-${client}`;
    if (type !== 'message') return { body: { id } };
    await limits('message', claims.conversation);
    const ours = ourLocale(locale);
    await turn(claims.conversation, activity(claims, {
      type: kinds.message, id, ...(text === undefined ? {} : { text }), ...(typeof value === 'string' ? { value: value.slice(0, 300) } : {}),
      ...(ours === undefined ? {} : { locale: ours }), ...(client === undefined ? {} : { channelData: { clientActivityID: client } }),
    }));
    return { body: { id } };
  };
  const listen = async (asked: Asked): Promise<Answer> => {
    const { conversation } = await claimsFor(asked);
    await known(conversation);
    const { activities, watermark } = await store.transcript(conversation, Number(markOf(asked)));
    // Our widget shows it above the conversation, and takes it away again; other clients leave fields alone that they do not know.
    const told = notice();
    return { body: { activities: activities.filter(({ type }) => type === kinds.message), watermark: String(watermark), ...(told === undefined ? {} : { notice: told.text }) } };
  };

  const noFiles = async (): Promise<Answer> => {
    throw new Refusal(415, 'NoUploads', 'Files are not taken: a picture of a card or letter may hold a number that must not be sent.');
  };
  const noSignIn = async (): Promise<Answer> => {
    throw new Refusal(404, 'NoSignIn', 'Nobody signs in here, so there is no session.');
  };

  const preflight = async (): Promise<Answer> => ({ status: 204, headers: {
    'Access-Control-Allow-Methods': 'GET, POST', 'Access-Control-Allow-Headers': 'authorization, content-type, x-ms-bot-agent, x-requested-with', 'Access-Control-Max-Age': '3600',
  } });
  const conversation = `${base}/conversations/:id`;
  const routes: Route[] = [
    { method: 'opts', path: `${base}/*`, handle: preflight },
    { method: 'post', path: `${base}/tokens/generate`, handle: generate },
    { method: 'post', path: `${base}/tokens/refresh`, handle: refresh },
    { method: 'post', path: `${base}/conversations`, handle: begin },
    { method: 'get', path: conversation, handle: reconnect },
    { method: 'post', path: `${conversation}/activities`, handle: say },
    { method: 'get', path: `${conversation}/activities`, handle: listen },
    { method: 'post', path: `${conversation}/upload`, handle: noFiles },
    { method: 'get', path: `${base}/session/getsessionid`, handle: noSignIn },
  ];
  return routes.map((route) => ({ ...route, handle: guarded(route.handle) }));
}
