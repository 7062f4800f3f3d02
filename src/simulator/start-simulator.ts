import 'reflect-metadata';
import { NestApplicationOptions, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { SecureListener } from './certificates/secure-listener.js';
import { Certificates, SimulatorCertificates } from './certificates/simulator-certificates.js';
import { BaseClock, SimulatorClock } from './clock.js';
import { ControlProblemFilter } from './control/control-problem.filter.js';
import { ResponseDelayer } from './faults/response-delayer.js';
import { NoticeSender } from './notices/notice-sender.js';
import { BODY_LIMIT_BYTES, registerRawBodyParser, RECEIVE_TIMEOUTS } from './raw-body-parser.js';
import { logOtherRequests } from './request-log.js';
import { SimulatorModule } from './simulator.module.js';
import type { BehaviourSettings } from './state/behaviour-settings.js';
import { omitUndefined } from './state/omit-undefined.js';
import { PublicAddress } from './state/public-address.js';
import { DEMO_MERCHANT, MerchantIdentity, SimulatorSettings } from './simulator-settings.js';

export interface SimulatorOptions {
  /** Default 127.0.0.1: whoever reaches it may control it. */
  host?: string;
  /** Default 3001; 0 takes any free port. */
  port?: number;
  /** Of the TLS endpoint. Default: the one after `port`, or any free one when that is 0. */
  refundPort?: number;
  /** Where browsers reach it, when that is not where it listens: mweb_urls begin with it. */
  publicUrl?: string;
  /** Of every random choice; default 1. */
  seed?: number;
  /** Virtual seconds per second; default 1. */
  speed?: number;
  /** What the virtual time is made of; default the machine's clock. */
  clock?: BaseClock;
  /** Default: an invented identity, see `DEMO_MERCHANT`. */
  merchant?: Partial<MerchantIdentity>;
  /** Made before: new ones take half a second, which a hundred tests need not spend. Default: new ones. */
  certificates?: SimulatorCertificates;
  /** Behaviours that differ from the defaults from the start on, and again after a reset. */
  behaviours?: Partial<BehaviourSettings>;
  /** No log lines. */
  quiet?: boolean;
}

export interface RunningSimulator {
  readonly url: string;
  readonly port: number;
  /** Where refunds are asked for: over TLS, with the merchant's certificate. Everything else is answered there too. */
  readonly refundUrl: string;
  readonly certificates: Certificates;
  readonly clock: SimulatorClock;
  /** Drops whatever is still going on, hanging answers included. */
  stop(): Promise<void>;
}

/** Starts a WeChat of one's own; it answers when the promise is kept. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const { host = '127.0.0.1', port = 3001, seed = 1, speed = 1, quiet = false } = options;
  const merchant = { ...DEMO_MERCHANT, ...omitUndefined(options.merchant ?? {}) };
  const settings = new SimulatorSettings(merchant, seed, quiet, options.behaviours);
  const clock = new SimulatorClock(options.clock, speed);
  const certificates = options.certificates ?? (await SimulatorCertificates.generate(settings.merchant.mch_id, host));
  const app = await createApp(settings, clock, certificates);
  await app.listen(port, host);
  const address = app.getHttpServer().address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  const fastify = app.getHttpAdapter().getInstance();
  const secure = new SecureListener(certificates.all, certificates.server, (request, response) => {
    fastify.routing(request, response);
  });
  const stop = async (): Promise<void> => {
    clock.cancelAll();
    app.get(ResponseDelayer).releaseAll();
    await app.get(NoticeSender).close();
    await secure.close();
    await app.close();
  };
  const wantedPort = options.refundPort ?? (port === 0 ? 0 : port + 1);
  const refundPort = await secure.listen(wantedPort, host).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const urlHost = host.includes(':') ? `[${host}]` : host;
  const url = `http://${urlHost}:${boundPort}`;
  app.get(PublicAddress).origin = options.publicUrl === undefined ? url : new URL(options.publicUrl).origin;
  return {
    url,
    port: boundPort,
    refundUrl: `https://${urlHost}:${refundPort}`,
    certificates: certificates.all,
    clock,
    stop,
  };
}

async function createApp(
  settings: SimulatorSettings,
  clock: SimulatorClock,
  certificates: SimulatorCertificates,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    ...{ forceCloseConnections: true, bodyLimit: BODY_LIMIT_BYTES, requestTimeout: RECEIVE_TIMEOUTS.requestTimeout },
    http: RECEIVE_TIMEOUTS,
  });
  const options: Pick<NestApplicationOptions, 'bodyParser' | 'logger'> = {
    bodyParser: false,
    logger: settings.isQuiet ? false : ['error', 'warn'],
  };
  const module = SimulatorModule.with(settings, clock, certificates);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, options);
  registerRawBodyParser(adapter.getInstance());
  // WeChat's time in every answer: a merchant's server may compare its own clock with it.
  adapter.getInstance().addHook('onSend', (_request, reply, payload, done) => {
    reply.header('date', clock.now().toUTCString());
    done(null, payload);
  });
  if (!settings.isQuiet) logOtherRequests(adapter.getInstance());
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  app.useGlobalFilters(new ControlProblemFilter());
  serveDocs(app);
  return app;
}

function serveDocs(app: NestFastifyApplication): void {
  const about = new DocumentBuilder()
    .setTitle('WeChat simulator: control API')
    .setDescription('What people and tests use to play the payer, to break things and to look inside.')
    .setVersion('1')
    .build();
  SwaggerModule.setup('_control/docs', app, () => SwaggerModule.createDocument(app, about), {
    jsonDocumentUrl: '_control/openapi.json',
  });
}
