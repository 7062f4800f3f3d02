import type { FastifyInstance } from 'fastify';

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
