import type { FactoryProvider } from '@nestjs/common';
import { Metrics } from '../../../common/metrics/metrics.js';
import { Clock } from '../../../common/time/clock.js';
import { Settings } from '../../../config/settings.js';
import type { PaymentProvider } from '../payment-provider.js';
import { MutualTlsWechatHttpClient, WechatHttpClient } from '../wechat-http-client.js';
import { WechatPayV3Provider } from '../v3/wechat-pay-v3.provider.js';
import { v2AccountOf } from './v2-account.js';
import { WechatPayV2Provider } from './wechat-pay-v2.provider.js';
import { WechatPayV2Transport } from './wechat-pay-v2.transport.js';

export const v2ProviderFactory: FactoryProvider<WechatPayV2Provider> = {
  provide: WechatPayV2Provider,
  inject: [Settings, Clock, Metrics, WechatHttpClient, MutualTlsWechatHttpClient, WechatPayV3Provider],
  useFactory: createV2Provider,
};

export function createV2Provider(
  settings: Settings,
  clock: Clock,
  metrics: Metrics,
  http: WechatHttpClient,
  mutualTlsHttp: MutualTlsWechatHttpClient,
  otherRefunds: PaymentProvider | null = null,
): WechatPayV2Provider {
  const account = v2AccountOf(settings);
  return new WechatPayV2Provider(
    account,
    clock,
    new WechatPayV2Transport(account, http, mutualTlsHttp, metrics),
    otherRefunds,
  );
}
