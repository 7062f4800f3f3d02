import type { IncomingMessage } from 'node:http';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import { installBodyParser, installQueryLimit } from './common/http/body-parser.js';
import { DomainError } from './common/problem/domain-error.js';
import { InputPipe } from './common/validation/input.pipe.js';
import { ProblemFilter, sendProblem } from './common/problem/problem.filter.js';
import { setRequestCaller } from './common/http/request-caller.js';
import { trustedProxies } from './common/http/trusted-proxies.js';
import { readSettings } from './config/read-settings.js';
import { requestIdOf } from './operations/log-options.js';
import { serveDocs } from './operations/serve-docs.js';
import { serveAssets } from './pages/page-bundle.js';
import { isNoticeUrl } from './wechat/notice-path.js';

/**
 * Milliseconds in which the whole request, and its headers, must arrive, so that a slow client cannot hold a
 * connection.
 */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 15_000;
/** Milliseconds between two checks of these limits. Node's default interval would almost double them. */
const TIMEOUT_CHECK_MS = 5000;

/** Responses must not be cached, because most concern one user. The assets of the pages set their own header. */
const NO_STORE = 'no-store';

/**
 * Creates the service, ready to listen.
 * @throws Error that names each invalid variable, or if the database cannot be reached or migrated.
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
    // URLs that the router cannot decode never reach a hook or Nest's exception filter.
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
    // `void`, because a response is thenable and would be awaited until it is sent.
    void reply.header('x-request-id', request.id).header('cache-control', NO_STORE);
    next();
  });
  installBodyParser(fastify, isNoticeUrl);
  installQueryLimit(fastify, isNoticeUrl);
  // WeChat's servers are not browsers, so they do not need Helmet's headers, which take a tenth of the time of a
  // notice.
  fastify.addHook('onRoute', (route) => {
    if (isNoticeUrl(route.url)) route.helmet = false;
  });

  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forEnvironment(environment), adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: ['fatal', 'error', 'warn'], // omits Nest's messages about its dependency injection
  });
  await app.register(cookie);
  // The merchant's proxy decides whether subdomains are HTTPS only.
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
  await serveAssets(app, settings.wechat.WECHAT_MODE === 'simulator' ? ['console', 'phone'] : ['console']);
  await app.init();
  app.useLogger(app.get(Logger));
  return app;
}
