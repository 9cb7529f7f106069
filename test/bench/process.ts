import { spawn, type ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../helpers.ts';

export const secret = 'the channel secret of the bench';
export const accessToken = 'the access token of the bench';

/** Starts a program on a port, with LINE's two secrets; resolves when it answers. `hear` is told all it prints. */
export async function startProgram(program: string, port: number, settings: Readonly<Record<string, string>>, hear?: (part: Buffer) => void): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program], { cwd: root, stdio: hear === undefined ? 'ignore' : ['ignore', 'pipe', 'pipe'], env: {
    PATH: process.env.PATH!, PORT: String(port), LOG_LEVEL: 'silent', LINE_CHANNEL_SECRET: secret, LINE_CHANNEL_ACCESS_TOKEN: accessToken, ...settings,
  } });
  if (hear !== undefined) for (const stream of [child.stdout, child.stderr]) stream?.on('data', hear);
  while (!(await fetch(`http://127.0.0.1:${port}/readyz`).then(({ ok }) => ok, () => false))) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode} before it was ready.`);
    await wait(50);
  }
  return child;
}

export async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** A webhook request's headers, signed as LINE signs. */
export const signed = (body: string): Record<string, string> =>
  ({ 'Content-Type': 'application/json', 'x-line-signature': createHmac('sha256', secret).update(body).digest('base64') });

/** A text message as LINE delivers it, in a webhook of its own. */
export const textWebhook = ({ id, userId, replyToken, text, isRedelivery }: { id: string; userId: string; replyToken: string; text: string; isRedelivery: boolean }): string =>
  JSON.stringify({ destination: 'Ubench', events: [{
    type: 'message', mode: 'active', timestamp: Date.now(), webhookEventId: id, deliveryContext: { isRedelivery }, source: { type: 'user', userId },
    replyToken, message: { type: 'text', id: `m${id}`, text, quoteToken: 'q' } }] });

export const texts = ['カードをなくしました', 'カードはいつ届きますか', 'I lost my card', '引っ越したら住所変更', '写真のサイズ', 'メニュー', '暗証番号を忘れました', 'when will my card arrive'];
