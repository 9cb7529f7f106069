import { jwtVerify, SignJWT } from 'jose';
import { Refusal } from '../server.ts';

/** Seconds within which a stream must be begun: its token stands in an address, and addresses are logged by others. */
export const streamSeconds = 120;

/** Whose token it is: one conversation, and the user name the server gave. */
export interface TokenClaims {
  readonly conversation: string;
  readonly user: string;
}

export interface Tokens {
  /** Seconds a token is good for; clients renew it well before. */
  readonly seconds: number;
  sign(claims: TokenClaims, seconds?: number): Promise<string>;
  /** @throws Refusal 403, which clients read as “expired”, for every kind of bad token */
  verify(authorization: string | undefined): Promise<TokenClaims>;
}

/**
 * Tokens for one conversation each.
 * @param secret at least 32 characters
 * @param seconds as long as an idle conversation is kept, so that who comes back finds it
 */
export function makeTokens(secret: string, seconds: number): Tokens {
  const key = new TextEncoder().encode(secret);
  return {
    seconds,
    sign: ({ conversation, user }, lasts = seconds) => new SignJWT({ conv: conversation, user })
      .setProtectedHeader({ alg: 'HS256' }).setIssuedAt().setExpirationTime(`${lasts}s`).setIssuer('madoguchi').sign(key),
    async verify(authorization) {
      const [, token] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
      try {
        const { payload } = await jwtVerify(token ?? '', key, { algorithms: ['HS256'], issuer: 'madoguchi' });
        return { conversation: String(payload.conv), user: String(payload.user) };
      } catch {
        throw new Refusal(403, 'BadToken', 'The token is missing, expired or not ours. Ask for a new one at /v3/directline/tokens/generate.');
      }
    },
  };
}
