import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import restify, { type Request, type Response } from 'restify';
import type { Logger } from 'pino';

/** A request as handlers see it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string | undefined;
  readonly address: string;
  /** The bytes of the body, exactly as sent. */
  readonly body: Buffer;
}

/** What a handler answers; an object is sent as JSON. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | object;
}

export interface Route {
  readonly method: 'get' | 'post' | 'opts';
  /** restify's form, `/v3/directline/conversations/:id`. */
  readonly path: string;
  readonly handle: (asked: Asked) => Promise<Answer>;
}

/** A refusal with a clear word to the caller. Anything else thrown is answered with 500 and no detail. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** Most connections at once, streams included; more are closed before they cost anything. */
const mostConnections = 5000;
/** Largest body that is read, in bytes. */
const bodyLimit = 256 * 1024;
const securityHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Content-Security-Policy': "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
};

/** Reads a body within the limit and without decompressing; restify's own reader can be crashed from outside. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const tooLarge = (): Refusal => new Refusal(413, 'TooLarge', `The body must not exceed ${bodyLimit} bytes.`, { Connection: 'close' });
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new Refusal(415, 'UnsupportedEncoding', 'Send the body without Content-Encoding.', { Connection: 'close' });
  }
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) throw tooLarge();
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > bodyLimit) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The body as JSON. @throws Refusal when it is not an object in JSON */
export function jsonOf(body: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // falls through to the refusal
  }
  throw new Refusal(400, 'BadJson', 'The body must be an object in JSON.');
}

/** Who asks: the other end of the connection, or whom a proxy of ours says it asks for. */
function addressOf({ socket, headers }: IncomingMessage, proxies: readonly string[]): string {
  const other = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const forwarded = proxies.includes(other) ? headers['x-forwarded-for']?.toString().split(',').at(-1)?.trim() : undefined;
  return forwarded === undefined || forwarded === '' ? other : forwarded;
}

function send(response: Response, { status = 200, headers = {}, body = '' }: Answer): void {
  const isData = typeof body === 'object' && !Buffer.isBuffer(body);
  const type = headers['Content-Type'] ?? (isData ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8');
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(isData ? JSON.stringify(body) : body);
  response.writeHead(status, { ...headers, 'Content-Type': type, 'Content-Length': bytes.length });
  response.end(bytes);
}

const errorBody = (code: string, message: string): object => ({ error: { code, message } });

/** Handles sockets that ask to become a WebSocket. */
export interface SocketRoute {
  readonly isOurs: (path: string) => boolean;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export interface Server {
  /** Port it listens on. */
  readonly port: number;
  /** Stops taking requests, lets running ones finish within `seconds`, then closes. */
  stop(seconds: number): Promise<void>;
}

/**
 * Serves the routes over HTTP. Every answer, also to errors, carries the security headers.
 * @throws when the address cannot be listened on
 */
export async function serve(routes: readonly Route[], { host, port, log, sockets, proxies = [] }: { host: string; port: number; log: Logger; sockets?: SocketRoute; proxies?: readonly string[] }): Promise<Server> {
  const server = restify.createServer({ name: '', log } as unknown as restify.ServerOptions);
  const http = server.server as HttpServer & { shouldUpgradeCallback?: (request: IncomingMessage) => boolean };
  http.requestTimeout = 30_000;
  http.headersTimeout = 10_000;
  http.maxConnections = mostConnections;
  // A request that asks for another upgrade would hang for ever; it is answered like any other.
  http.shouldUpgradeCallback = ({ headers, url = '' }) => headers.upgrade?.toLowerCase() === 'websocket' && sockets?.isOurs(url) === true;
  if (sockets !== undefined) http.on('upgrade', sockets.upgrade);
  server.pre((_request: Request, response: Response, next: restify.Next) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    next();
  });

  const answerError = (response: Response, error: unknown, route: string): void => {
    if (error instanceof Refusal) {
      send(response, { status: error.status, headers: error.headers, body: errorBody(error.code, error.message) });
      return;
    }
    log.error({ err: error, route }, 'request failed');
    if (!response.headersSent) send(response, { status: 500, body: errorBody('Failed', 'Something went wrong here. Please try again later.') });
  };
  const run = ({ path: route, handle }: Route) => async (request: Request, response: Response): Promise<void> => {
    const path = request.getPath();
    try {
      const body = await readBody(request);
      send(response, await handle({
        method: request.method ?? 'GET', path, params: request.params as Record<string, string>, query: new URLSearchParams(request.getQuery()),
        header: (name) => request.headers[name.toLowerCase()]?.toString(), address: addressOf(request, proxies), body,
      }));
    } catch (error) {
      answerError(response, error, route);
    }
  };
  for (const route of routes) {
    server[route.method](route.path, run(route));
    if (route.method === 'get') server.head(route.path, run(route));
  }
  // restify's own errors (no such route, wrong method) in our shape and without detail.
  server.on('restifyError', (_request: Request, response: Response, error: { statusCode?: number; toJSON: () => unknown }, done: () => void) => {
    const body = error.statusCode === 405 ? errorBody('WrongMethod', 'This address does not take that method.') : errorBody('NotFound', 'There is nothing at this address.');
    error.toJSON = () => body;
    response.setHeader('Content-Type', 'application/json');
    done();
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (http.address() as { port: number }).port,
    async stop(seconds) {
      const closed = new Promise<void>((resolve) => { http.close(() => resolve()); });
      http.closeIdleConnections();
      const timer = setTimeout(() => http.closeAllConnections(), seconds * 1000);
      await closed;
      clearTimeout(timer);
    },
  };
}
