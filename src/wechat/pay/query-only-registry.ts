import { Metrics } from '../../common/metrics/metrics.js';
import { Clock } from '../../common/time/clock.js';
import { ClockMonitor } from '../../common/time/clock-monitor.js';
import type { Settings } from '../../config/settings.js';
import { AppV1Provider } from './app-v1/app-v1.provider.js';
import { loadMerchantCertificate } from './certificate/load-merchant-certificate.js';
import { MerchantCertificate } from './certificate/merchant-certificate.js';
import { PaymentProviderRegistry } from './payment-provider-registry.js';
import { createV2Provider } from './v2/v2-provider-factory.js';
import { createV3Environment, createV3Provider } from './v3/v3-provider-factory.js';
import { MutualTlsWechatHttpClient, WechatHttpClient } from './wechat-http-client.js';
import { WechatResponseSignal } from './wechat-response-signal.js';

/**
 * Providers beside a running service, that can query but never refund with v2: they have no client certificate in TLS. API v3
 * signs its queries with the merchant's key. A protocol whose queries need an access token has no keys here, because requesting
 * a token would invalidate the service's; its queries end unknown.
 */
export async function createQueryOnlyRegistry(settings: Settings): Promise<{
  registry: PaymentProviderRegistry;
  close: () => Promise<void>;
}> {
  const [clock, metrics] = [new Clock(), new Metrics()];
  const http = new WechatHttpClient(settings);
  const mutualTlsHttp = new MutualTlsWechatHttpClient(settings, new MerchantCertificate(null));
  const certificate = await loadMerchantCertificate(settings);
  const environment = createV3Environment(settings, clock, http, certificate);
  const v3 = createV3Provider(settings, environment, clock, new ClockMonitor(clock, metrics), metrics, certificate);
  const v2 = createV2Provider(settings, clock, metrics, http, mutualTlsHttp, v3);
  const appV1 = new AppV1Provider(null, clock, { provider: v2, mchId: settings.wechat.WECHAT_MCH_ID });
  return {
    registry: new PaymentProviderRegistry([appV1, v3, v2], new WechatResponseSignal()),
    close: async () => {
      await http.onApplicationShutdown();
      await mutualTlsHttp.onApplicationShutdown();
    },
  };
}
