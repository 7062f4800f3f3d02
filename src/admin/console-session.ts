import type { FastifyReply, FastifyRequest } from 'fastify';
import { bearerTokenOf } from '../auth/bearer-token.js';
import type { Settings } from '../config/settings.js';

/** Protects the cookie against CSRF: another origin needs a CORS preflight to send this header, and no preflight is allowed. */
const CONSOLE_HEADER = 'x-console';
const SESSION_COOKIE = 'wx-checkout-staff';

const COOKIE_PATH = '/admin/api';
const COOKIE_PATTERN = new RegExp(`(?:^|;\\s*)${SESSION_COOKIE}=([\\w-]{1,128})(?:;|$)`);

/**
 * The staff token of a request, from the `Authorization` header or the console's cookie. The cookie is used only together
 * with the console's header, which protects against CSRF.
 */
export function staffTokenOf(request: FastifyRequest): string | null {
  const bearer = bearerTokenOf(request);
  if (bearer !== null || request.headers[CONSOLE_HEADER] === undefined) return bearer;
  return COOKIE_PATTERN.exec(request.headers.cookie ?? '')?.[1] ?? null;
}

/** Stores the token in the browser as an HttpOnly cookie for `maxAgeSeconds`. */
export function setSessionCookie(reply: FastifyReply, token: string, maxAgeSeconds: number, isSecure: boolean): void {
  const flags = [
    `Path=${COOKIE_PATH}`,
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Strict',
    ...(isSecure ? ['Secure'] : []),
  ];
  void reply.header('set-cookie', [`${SESSION_COOKIE}=${token}`, ...flags].join('; '));
}

export function clearSessionCookie(reply: FastifyReply, isSecure: boolean): void {
  setSessionCookie(reply, '', 0, isSecure);
}

/** Whether the cookie gets the Secure flag: always in production, otherwise when the request or PUBLIC_BASE_URL uses HTTPS. */
export function isSecureCookie({ NODE_ENV, PUBLIC_BASE_URL }: Settings, request: FastifyRequest): boolean {
  return NODE_ENV === 'production' || PUBLIC_BASE_URL.startsWith('https:') || request.protocol === 'https';
}
