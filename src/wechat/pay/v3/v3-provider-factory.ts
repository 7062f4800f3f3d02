import type { FactoryProvider } from '@nestjs/common';
import { Metrics } from '../../../common/metrics/metrics.js';
import { Clock } from '../../../common/time/clock.js';
import { ClockMonitor } from '../../../common/time/clock-monitor.js';
import { Settings } from '../../../config/settings.js';
import { refusalOfProblem } from '../certificate/certificate-refusal.js';
import { MerchantCertificate } from '../certificate/merchant-certificate.js';
import type { Refused } from '../outcome.js';
import { TRADE_TYPES } from '../payment-types.js';
import { WechatHttpClient } from '../wechat-http-client.js';
import { PlatformCertificateUpdater } from './keys/platform-certificate-updater.js';
import { WechatKeyStore } from './keys/wechat-key-store.js';
import { V3Connection } from './transport/v3-connection.js';
import { type V3Keys, V3Transport } from './transport/v3-transport.js';
import { readWechatPublicKey, v3AccountOf } from './v3-account.js';
import { WechatPayV3Provider } from './wechat-pay-v3.provider.js';

/** What all parts of API v3 share: the connection, or null without keys, and WeChat's keys. */
export class V3Environment {
  constructor(
    readonly connection: V3Connection | null,
    readonly keys: V3Keys,
  ) {}
}

/** @throws Error naming the variable when WeChat's public key is unusable. */
export function createV3Environment(
  settings: Settings,
  clock: Clock,
  http: WechatHttpClient,
  certificate: MerchantCertificate,
): V3Environment {
  const store = new WechatKeyStore(readWechatPublicKey(settings));
  const account = certificate.signingKey() === null ? null : v3AccountOf(settings);
  const connection = account && new V3Connection(account, () => certificate.signingKey(), store, http, clock);
  const usesCertificates = settings.v3.WECHAT_PAY_PLATFORM_CERTS === 'download';
  const updater = new PlatformCertificateUpdater(usesCertificates ? connection : null, store, clock);
  return new V3Environment(connection, { store, updater });
}

/** Provides the updater too, so that Nest starts and stops it. */
export const v3ProviderFactories: FactoryProvider[] = [
  {
    provide: V3Environment,
    inject: [Settings, Clock, WechatHttpClient, MerchantCertificate],
    useFactory: createV3Environment,
  },
  {
    provide: PlatformCertificateUpdater,
    inject: [V3Environment],
    useFactory: ({ keys }: V3Environment) => keys.updater,
  },
  {
    provide: WechatPayV3Provider,
    inject: [Settings, V3Environment, Clock, ClockMonitor, Metrics, MerchantCertificate],
    useFactory: createV3Provider,
  },
];

export function createV3Provider(
  settings: Settings,
  { connection, keys }: V3Environment,
  clock: Clock,
  clockMonitor: ClockMonitor,
  metrics: Metrics,
  certificate: MerchantCertificate,
): WechatPayV3Provider {
  const transport = new V3Transport(connection, keys, clock, clockMonitor, metrics);
  return new WechatPayV3Provider(connection, keys, transport, clock, {
    newTradeTypes: settings.v3.WECHAT_PAY_PROTOCOL === 'v3' ? TRADE_TYPES : [],
    checkCertificate: () => checkCertificate(certificate, settings.wechat.WECHAT_MCH_ID),
  });
}

/** WeChat refuses a certificate that has expired, or that belongs to another merchant. A key alone names neither. */
function checkCertificate(certificate: MerchantCertificate, mchId: string): Refused | null {
  const problem = certificate.hasOnlyKey ? null : certificate.problem(mchId);
  return problem === null ? null : refusalOfProblem(problem);
}
