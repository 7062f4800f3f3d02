import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { PageBundle } from './page-bundle.js';

/**
 * The content security policy of a page. Scripts must be our own files. Styles must be too, or carry the nonce of this
 * response, because antd creates style elements at run time. Images may come from any host; all other requests stay on this
 * origin.
 */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: https: http:",
    "connect-src 'self'",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Sends a page's HTML. It names the assets of this build, so it must not be cached. */
export function sendPage(reply: FastifyReply, page: PageBundle): string {
  const nonce = randomBytes(16).toString('base64');
  void reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-cache, no-store')
    .header('content-security-policy', contentSecurityPolicy(nonce))
    .header('x-frame-options', 'DENY');
  return page.frame(nonce);
}
