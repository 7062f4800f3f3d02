import '@fastify/cookie'; // declares `cookies` and `setCookie`
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bearerTokenOf } from '../../auth/user.guard.js';
import type { Settings } from '../../config/settings.js';

/** Protects the cookie against CSRF: another origin needs a CORS preflight to send this header, and no preflight is allowed. */
const CONSOLE_HEADER = 'x-console';
const SESSION_COOKIE = 'wx-checkout-staff';

const COOKIE_PATH = '/admin/api';
const TOKEN_PATTERN = /^[\w-]{1,128}$/;

/**
 * The staff token of a request, from the `Authorization` header or the console's cookie. The cookie is used only together
 * with the console's header, which protects against CSRF.
 */
export function staffTokenOf(request: FastifyRequest): string | null {
  const bearer = bearerTokenOf(request);
  if (bearer !== null || request.headers[CONSOLE_HEADER] === undefined) return bearer;
  const token = request.cookies[SESSION_COOKIE] ?? '';
  return TOKEN_PATTERN.test(token) ? token : null;
}

/** Stores the token in the browser as an HttpOnly cookie for `maxAgeSeconds`. */
export function setSessionCookie(reply: FastifyReply, token: string, maxAgeSeconds: number, isSecure: boolean): void {
  void reply.setCookie(SESSION_COOKIE, token, {
    path: COOKIE_PATH,
    maxAge: maxAgeSeconds,
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure,
  });
}

export function clearSessionCookie(reply: FastifyReply, isSecure: boolean): void {
  setSessionCookie(reply, '', 0, isSecure);
}

/** Whether the cookie gets the Secure flag: always in production, otherwise when the request or PUBLIC_BASE_URL uses HTTPS. */
export function isSecureCookie({ NODE_ENV, PUBLIC_BASE_URL }: Settings, request: FastifyRequest): boolean {
  return NODE_ENV === 'production' || PUBLIC_BASE_URL.startsWith('https:') || request.protocol === 'https';
}
