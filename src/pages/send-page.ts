import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { PageBundle } from './page-bundle.js';

/**
 * What a page may do. Scripts are our own files alone. Styles are too, and what bears the nonce of this answer: antd makes
 * its style elements while it runs. Pictures come from wherever merchants and buyers keep them; nothing else leaves here.
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

/** Answers with a page's frame. It names the assets of this build, so it is asked for anew each time. */
export function sendPage(reply: FastifyReply, page: PageBundle): string {
  const nonce = randomBytes(16).toString('base64');
  void reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-cache, no-store')
    .header('content-security-policy', contentSecurityPolicy(nonce))
    .header('x-frame-options', 'DENY');
  return page.frame(nonce);
}
