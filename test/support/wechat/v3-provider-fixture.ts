import { Metrics } from '../../../src/common/metrics/metrics.js';
import { Clock } from '../../../src/common/time/clock.js';
import { ClockMonitor } from '../../../src/common/time/clock-monitor.js';
import { readSettings } from '../../../src/config/read-settings.js';
import { loadMerchantCertificate } from '../../../src/wechat/pay/certificate/load-merchant-certificate.js';
import type { PrepayDraft } from '../../../src/wechat/pay/payment-types.js';
import {
  createV3Environment,
  createV3Provider,
  type V3Environment,
} from '../../../src/wechat/pay/v3/v3-provider-factory.js';
import type { WechatPayV3Provider } from '../../../src/wechat/pay/v3/wechat-pay-v3.provider.js';
import { WechatHttpClient } from '../../../src/wechat/pay/wechat-http-client.js';
import { VECTORS } from '../../vectors/v3/vectors.js';

/** The instant of the fixture's clock, unless a test moves it. Platform certificates of the vectors are valid then. */
export const V3_NOW = new Date('2026-12-23T04:28:45.300Z');

const pem = (label: string, base64: string): string =>
  Buffer.from(`-----BEGIN ${label}-----\n${base64.replaceAll(/(.{64})/g, '$1\n')}\n-----END ${label}-----\n`).toString(
    'base64',
  );

/** The settings of the vectors' merchant, with WeChat's public key. */
export const V3_SETTINGS = {
  WECHAT_MODE: 'simulator',
  WECHAT_APP_ID: VECTORS.appid,
  WECHAT_MCH_ID: VECTORS.mchid,
  WECHAT_API_V3_KEY: VECTORS.apiV3Key,
  WECHAT_MCH_KEY_BASE64: pem('PRIVATE KEY', VECTORS.keys.merchantPrivate),
  WECHAT_MCH_CERT_SERIAL: VECTORS.merchantSerial,
  WECHAT_PAY_PUBLIC_KEY_BASE64: pem('PUBLIC KEY', VECTORS.keys.wechatPublic),
  WECHAT_PAY_PUBLIC_KEY_ID: VECTORS.publicKeyId,
  WECHAT_TIMEOUT_SECONDS: '1',
};

export interface V3Fixture {
  provider: WechatPayV3Provider;
  environment: V3Environment;
  clock: Clock;
  clockMonitor: ClockMonitor;
  /** Moves the fixture's clock, also the monotonic one. */
  advance: (seconds: number) => void;
  close: () => Promise<void>;
}

/** A provider for the merchant of the vectors that calls these hosts. */
export async function createV3Fixture(
  urls: readonly [string, string?],
  environment: Record<string, string> = {},
): Promise<V3Fixture> {
  const [first, backup = ''] = urls;
  const addresses = { WECHAT_PAY_BASE_URL: first, WECHAT_PAY_BACKUP_BASE_URL: backup };
  const settings = readSettings({ ...V3_SETTINGS, ...addresses, ...environment });
  const [clock, metrics] = [new Clock(), new Metrics()];
  let elapsedMs = 0;
  const source = { now: () => new Date(V3_NOW.getTime() + elapsedMs), steadyMs: () => elapsedMs };
  clock.useTimeSource(source, false);
  const http = new WechatHttpClient(settings);
  const certificate = await loadMerchantCertificate(settings);
  const parts = createV3Environment(settings, clock, http, certificate);
  const clockMonitor = new ClockMonitor(clock, metrics);
  return {
    provider: createV3Provider(settings, parts, clock, clockMonitor, metrics, certificate),
    environment: parts,
    clock,
    clockMonitor,
    advance: (seconds) => (elapsedMs += seconds * 1000),
    close: () => http.onApplicationShutdown(),
  };
}

export const V3_DRAFT: PrepayDraft = {
  outTradeNo: 'T20260921000001',
  tradeType: 'JSAPI',
  appId: null,
  amountFen: 888,
  description: '测试商品-A',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  payerIp: '203.0.113.9',
  notifyUrlBase: 'https://shop.example.com/wechat/notify',
  productId: 'P1',
  createdAt: V3_NOW,
  expiresAt: new Date(V3_NOW.getTime() + 20 * 60_000),
};
