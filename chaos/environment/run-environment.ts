import { join } from 'node:path';
import type { Certificates } from '../../tools/client/simulator-client.ts';
import { serviceFlags } from '../../tools/process/managed-process.ts';
import { SimulatorProcess } from '../../tools/process/simulator-process.ts';
import { NORMAL_BEHAVIOUR } from '../faults/fault-catalog.ts';
import type { Options } from '../options.ts';
import { Random } from '../scenarios/random.ts';
import type { Database } from './database.ts';
import { Fleet, SharedClock } from './fleet.ts';
import { NotifyProxy } from './notify-proxy.ts';
import { merchantKeys, v3Verification, type Protocol } from './protocols.ts';
import type { GeneratedSecrets, RunFolder } from './run-folder.ts';

/** Short lifetimes and intervals, so that ten minutes cover as much as a week. No feature is disabled. */
const FAST_SETTINGS = {
  ORDER_TTL_SECONDS: '20',
  SESSION_TTL_SECONDS: '900',
  RECONCILE_INTERVAL_SECONDS: '1',
  QUERY_BACKOFF_SECONDS: '2,3,5,10',
  REFUND_QUERY_BACKOFF_SECONDS: '1,2,4,8',
  WECHAT_TIMEOUT_SECONDS: '1',
  LOGIN_LIMIT_PER_MINUTE: '1000000',
  USER_CALLS_PER_MINUTE: '1000000',
  MAX_PENDING_ORDERS_PER_USER: '1000',
  EVENTS_ALLOW_PRIVATE_NETWORKS: 'true', // the receivers of the run listen on this machine
};

interface RunEnvironmentOptions {
  options: Options;
  runFolder: RunFolder;
  database: Database;
  generated: GeneratedSecrets;
  ports: { wechat: number; refunds: number; proxy: number; instances: number[] };
}

/** Everything that a run starts, besides the database. */
export interface RunEnvironment {
  time: SharedClock;
  wechat: SimulatorProcess;
  certificates: Certificates;
  fleet: Fleet;
  proxy: NotifyProxy;
  /** The environment of an instance in production mode that uses the simulator as WeChat, by the protocol of new payments. */
  environmentOf: (index: number, protocol: Protocol) => Record<string, string>;
}

/** Starts the simulator, the load balancer of the notices, and all instances. */
export async function startRunEnvironment(input: RunEnvironmentOptions): Promise<RunEnvironment> {
  const { options, runFolder, database, generated, ports } = input;
  const { app, logFolder, work } = runFolder;
  const merchant = {
    WECHAT_APP_ID: 'wx8888888888888888',
    WECHAT_MCH_ID: '1900000109',
    WECHAT_APP_SECRET: generated.appSecret,
    ...merchantKeys(options.protocols, generated),
  };
  const time = new SharedClock();
  const wechat = await SimulatorProcess.start({
    app,
    directory: work,
    log: join(logFolder, 'simulator.log'),
    environment: { SIMULATOR_SEED: String(options.seed), ...merchant },
    ports: [ports.wechat, ports.refunds],
  });
  time.onAdvance((seconds) => wechat.advance(seconds));
  await wechat.setBehaviours(NORMAL_BEHAVIOUR);
  const certificates = await wechat.getCertificates();
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const environmentOf = (index: number, protocol: Protocol): Record<string, string> => ({
    PATH: process.env['PATH'] ?? '',
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PUBLIC_BASE_URL: `http://127.0.0.1:${ports.proxy}`,
    TRUSTED_PROXIES: '127.0.0.1',
    DATABASE_URL: database.urlFor(index),
    WECHAT_MODE: 'live',
    ...merchant,
    WECHAT_PAY_PROTOCOL: protocol,
    ...(options.protocols.includes('v3') && v3Verification(certificates)),
    ...wechat.serviceSettings,
    WECHAT_CA_BASE64: base64(certificates.ca),
    WECHAT_MCH_CERT_BASE64: base64(certificates.merchant.cert),
    WECHAT_MCH_KEY_BASE64: base64(certificates.merchant.key),
    ADMIN_BOOTSTRAP_USERNAME: 'admin',
    ADMIN_BOOTSTRAP_PASSWORD: generated.admin,
    ...FAST_SETTINGS,
  });
  const fleet = new Fleet({
    app,
    directory: work,
    logs: logFolder,
    ports: ports.instances,
    environmentOf,
    protocols: options.protocols,
    flags: serviceFlags(),
    time,
    random: new Random(options.seed, 'clocks'),
  });
  const proxy = new NotifyProxy({ nextUrl: () => fleet.nextUrl(), random: new Random(options.seed, 'notices') });
  await proxy.listen(ports.proxy);
  await fleet.start();
  return { time, wechat, certificates, fleet, proxy, environmentOf };
}
