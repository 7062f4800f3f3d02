import type { FastifyInstance } from 'fastify';

/** Calls of WeChat's own are logged with their verdict when they end in the journal; these are the others. */
const LOGGED_PATHS = /^\/(_control(\/|$)|healthz$|cgi-bin\/mmpayweb-bin\/|$)/;

/** Writes one line for each request that is not a call of WeChat's own. Queries stay out: they may hold secrets. */
export function logOtherRequests(fastify: FastifyInstance): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const [path = ''] = request.url.split('?');
    if (LOGGED_PATHS.test(path)) {
      console.log(`${request.method} ${path} → ${reply.statusCode} ${Math.round(reply.elapsedTime)} ms`);
    }
    done();
  });
}
