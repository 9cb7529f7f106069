import { HTTPFetchError, messagingApi } from '@line/bot-sdk';

/** How a call to LINE ended, by what can be done now. */
export type Sent =
  | { readonly result: 'accepted' }
  /** The token is used, expired or foreign: nothing can be sent with it, and nothing need be when an earlier try got through. */
  | { readonly result: 'gone' }
  /** LINE refuses what was sent; the token is unused. */
  | { readonly result: 'refused' }
  /** LINE refuses us: the access token is wrong or revoked. */
  | { readonly result: 'denied' }
  /** It may or may not have arrived; the same call may be made again. */
  | { readonly result: 'later' };

/** What every call leaves in the log: never a text or a user. */
export interface CallReport {
  readonly endpoint: 'reply' | 'push' | 'loading';
  readonly result: Sent['result'];
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly ms: number;
}

export interface LineClient {
  reply(replyToken: string, messages: messagingApi.Message[]): Promise<Sent>;
  /** @param retryKey the same for every try of one message */
  push(to: string, messages: messagingApi.Message[], retryKey: string): Promise<Sent>;
  /** Shows that an answer is coming; its failure matters to nobody. */
  loading(user: string): Promise<void>;
}

/** Longest a call may take, in ms; the SDK's own calls have no limit at all. */
const callLimit = { reply: 3000, push: 3000, loading: 1000 } as const;
const loadingSeconds = 10;

class TimeOut extends Error {}

async function within<Result>(milliseconds: number, call: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new TimeOut()), milliseconds); });
  try {
    return await Promise.race([call, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** By status first; of the 400s only the reply token's is told by its text, which LINE may change: others are then taken for refused content. */
function judge(error: unknown): Sent['result'] {
  if (!(error instanceof HTTPFetchError)) return 'later';
  const { status, body } = error;
  if (status === 409) return 'accepted';
  if (status === 401 || status === 403) return 'denied';
  if (status === 429 || status >= 500) return 'later';
  return /reply token/i.test(body) ? 'gone' : 'refused';
}

/** The calls we make to LINE, each with a time limit and a report. */
export function makeClient(channelAccessToken: string, baseURL: string | undefined, report: (call: CallReport) => void): LineClient {
  const api = new messagingApi.MessagingApiClient({ channelAccessToken, ...(baseURL === undefined ? {} : { baseURL }) });
  const call = async (endpoint: CallReport['endpoint'], make: () => Promise<{ httpResponse: Response }>): Promise<Sent> => {
    const begin = performance.now();
    let sent: Sent;
    let response: { status: number; headers: Headers } | undefined;
    try {
      response = (await within(callLimit[endpoint], make())).httpResponse;
      sent = { result: 'accepted' };
    } catch (error) {
      if (error instanceof HTTPFetchError) response = error;
      sent = { result: judge(error) };
    }
    report({ endpoint, result: sent.result, status: response?.status, requestId: response?.headers.get('x-line-request-id') ?? undefined, ms: Math.round(performance.now() - begin) });
    return sent;
  };
  return {
    reply: (replyToken, messages) => call('reply', () => api.replyMessageWithHttpInfo({ replyToken, messages })),
    push: (to, messages, retryKey) => call('push', () => api.pushMessageWithHttpInfo({ to, messages }, retryKey)),
    async loading(user) {
      await call('loading', () => api.showLoadingAnimationWithHttpInfo({ chatId: user, loadingSeconds }));
    },
  };
}
