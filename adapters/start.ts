import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import pino from 'pino';
import { createBot } from '../bot/bot.ts';
import { askersOf } from '../bot/question-log.ts';
import { openStore } from '../bot/store/open.ts';
import type { Store } from '../bot/store/store.ts';
import { inWords } from '../knowledge/finding.ts';
import { noticeOn } from '../knowledge/notice.ts';
import type { Shelf } from '../knowledge/shelf.ts';
import { todayOf, type Config } from './config.ts';
import { health } from './health.ts';
import { openMetrics } from './metrics.ts';
import { serve, type Server } from './server.ts';
import { calendar } from './web/calendar.ts';
import { directLine } from './web/directline.ts';
import { faq } from './web/faq.ts';
import { makeLimits } from './web/limits.ts';
import { site } from './web/site.ts';
import { openStreams } from './web/stream.ts';
import { makeTokens } from './web/token.ts';

/** The running service. */
export interface Running {
  readonly port: number;
  /** Finishes running turns within 10 seconds, then closes everything. */
  stop(): Promise<void>;
}

const minute = 60_000;
const hour = 60 * minute;

/** Deletes what is older than the settings allow, so that it cannot be read in the database's files either. */
export async function forgetOld(store: Store, { idleHours, questionLogDays }: Pick<Config, 'idleHours' | 'questionLogDays'>, now: Date): Promise<void> {
  await store.forgetBefore(new Date(now.getTime() - idleHours * hour));
  await store.forgetQuestions(new Date(now.getTime() - questionLogDays * 24 * hour));
  await store.tidy();
}

/**
 * Starts everything: log, store, bot, channels, around a shelf that is being opened.
 * @throws when the database cannot be written, the knowledge cannot be read, or the address is taken
 */
export async function start(config: Config, opening: Promise<Shelf>): Promise<Running> {
  const log = pino({ level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  const today = todayOf(config);
  const store = await openStore(config.database, (error) => log.warn({ err: error }, 'a connection to the database was lost; the next one is opened when it is needed'));
  const shelf = await opening;
  shelf.listen((news) => {
    if (news.kind === 'replaced') log.info({ from: news.from, to: news.to.version, entries: news.to.entries.length }, 'knowledge replaced');
    else log.warn({ serving: news.serving.version, findings: news.findings.map((finding) => inWords(finding, 'ja')) }, 'knowledge has errors; the earlier files are still served');
  });
  for (const finding of shelf.current.findings) log[finding.level === 'error' ? 'warn' : 'info']({ finding: inWords(finding, 'ja') }, 'left out of the knowledge');

  const library = () => shelf.current;
  const metrics = openMetrics();
  const questionLog = config.questionLogDays === 0 ? undefined : { key: await store.setting('question-log-key', () => randomBytes(32).toString('hex')), days: config.questionLogDays };
  const bot = createBot({
    store, library, today, idleHours: config.idleHours,
    questionLog,
    report({ channel, outcome, entry, error }) {
      metrics.turn(channel, outcome);
      if (error === undefined) log.info({ channel, outcome, entry }, 'turn');
      else log.error({ channel, outcome, err: error }, 'turn');
    },
  });
  const secret = config.directLineSecret ?? await store.setting('direct-line-secret', () => randomBytes(32).toString('hex'));
  const tokens = makeTokens(secret, config.idleHours * 3600);
  const isAllowed = (origin: string | undefined, host: string | undefined): boolean =>
    origin === undefined || config.origins.includes(origin) || (URL.canParse(origin) && new URL(origin).host === host);
  const streams = openStreams({ store, tokens, isAllowed, failed: (error) => log.error({ channel: 'webchat', err: error }, 'the stream failed') });
  const pages = site(library, today);
  const address = (): string => `http://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${server.port}/`;
  const demo = config.lineDemo ? await (await import('./line/demo/open.ts')).openDemo({ library, knowledge: config.knowledge, webhook: () => `${address()}line/webhook`, log }) : undefined;
  const lineSettings = demo?.settings ?? config.line;
  const line = lineSettings && await (await import('./line/mount.ts')).openLine(lineSettings, {
    bot, store, library, log, metrics,
    // A turn under way is over before, so that it writes nothing afterwards.
    forget: (conversation) => store.exclusive(conversation, () => store.forget(conversation, questionLog === undefined ? [] : askersOf(conversation, questionLog, new Date()))),
  });
  const server: Server = await serve([
    ...line?.routes ?? [],
    ...demo?.routes ?? [],
    ...health({ shelf, store, today, line: line !== undefined }),
    ...metrics.routes({ store, shelf, streams: streams.open }),
    ...pages.routes,
    calendar(library, today),
    ...faq({ library, today, publicUrl: config.publicUrl }),
    ...directLine({ bot, store, tokens, isAllowed, limits: makeLimits(), said: (conversation) => streams.said(conversation), notice: () => noticeOn(shelf.current.notice, today()), publicUrl: config.publicUrl }),
  ], { host: config.host, port: config.port, log, sockets: streams.sockets, proxies: config.proxies });
  pages.prepare().then((script) => log.info({ gzipBytes: gzipSync(script).length }, 'widget bundled'), (error: unknown) => log.error({ err: error }, 'the widget cannot be bundled'));

  const forget = setInterval(() => {
    // One process at a time: two that delete the same rows would wait for each other.
    store.exclusive('forgetting', () => forgetOld(store, config, new Date())).catch((error: unknown) => log.error({ err: error }, 'forgetting what is old failed'));
  }, hour);
  forget.unref();
  // What LINE's inbox let go of is unreadable within a minute.
  const tidy = setInterval(() => void store.tidy().catch((error: unknown) => log.error({ err: error }, 'emptying the log of changes failed')), minute);
  tidy.unref();
  log.info({
    address: address(), ...(demo === undefined ? {} : { lineDemo: `${address()}line-demo` }), knowledge: shelf.current.version,
    entries: shelf.current.entries.length, line: line === undefined ? 'off: set LINE_CHANNEL_SECRET and LINE_CHANNEL_ACCESS_TOKEN' : 'on', ms: Math.round(performance.now()),
  }, 'ready');
  return {
    port: server.port,
    async stop() {
      clearInterval(forget);
      clearInterval(tidy);
      streams.stop();
      await server.stop(10);
      await line?.stop();
      await demo?.stop();
      shelf.close();
      await store.close();
    },
  };
}
