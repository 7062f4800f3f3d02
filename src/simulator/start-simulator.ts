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
import { BODY_LIMIT_BYTES, registerBodyParsers, RECEIVE_TIMEOUTS } from './body-parsers.js';
import { logNonWechatRequests } from './request-log.js';
import { SimulatorModule } from './simulator.module.js';
import type { BehaviourSettings } from './state/behaviour-settings.js';
import { omitUndefined } from './state/omit-undefined.js';
import { PublicAddress } from './state/public-address.js';
import { DEMO_MERCHANT, MerchantIdentity, SimulatorSettings } from './simulator-settings.js';

export interface SimulatorOptions {
  /** Default 127.0.0.1. Every client that can reach it can control it. */
  host?: string;
  /** Default 3001; 0 uses any free port. */
  port?: number;
  /** Port of the TLS endpoint. Default: the one after `port`, or any free one when that is 0. */
  refundPort?: number;
  /** Address for browsers when it differs from the listening address: mweb_urls begin with it. */
  publicUrl?: string;
  /** Seed of all random choices; default 1. */
  seed?: number;
  /** Virtual seconds per second; default 1. */
  speed?: number;
  /** The base of the virtual time; default: the machine's clock. */
  clock?: BaseClock;
  /** Default: an invented identity, see `DEMO_MERCHANT`. */
  merchant?: Partial<MerchantIdentity>;
  /** Existing certificates: generating new ones takes half a second in each test file. Default: new ones. */
  certificates?: SimulatorCertificates;
  /** Behaviours that differ from the defaults at the start and after a reset. */
  behaviours?: Partial<BehaviourSettings>;
  /** Disables the log lines. */
  quiet?: boolean;
}

export interface RunningSimulator {
  readonly url: string;
  readonly port: number;
  /** Address for refunds, over TLS with the merchant's certificate. All other calls are answered there too. */
  readonly refundUrl: string;
  readonly certificates: Certificates;
  readonly clock: SimulatorClock;
  /** Stops at once and drops all open connections and responses. */
  stop(): Promise<void>;
}

/** Starts a simulator. It accepts calls when the promise resolves. */
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
  registerBodyParsers(adapter.getInstance());
  // WeChat's time in every response, so that a merchant's server can compare its own clock with it.
  adapter.getInstance().addHook('onSend', (_request, reply, payload, done) => {
    reply.header('date', clock.now().toUTCString());
    done(null, payload);
  });
  if (!settings.isQuiet) logNonWechatRequests(adapter.getInstance());
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  app.useGlobalFilters(new ControlProblemFilter());
  serveDocs(app);
  return app;
}

function serveDocs(app: NestFastifyApplication): void {
  const about = new DocumentBuilder()
    .setTitle('WeChat simulator: control API')
    .setDescription('For people and tests: act as the payer, inject faults, and inspect the state of the simulator.')
    .setVersion('1')
    .build();
  SwaggerModule.setup('_control/docs', app, () => SwaggerModule.createDocument(app, about), {
    jsonDocumentUrl: '_control/openapi.json',
  });
}
