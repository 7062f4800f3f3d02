import type { FastifyInstance } from 'fastify';

/** Bytes; every message of WeChat is far smaller. */
export const BODY_LIMIT_BYTES = 1_048_576;

/** Milliseconds within which a request must be complete; connections are checked every five seconds. */
export const RECEIVE_TIMEOUTS = { headersTimeout: 15_000, requestTimeout: 30_000, connectionsCheckingInterval: 5000 };

/**
 * WeChat calls get the raw bytes, with any content type; control calls get parsed JSON. Replaces all parsers, because
 * Fastify's own refuse content types that WeChat accepts.
 */
export function registerBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    if (!request.url.startsWith('/_control')) {
      done(null, body);
      return;
    }
    const text = body.toString();
    const parsed = isEmpty(text) ? {} : jsonObjectOf(text);
    if (parsed === undefined) done(Object.assign(new Error('The body must be a JSON object'), { statusCode: 400 }));
    else done(null, parsed);
  });
  fastify.addHook('preHandler', (request, _reply, done) => {
    request.body ??= {}; // a control call without a body uses the defaults
    done();
  });
}

/** True for an empty body or `[]`: PHP encodes an empty array as `[]`, for lists and for objects. */
function isEmpty(body: string): boolean {
  return body === '' || /^\s*\[\s*\]\s*$/.test(body);
}

function jsonObjectOf(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
