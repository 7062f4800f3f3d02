import type { FastifyInstance } from 'fastify';

/** Bytes; a careless client may send anything, but no message of WeChat's is near this. */
export const BODY_LIMIT_BYTES = 1_048_576;

/** Milliseconds within which a request must have arrived; connections are looked at every five seconds. */
export const RECEIVE_TIMEOUTS = { headersTimeout: 15_000, requestTimeout: 30_000, connectionsCheckingInterval: 5000 };

/**
 * WeChat looks at the bytes of a message whatever its content type says; only the control API speaks JSON. Replaces all
 * parsers, since Fastify's own would refuse content types that WeChat takes.
 */
export function registerRawBodyParser(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    if (!request.url.startsWith('/_control')) {
      done(null, body);
      return;
    }
    const text = body.toString();
    const parsed = isEmpty(text) ? {} : jsonObjectOf(text);
    if (parsed === undefined) done(Object.assign(new Error('the body is not a JSON object'), { statusCode: 400 }));
    else done(null, parsed);
  });
  fastify.addHook('preHandler', (request, _reply, done) => {
    request.body ??= {}; // a control call without a body asks for the defaults
    done();
  });
}

/** Nothing at all, or `[]`: PHP writes an array without elements so, whether it means a list or an object. */
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
