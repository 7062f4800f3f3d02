import type { FastifyReply, FastifyRequest } from 'fastify';
import { bearerTokenOf } from '../auth/bearer-token.js';
import type { Settings } from '../config/settings.js';

/** Only a page of our own origin can send it: another's would have to ask first, and is never told yes. */
const CONSOLE_HEADER = 'x-console';
const SESSION_COOKIE = 'wx-checkout-staff';

const COOKIE_PATH = '/admin/api';
const COOKIE_PATTERN = new RegExp(`(?:^|;\\s*)${SESSION_COOKIE}=([\\w-]{1,128})(?:;|$)`);

/**
 * The token with which a member of staff calls: of the `Authorization` header, or of the console's cookie. The cookie
 * counts only beside the console's own header, so that no foreign page can act in somebody's name.
 */
export function staffTokenOf(request: FastifyRequest): string | null {
  const bearer = bearerTokenOf(request);
  if (bearer !== null || request.headers[CONSOLE_HEADER] === undefined) return bearer;
  return COOKIE_PATTERN.exec(request.headers.cookie ?? '')?.[1] ?? null;
}

/** Gives the browser a token that none of its scripts can read, for `maxAgeSeconds`. */
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

/** Takes it away again. */
export function clearSessionCookie(reply: FastifyReply, isSecure: boolean): void {
  setSessionCookie(reply, '', 0, isSecure);
}

/** Whether the cookie may travel over HTTPS alone: in production always, and wherever the browser came by HTTPS. */
export function isSecureCookie({ NODE_ENV, PUBLIC_BASE_URL }: Settings, request: FastifyRequest): boolean {
  return NODE_ENV === 'production' || PUBLIC_BASE_URL.startsWith('https:') || request.protocol === 'https';
}
