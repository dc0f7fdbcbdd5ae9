import type { IncomingHttpHeaders } from 'node:http';

const name = 'simloft_session';

/** The session that a browser shows; null when it shows none. */
export function sessionIn({ cookie }: IncomingHttpHeaders): string | null {
  for (const pair of cookie?.split(';') ?? []) {
    const [key, value = ''] = pair.trim().split('=');
    if (key === name && value !== '') return value;
  }
  return null;
}

export interface CookieOptions {
  /** Seconds that it lasts; 0 takes it away. */
  readonly seconds: number;
  /** Over HTTPS: then a browser sends it nowhere else. */
  readonly secure: boolean;
}

/** For `Set-Cookie` (RFC 6265 §4.1). No script reads it, and no page elsewhere makes a browser send it. */
export const sessionCookie = (id: string, { seconds, secure }: CookieOptions): string =>
  `${name}=${id}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure ? '; Secure' : ''}`;
