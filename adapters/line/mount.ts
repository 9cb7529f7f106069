import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Bot } from '../../bot/bot.ts';
import { writtenIn } from '../../bot/language.ts';
import type { Store } from '../../bot/store/store.ts';
import type { Library } from '../../knowledge/library.ts';
import { isLocale } from '../../knowledge/locales.ts';
import { runTurn } from '../run-turn.ts';
import type { Metrics } from '../metrics.ts';
import type { Route } from '../server.ts';
import { makeClient } from './client.ts';
import { lineWebhook } from './webhook.ts';
import { LineWorker } from './worker.ts';

/** What LINE needs to be on. */
export interface LineSettings {
  readonly secrets: readonly string[];
  readonly accessToken: string;
  readonly apiBaseUrl: string | undefined;
  readonly groups: 'off' | 'mention';
  readonly pushFallback: boolean;
}

export interface LineParts {
  readonly bot: Bot;
  readonly store: Store;
  readonly library: () => Library;
  readonly forget: (conversation: string) => Promise<void>;
  readonly log: Logger;
  readonly metrics: Pick<Metrics, 'webhook' | 'lineEvent' | 'lineCall'>;
}

/** Mounts LINE: its webhook, and the worker that answers. */
export async function openLine(settings: LineSettings, { bot, store, library, forget, log, metrics }: LineParts): Promise<{ routes: Route[]; stop: () => Promise<void> }> {
  const key = await store.setting('conversation-key', () => randomBytes(32).toString('hex'));
  const failed = (error: unknown): void => log.error({ channel: 'line', err: error }, 'handling failed');
  const client = makeClient(settings.accessToken, settings.apiBaseUrl, (call) => {
    metrics.lineCall(call.endpoint, call.result);
    if (call.result === 'denied') log.error({ channel: 'line', ...call }, 'LINE refuses the access token; renew it');
    else log.info({ channel: 'line', ...call }, 'called');
  });
  const worker = new LineWorker({
    store, client, pushFallback: settings.pushFallback, failed,
    turn: (activity) => runTurn(bot, activity),
    pick: (locale) => library().phrase('label_pick_day', isLocale(locale) ? locale : 'ja'),
    report(ending, ms, tries) {
      metrics.lineEvent(ending, ms, tries);
      log.info({ channel: 'line', ending, ms, tries }, 'event ended');
    },
  });
  worker.start();
  const route = lineWebhook({
    secrets: settings.secrets, options: { key, groups: settings.groups }, store, forget, failed,
    async tell({ activity, replyToken }) {
      const written = writtenIn(activity.text ?? '', library().otherLanguages);
      const locale = written !== undefined && 'language' in written ? written.language : 'ja';
      await client.reply(replyToken, [{ type: 'text', text: library().phrase('flooded', locale) }]);
      log.warn({ channel: 'line' }, 'one conversation sent more than can wait; what was too much was left out');
    },
    arrived: () => worker.wake(),
    report(events, accepted) {
      metrics.webhook(events, accepted);
      log.info({ channel: 'line', events, accepted }, 'webhook');
    },
  });
  return { routes: [route], stop: () => worker.stop() };
}
