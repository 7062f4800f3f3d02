import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Bytes; every message of WeChat is far smaller. */
export const BODY_LIMIT_BYTES = 1_048_576;

/**
 * Milliseconds within which a request must be complete; connections are checked every five seconds. Like WeChat, idle
 * connections are closed after 8 s.
 */
export const RECEIVE_TIMEOUTS = {
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 8000,
  connectionsCheckingInterval: 5000,
};

/** The bytes of the body; empty when there is none. */
export function rawBodyOf(request: Pick<FastifyRequest, 'body'>): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

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

/** Requests that are not WeChat calls. WeChat calls are logged with their verdict when they finish in the exchange log. */
const LOGGED_PATHS = /^\/(_control(\/|$)|healthz$|cgi-bin\/mmpayweb-bin\/|$)/;

/** Logs one line for each request that is not a WeChat call. Queries are omitted, because they may contain secrets. */
export function logNonWechatRequests(fastify: FastifyInstance): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const [path = ''] = request.url.split('?');
    if (LOGGED_PATHS.test(path)) {
      console.log(`${request.method} ${path} → ${reply.statusCode} ${Math.round(reply.elapsedTime)} ms`);
    }
    done();
  });
}
