import type { IncomingMessage } from 'node:http';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import { installBodyParser, installQueryLimit } from './common/body-parser.js';
import { DomainError } from './common/domain-error.js';
import { InputPipe } from './common/input.pipe.js';
import { ProblemFilter, sendProblem } from './common/problem.filter.js';
import { setRequestCaller } from './common/request-caller.js';
import { trustedProxies } from './common/trusted-proxies.js';
import { readSettings } from './config/read-settings.js';
import { requestIdOf } from './operations/log-options.js';
import { serveDocs } from './operations/serve-docs.js';
import { serveAssets } from './pages/serve-assets.js';

/** Milliseconds within which a whole request must have arrived, and its headers: a slow sender must not hold a connection. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 15_000;
/** Milliseconds between two looks for connections that are over either limit; Node's own default would double them. */
const TIMEOUT_CHECK_MS = 5000;

/** No proxy and no browser may keep an answer: most are about one user. The assets of the pages set a header of their own. */
const NO_STORE = 'no-store';

/** Where WeChat calls. */
const NOTICE_PATH_PREFIX = '/wechat/notify/';

/**
 * The service, wired and ready to listen.
 * @throws Error naming each bad variable, or when the database cannot be reached or migrated.
 */
export async function createApp(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<NestFastifyApplication> {
  const settings = readSettings(environment);
  const adapter = new FastifyAdapter({
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: TIMEOUT_CHECK_MS },
    forceCloseConnections: 'idle',
    genReqId: (request: IncomingMessage) => requestIdOf(request.headers['x-request-id']),
    // Addresses that the router cannot even read never reach a hook or Nest's filter.
    frameworkErrors: (_error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      void reply.header('x-request-id', request.id).header('cache-control', NO_STORE);
      void reply.header('connection', 'close'); // its body is not read
      sendProblem(new DomainError('NOT_FOUND'), request, reply);
    },
    ...(settings.TRUSTED_PROXIES !== undefined && { trustProxy: trustedProxies(settings.TRUSTED_PROXIES) }),
  });
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', (request, reply, next) => {
    setRequestCaller(request);
    // A reply is thenable, and would be awaited until it is sent.
    void reply.header('x-request-id', request.id).header('cache-control', NO_STORE);
    next();
  });
  installBodyParser(fastify, NOTICE_PATH_PREFIX);
  installQueryLimit(fastify, NOTICE_PATH_PREFIX);
  // WeChat's servers are no browsers. Helmet's headers say nothing to them, and took a tenth of a notice's time.
  fastify.addHook('onRoute', (route) => {
    if (route.url.startsWith(NOTICE_PATH_PREFIX)) route.helmet = false;
  });

  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forEnvironment(environment), adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: ['fatal', 'error', 'warn'], // what Nest says of its own wiring interests nobody
  });
  // Whether a domain and all below it are HTTPS alone is for the merchant's proxy to say.
  await app.register(helmet, {
    strictTransportSecurity: { includeSubDomains: false },
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  });
  app.useGlobalPipes(new InputPipe());
  app.useGlobalFilters(new ProblemFilter());
  if (settings.CORS_ORIGINS !== undefined) {
    const methods = ['GET', 'HEAD', 'POST', 'PATCH'];
    const exposedHeaders = ['X-Request-Id', 'Retry-After'];
    app.enableCors({ origin: settings.CORS_ORIGINS.split(','), methods, exposedHeaders });
  }
  if (settings.API_DOCS === 'on') serveDocs(app);
  await serveAssets(app, settings.WECHAT_MODE === 'simulator' ? ['console', 'phone'] : ['console']);
  await app.init();
  app.useLogger(app.get(Logger));
  return app;
}
