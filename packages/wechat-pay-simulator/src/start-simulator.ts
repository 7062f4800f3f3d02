import 'reflect-metadata';
import { NestApplicationOptions, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { SecureListener } from './certificates/secure-listener.js';
import {
  Certificates,
  SimulatorCertificates,
  SimulatorKeys,
  writeCertificates,
} from './certificates/simulator-certificates.js';
import { BaseClock, SimulatorClock } from './clock.js';
import { ControlProblemFilter } from './control/control-problem.filter.js';
import { ConnectProxy } from './proxy/connect-proxy.js';
import { ResponseSender } from './faults/response-sender.js';
import { NoticeSender } from './notices/notice-sender.js';
import { BODY_LIMIT_BYTES, registerBodyParsers, RECEIVE_TIMEOUTS, logNonWechatRequests } from './http-setup.js';
import { SimulatorModule } from './simulator.module.js';
import type { BehaviourSettings } from './state/behaviour-settings.js';
import { omitUndefined, DEMO_MERCHANT, MerchantIdentity, SimulatorSettings } from './simulator-settings.js';

export { generateSimulatorKeys, type SimulatorKeys } from './certificates/simulator-certificates.js';

export interface SimulatorOptions {
  /** Default 127.0.0.1. Every client that can reach it can control it. */
  host?: string;
  /** Default 3001; 0 uses any free port. */
  port?: number;
  /** Port of the TLS endpoint. Default: the one after `port`, or any free one when that is 0. */
  refundPort?: number;
  /** Port of the proxy for clients whose WeChat address cannot be changed; 0 uses any free port. Default: no proxy. */
  proxyPort?: number;
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
  /** Key pairs of an earlier run, for new certificates. Default: new ones. */
  keys?: SimulatorKeys;
  /** Behaviours that differ from the defaults at the start and after a reset. */
  behaviours?: Partial<BehaviourSettings>;
  /** Disables the log lines. */
  quiet?: boolean;
}

/** The keys of a merchant for API v3. */
export interface V3Secrets {
  readonly mchid: string;
  /** Serial of the merchant's certificate: 40 upper-case hexadecimal digits. */
  readonly merchantSerial: string;
  /** PEM (PKCS#8): the key of the same certificate that refunds by v2 use. */
  readonly merchantPrivateKey: string;
  readonly apiV3Key: string;
  readonly publicKeyId: string;
  /** WeChat's public key, PEM (SPKI). */
  readonly publicKey: string;
}

export interface RunningSimulator {
  readonly url: string;
  readonly port: number;
  /** Address for refunds, over TLS with the merchant's certificate. It accepts all other calls too. */
  readonly refundUrl: string;
  /** Address of the proxy, for `HTTPS_PROXY`; undefined without `proxyPort`. */
  readonly proxyUrl: string | undefined;
  readonly certificates: Certificates;
  /** What a merchant needs for API v3, which has the same two addresses. */
  readonly v3: V3Secrets;
  readonly clock: SimulatorClock;
  /** Writes the files of the merchant platform: certificates, private key and WeChat's public key. */
  writeCertificates(folder: string): Promise<void>;
  /** Stops at once and drops all open connections and responses. */
  stop(): Promise<void>;
}

/** Starts a simulator. It accepts calls when the promise resolves. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const { host = '127.0.0.1', port = 3001, seed = 1, speed = 1, quiet = false } = options;
  const merchant = { ...DEMO_MERCHANT, ...omitUndefined(options.merchant ?? {}) };
  const settings = new SimulatorSettings(merchant, seed, quiet, options.behaviours);
  const clock = new SimulatorClock(options.clock, speed);
  const certificates =
    options.certificates ?? (await SimulatorCertificates.generate(settings.merchant.mch_id, host, options.keys));
  const app = await createApp(settings, clock, certificates);
  await app.listen(port, host);
  const address = app.getHttpServer().address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  const fastify = app.getHttpAdapter().getInstance();
  const secure = new SecureListener(certificates.all, certificates.server, (request, response) => {
    fastify.routing(request, response);
  });
  const proxy = new ConnectProxy((line) => {
    if (!quiet) console.log(line);
  });
  const stop = async (): Promise<void> => {
    clock.cancelAll();
    app.get(ResponseSender).releaseAll();
    await app.get(NoticeSender).close();
    await Promise.all([proxy.close(), secure.close()]);
    await app.close();
  };
  const urlHost = host.includes(':') ? `[${host}]` : host;
  const url = `http://${urlHost}:${boundPort}`;
  try {
    const refundPort = await secure.listen(options.refundPort ?? (port === 0 ? 0 : port + 1), host);
    const { proxyPort: wantedPort } = options;
    const proxyPort = wantedPort === undefined ? undefined : await proxy.listen(wantedPort, host, refundPort);
    settings.publicOrigin = options.publicUrl === undefined ? url : new URL(options.publicUrl).origin;
    return {
      url,
      port: boundPort,
      refundUrl: `https://${urlHost}:${refundPort}`,
      proxyUrl: proxyPort === undefined ? undefined : `http://${urlHost}:${proxyPort}`,
      certificates: certificates.all,
      v3: v3SecretsOf(settings, certificates),
      clock,
      writeCertificates: (folder) => writeCertificates(folder, certificates),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function v3SecretsOf({ merchant }: SimulatorSettings, { all, platform }: SimulatorCertificates): V3Secrets {
  return {
    mchid: merchant.mch_id,
    merchantSerial: all.merchant.serial,
    merchantPrivateKey: all.merchant.key,
    apiV3Key: merchant.api_v3_key,
    publicKeyId: platform.publicKeyId,
    publicKey: platform.publicKeyPair.publicKey,
  };
}

async function createApp(
  settings: SimulatorSettings,
  clock: SimulatorClock,
  certificates: SimulatorCertificates,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    forceCloseConnections: true,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: RECEIVE_TIMEOUTS.requestTimeout,
    keepAliveTimeout: RECEIVE_TIMEOUTS.keepAliveTimeout,
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
