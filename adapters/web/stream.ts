import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { kinds } from '../../bot/engine.ts';
import type { Store } from '../../bot/store/store.ts';
import type { SocketRoute } from '../server.ts';
import type { Tokens } from './token.ts';

/** Clients say nothing here but empty frames that keep the connection open. */
const mostBytes = 1024;
/** Sockets of one conversation: its tabs. */
const mostSockets = 10;
/** How often to look for what other processes wrote, and whether the other end still lives, in ms. */
const lookEvery = 1000;
const pingEvery = 30_000;
/** What a WebSocket is closed with: going away; too many. */
const goingAway = 1001;
const tooMany = 1013;

interface Listening {
  readonly socket: WebSocket;
  mark: number;
  lives: boolean;
  /** A look is under way; `again`: something came meanwhile. */
  looking: 'no' | 'yes' | 'again';
}

export interface Streams {
  readonly sockets: SocketRoute;
  /** Something was said in a conversation. */
  said(conversation: string): void;
  readonly open: () => number;
  stop(): void;
}

export interface StreamParts {
  readonly store: Store;
  readonly tokens: Tokens;
  readonly isAllowed: (origin: string | undefined, host: string | undefined) => boolean;
  readonly failed: (error: unknown) => void;
}

export const streamPath = (conversation: string): string => `/v3/directline/conversations/${conversation}/stream`;
const pathPattern = /^\/v3\/directline\/conversations\/([\w-]{1,100})\/stream\?/;

/** Direct Line's stream: every socket is sent what its conversation says after the socket's watermark, each activity once and in order. */
export function openStreams({ store, tokens, isAllowed, failed }: StreamParts): Streams {
  const server = new WebSocketServer({ noServer: true, maxPayload: mostBytes, perMessageDeflate: false });
  const listening = new Map<string, Set<Listening>>();

  const look = async (conversation: string, one: Listening): Promise<void> => {
    if (one.looking !== 'no') {
      one.looking = 'again';
      return;
    }
    do {
      one.looking = 'yes';
      const { activities, watermark } = await store.transcript(conversation, one.mark);
      if (watermark > one.mark) one.socket.send(JSON.stringify({ activities: activities.filter(({ type }) => type === kinds.message), watermark: String(watermark) }));
      one.mark = watermark;
    } while ((one.looking as Listening['looking']) === 'again');
    one.looking = 'no';
  };
  const lookSafely = (conversation: string, one: Listening): void => {
    look(conversation, one).catch((error: unknown) => {
      one.looking = 'no';
      failed(error);
    });
  };
  const said = (conversation: string): void => listening.get(conversation)?.forEach((one) => lookSafely(conversation, one));

  const begin = (socket: WebSocket, conversation: string, mark: number): void => {
    const others = listening.get(conversation) ?? new Set<Listening>();
    socket.on('error', () => socket.terminate());
    if (others.size >= mostSockets) {
      socket.close(tooMany);
      return;
    }
    const one: Listening = { socket, mark, lives: true, looking: 'no' };
    listening.set(conversation, others.add(one));
    socket.on('pong', () => { one.lives = true; });
    socket.on('close', () => {
      others.delete(one);
      if (others.size === 0) listening.delete(conversation);
    });
    lookSafely(conversation, one);
  };

  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const [, conversation] = pathPattern.exec(request.url ?? '') ?? [];
    const query = new URL(request.url ?? '', 'http://any').searchParams;
    const mark = query.get('watermark') ?? '';
    const claims = await tokens.verify(`Bearer ${query.get('t') ?? ''}`).catch(() => undefined);
    if (conversation === undefined || claims?.conversation !== conversation || !/^\d{0,9}$/.test(mark) || !isAllowed(request.headers.origin, request.headers.host)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    server.handleUpgrade(request, socket, head, (opened) => begin(opened, conversation, Number(mark)));
  };

  const looks = setInterval(() => {
    if (listening.size === 0) return;
    store.newest([...listening.keys()]).then((heads) => {
      for (const [conversation, head] of heads) for (const one of listening.get(conversation) ?? []) if (head > one.mark) lookSafely(conversation, one);
    }, failed);
  }, lookEvery);
  const pings = setInterval(() => {
    for (const one of [...listening.values()].flatMap((some) => [...some])) {
      if (!one.lives) one.socket.terminate();
      one.lives = false;
      one.socket.ping();
    }
  }, pingEvery);
  looks.unref();
  pings.unref();

  return {
    sockets: {
      isOurs: (path) => pathPattern.test(path),
      upgrade(request, socket, head) {
        socket.on('error', () => socket.destroy());
        upgrade(request, socket, head).catch((error: unknown) => {
          failed(error);
          socket.destroy();
        });
      },
    },
    said,
    open: () => server.clients.size,
    stop() {
      clearInterval(looks);
      clearInterval(pings);
      for (const socket of server.clients) socket.close(goingAway);
    },
  };
}
