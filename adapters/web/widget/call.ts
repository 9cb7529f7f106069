/** The conversation is no more: its token has expired, or it was deleted. */
export class Gone extends Error {}

/** The server asks to wait so many seconds. */
export class Busy extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super();
    this.seconds = seconds;
  }
}

/** Milliseconds after which a request counts as lost: networks of trains and tunnels neither answer nor fail. */
const patience = 20_000;

/**
 * Asks the server and gives what it answers.
 * @throws Gone, Busy, or another error where there is no connection or no answer that can be read
 */
export async function call<Result>(url: string, token: string, method: string, body?: object): Promise<Result> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (token !== '') headers.Authorization = `Bearer ${token}`;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }), cache: 'no-store', signal: stop.signal });
    if (answer.status === 403 || answer.status === 404) throw new Gone();
    if (answer.status === 429 || answer.status === 503) throw new Busy(Number(answer.headers.get('Retry-After')) || 5);
    if (!answer.ok) throw new Error(String(answer.status));
    return await answer.json() as Result;
  } finally {
    clearTimeout(timer);
  }
}
