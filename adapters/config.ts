import { z } from 'zod';
import { dayIn, isDay, type Day } from '../knowledge/days.ts';

const url = z.url({ protocol: /^https?$/, error: 'must be an address such as https://chat.city.example.jp' });
const whole = (least: number, most: number) => z.coerce.number({ error: `must be a whole number from ${least} to ${most}` })
  .int(`must be a whole number from ${least} to ${most}`).min(least, `must be ${least} or more`).max(most, `must be ${most} or less`);
const list = (each: z.ZodType<string, string>) => z.string().transform((text) => text.split(',').map((part) => part.trim()).filter((part) => part !== '')).pipe(z.array(each));
const timeZone = z.string().refine((zone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format() !== '';
  } catch {
    return false;
  }
}, 'must be a time zone such as Asia/Tokyo');

const loopback = ['127.0.0.1', 'localhost', '::1'];

const environment = z.object({
  PORT: whole(0, 65_535).default(3978),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: url.optional(),
  KNOWLEDGE_DIR: z.string().min(1).default('./knowledge'),
  DATABASE_URL: z.string().refine((text) => /^file:.+/.test(text) || (/^postgres(ql)?:\/\/./.test(text) && URL.canParse(text)),
    'must be a file such as file:./data/madoguchi.db, or a PostgreSQL database such as postgres://user:password@host:5432/madoguchi').default('file:./data/madoguchi.db'),
  LINE_CHANNEL_SECRET: list(z.string().min(16, 'each secret must have 16 characters or more')).default([]),
  LINE_CHANNEL_ACCESS_TOKEN: z.string().min(16, 'must be the channel access token').optional(),
  LINE_API_BASE_URL: url.optional(),
  LINE_DATA_API_BASE_URL: url.optional(),
  LINE_PUSH_FALLBACK: z.enum(['on', 'off'], { error: 'must be on or off' }).default('off'),
  LINE_GROUPS: z.enum(['off', 'mention'], { error: 'must be off or mention' }).default('off'),
  DIRECT_LINE_SECRET: z.string().min(32, 'must have 32 characters or more').optional(),
  ALLOWED_ORIGINS: list(url).default([]),
  TRUSTED_PROXIES: list(z.union([z.ipv4(), z.ipv6()], 'each must be an IP address')).default(['127.0.0.1', '::1']),
  CONVERSATION_IDLE_HOURS: whole(1, 24 * 90).default(24),
  QUESTION_LOG_DAYS: whole(0, 3650).default(90),
  TZ_CITY: timeZone.default('Asia/Tokyo'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], { error: 'must be one of fatal, error, warn, info, debug, silent' }).default('info'),
  TODAY: z.string().refine(isDay, 'must be a day such as 2027-04-01').optional(),
  NODE_ENV: z.string().optional(),
}).superRefine(({ HOST, DIRECT_LINE_SECRET, TODAY, NODE_ENV, LINE_CHANNEL_SECRET, LINE_CHANNEL_ACCESS_TOKEN }, context) => {
  if (LINE_CHANNEL_SECRET.length > 2) context.addIssue({ code: 'custom', path: ['LINE_CHANNEL_SECRET'], message: 'may hold two secrets at most, the old and the new during a change' });
  if ((LINE_CHANNEL_SECRET.length > 0) !== (LINE_CHANNEL_ACCESS_TOKEN !== undefined)) {
    const missing = LINE_CHANNEL_SECRET.length > 0 ? 'LINE_CHANNEL_ACCESS_TOKEN' : 'LINE_CHANNEL_SECRET';
    context.addIssue({ code: 'custom', path: [missing], message: 'is required too: LINE needs both its secret and its access token' });
  }
  if (!loopback.includes(HOST) && DIRECT_LINE_SECRET === undefined) {
    context.addIssue({ code: 'custom', path: ['DIRECT_LINE_SECRET'], message: `is required because HOST is ${HOST}, which others can reach; make one with: openssl rand -hex 32` });
  }
  if (TODAY !== undefined && NODE_ENV === 'production') {
    context.addIssue({ code: 'custom', path: ['TODAY'], message: 'is a pretend date and is refused in production; remove it' });
  }
});

/** The settings, checked and with their defaults. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
  readonly knowledge: string;
  readonly database: string;
  readonly directLineSecret: string | undefined;
  /** LINE is off where this is undefined. */
  readonly line: { readonly secrets: readonly string[]; readonly accessToken: string; readonly apiBaseUrl: string | undefined; readonly dataApiBaseUrl: string | undefined; readonly groups: 'off' | 'mention'; readonly pushFallback: boolean } | undefined;
  /** Origins whose pages may embed the widget, besides our own. */
  readonly origins: readonly string[];
  /** Addresses whose word is taken for whom they ask for. */
  readonly proxies: readonly string[];
  readonly idleHours: number;
  /** How long masked questions are kept for the staff; 0 keeps none. */
  readonly questionLogDays: number;
  readonly timeZone: string;
  readonly logLevel: string;
  readonly pretendToday: string | undefined;
  /** Whether a page plays LINE's side, for a trial without an account. */
  readonly lineDemo: boolean;
}

/** Every fault of the settings at once; names variables and remedies, never values. */
export class ConfigError extends Error {}

/**
 * Reads the settings from environment variables; an empty variable counts as not set.
 * @param lineDemo whether LINE is to be played by a page, which nobody but this machine may see
 * @throws ConfigError
 */
export function readConfig(variables: Readonly<Record<string, string | undefined>>, lineDemo = false): Config {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const read = environment.safeParse(set);
  if (!read.success) {
    throw new ConfigError(read.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`).join('\n'));
  }
  const { data } = read;
  if (lineDemo && data.LINE_CHANNEL_ACCESS_TOKEN !== undefined) throw new ConfigError('--line-demo plays LINE itself; take LINE_CHANNEL_SECRET and LINE_CHANNEL_ACCESS_TOKEN away for the trial');
  if (lineDemo && !loopback.includes(data.HOST)) throw new ConfigError(`--line-demo is for this machine alone, but HOST is ${data.HOST}; leave HOST unset`);
  return {
    port: data.PORT, host: data.HOST, publicUrl: data.PUBLIC_URL, knowledge: data.KNOWLEDGE_DIR, database: data.DATABASE_URL,
    directLineSecret: data.DIRECT_LINE_SECRET,
    line: data.LINE_CHANNEL_ACCESS_TOKEN === undefined ? undefined : {
      secrets: data.LINE_CHANNEL_SECRET, accessToken: data.LINE_CHANNEL_ACCESS_TOKEN, apiBaseUrl: data.LINE_API_BASE_URL, dataApiBaseUrl: data.LINE_DATA_API_BASE_URL,
      groups: data.LINE_GROUPS, pushFallback: data.LINE_PUSH_FALLBACK === 'on',
    },
    origins: [...data.ALLOWED_ORIGINS, ...(data.PUBLIC_URL === undefined ? [] : [data.PUBLIC_URL])].map((origin) => new URL(origin).origin), proxies: data.TRUSTED_PROXIES,
    idleHours: data.CONVERSATION_IDLE_HOURS, questionLogDays: data.QUESTION_LOG_DAYS, timeZone: data.TZ_CITY, logLevel: data.LOG_LEVEL, pretendToday: data.TODAY, lineDemo,
  };
}

/** The day it is in the city, or the pretend one. */
export const todayOf = ({ pretendToday, timeZone }: Config) => (): Day => pretendToday ?? dayIn(timeZone, new Date());
