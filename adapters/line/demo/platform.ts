import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { messagingApi } from '@line/bot-sdk';
import type { Logger } from 'pino';
import { jsonOf, Refusal, serve, type Route } from '../../server.ts';
import type { LineSettings } from '../mount.ts';

/** What a tap or a message of the phone tells LINE. */
export type Tapped =
  | { readonly type: 'message'; readonly text: string }
  | { readonly type: 'postback'; readonly data: string; readonly params?: Readonly<Record<string, string>> }
  | { readonly type: 'follow' | 'unfollow' };

/** What the phone shows after a number of messages it has already. */
export interface Arrived {
  readonly messages: readonly messagingApi.Message[];
  readonly isLoading: boolean;
}

interface Phone {
  readonly messages: messagingApi.Message[];
  loadingUntil: number;
}

/** Phones remembered; the oldest is let go. */
const mostPhones = 100;

/** Plays LINE's side for a trial without an account: signs events as LINE does, and takes the calls LINE would take. */
export interface Platform {
  readonly settings: LineSettings;
  /** Delivers an event of a phone to our webhook. @returns the webhook's status */
  deliver(user: string, tapped: Tapped, webhook: string): Promise<number>;
  arrived(user: string, after: number): Arrived;
  stop(): Promise<void>;
}

export async function openPlatform(log: Logger): Promise<Platform> {
  const phones = new Map<string, Phone>();
  const owners = new Map<string, string>();
  const [secret, accessToken] = [randomBytes(16).toString('hex'), randomBytes(32).toString('hex')];
  const phoneOf = (user: string): Phone => {
    const phone = phones.get(user) ?? { messages: [], loadingUntil: 0 };
    phones.set(user, phone);
    if (phones.size > mostPhones) phones.delete(phones.keys().next().value!);
    return phone;
  };
  const call = (path: string, take: (body: Record<string, unknown>) => void): Route => ({
    method: 'post', path,
    async handle({ body, header }) {
      if (header('authorization') !== `Bearer ${accessToken}`) throw new Refusal(401, 'Unauthorized', 'Wrong access token.');
      take(jsonOf(body) as Record<string, unknown>);
      return { body: {} };
    },
  });
  const show = (user: string, messages: unknown): void => {
    const phone = phoneOf(user);
    phone.messages.push(...messages as messagingApi.Message[]);
    phone.loadingUntil = 0;
  };
  const server = await serve([
    call('/v2/bot/message/reply', ({ replyToken, messages }) => {
      const user = owners.get(String(replyToken));
      if (user === undefined) throw new Refusal(400, 'Invalid', 'Invalid reply token');
      owners.delete(String(replyToken));
      show(user, messages);
    }),
    call('/v2/bot/chat/loading/start', ({ chatId, loadingSeconds }) => {
      phoneOf(String(chatId)).loadingUntil = Date.now() + Number(loadingSeconds) * 1000;
    }),
  ], { host: '127.0.0.1', port: 0, log });

  return {
    settings: { secrets: [secret], accessToken, apiBaseUrl: `http://127.0.0.1:${server.port}`, groups: 'off', pushFallback: false },
    async deliver(user, tapped, webhook) {
      const replyToken = randomUUID().replaceAll('-', '');
      if (tapped.type !== 'unfollow') owners.set(replyToken, user);
      else phones.delete(user);
      const said = tapped.type === 'message' ? { type: 'message', message: { type: 'text', id: randomUUID(), text: tapped.text, quoteToken: 'q' } }
        : tapped.type === 'postback' ? { type: 'postback', postback: { data: tapped.data, ...(tapped.params === undefined ? {} : { params: tapped.params }) } }
          : { type: tapped.type, follow: { isUnblocked: false } };
      const body = JSON.stringify({ destination: 'Udemo', events: [{
        ...said, mode: 'active', timestamp: Date.now(), webhookEventId: randomUUID(), deliveryContext: { isRedelivery: false }, source: { type: 'user', userId: user }, replyToken,
      }] });
      const { status } = await fetch(webhook, { method: 'POST', headers: { 'Content-Type': 'application/json', 'x-line-signature': createHmac('sha256', secret).update(body).digest('base64') }, body });
      return status;
    },
    arrived(user, after) {
      const { messages, loadingUntil } = phoneOf(user);
      return { messages: messages.slice(after), isLoading: loadingUntil > Date.now() };
    },
    stop: () => server.stop(1),
  };
}
