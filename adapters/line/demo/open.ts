import type { Logger } from 'pino';
import type { Route } from '../../server.ts';
import type { LineSettings } from '../mount.ts';
import { openPlatform } from './platform.ts';
import { demoRoutes, type DemoParts } from './routes.ts';

/** A trial of LINE without an account: settings for our channel, and the page that plays the phone. */
export async function openDemo({ log, ...parts }: Omit<DemoParts, 'platform'> & { log: Logger }): Promise<{ settings: LineSettings; routes: Route[]; stop: () => Promise<void> }> {
  const platform = await openPlatform(log);
  return { settings: platform.settings, routes: demoRoutes({ ...parts, platform }), stop: () => platform.stop() };
}
