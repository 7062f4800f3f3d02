import { Clock } from '../common/clock.js';
import { Metrics } from '../common/metrics.js';
import type { Settings } from '../config/settings.js';
import type { Unknown } from '../wechat/outcome.js';
import { channelOf } from '../wechat/payment-channel.js';
import { MerchantCertificate } from '../wechat/merchant-certificate.js';
import { WechatPayV2Gateway } from '../wechat/v2/wechat-pay-v2.gateway.js';
import { WechatPayV2Transport } from '../wechat/v2/wechat-pay-v2.transport.js';
import { MutualTlsWechatHttpClient, WechatHttpClient } from '../wechat/wechat-http-client.js';
import type { WechatQueries } from './compare-with-wechat.js';

/** A query by that protocol needs an access token, and requesting one would invalidate the shop's token. */
const NOT_QUERIED: Unknown = { kind: 'unknown', reason: 'a payment by the app protocol of 2014', raw: null };

/** The service's client without the merchant certificate, so that it can query but never refund. */
export function createWechatClient(settings: Settings): WechatQueries & { close(): Promise<void> } {
  const clock = new Clock();
  const http = new WechatHttpClient(settings);
  const certified = new MutualTlsWechatHttpClient(settings, new MerchantCertificate(null));
  const transport = new WechatPayV2Transport(settings, http, certified, new Metrics(clock));
  const gateway = new WechatPayV2Gateway(settings, clock, transport);
  return {
    queryPayment: (request) =>
      channelOf(request).protocol === 'v2' ? gateway.queryPayment(request) : Promise.resolve(NOT_QUERIED),
    queryRefund: (outRefundNo, paymentRequest) => gateway.queryRefund(outRefundNo, paymentRequest),
    close: async () => {
      await http.onApplicationShutdown();
      await certified.onApplicationShutdown();
    },
  };
}
