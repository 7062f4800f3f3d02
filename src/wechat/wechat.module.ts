import { Module } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { ClockMonitor } from '../common/clock-monitor.js';
import { Settings } from '../config/settings.js';
import { appV1AccountOf } from './app-v1/app-v1-account.js';
import { AppV1PaymentNoticeReader } from './app-v1/app-v1-payment-notice.reader.js';
import { AppV1Gateway } from './app-v1/app-v1.gateway.js';
import { CertificateReloadJob } from './certificate-reload.job.js';
import { loadMerchantCertificate } from './load-merchant-certificate.js';
import { MerchantCertificate } from './merchant-certificate.js';
import { AccessTokenProvider } from './access-token-provider.js';
import { AccessTokenProviderFactory } from './platform/access-token-provider-factory.js';
import { PlatformApiClient } from './platform/platform-api.client.js';
import { PlatformHttpClient } from './platform/platform-http.client.js';
import { WechatMessageClient } from './platform/wechat-message.client.js';
import { WechatPhoneClient } from './platform/wechat-phone.client.js';
import { WechatPlatformMessageReader } from './platform/wechat-platform-message.reader.js';
import { WechatShippingClient } from './platform/wechat-shipping.client.js';
import { WechatLoginClient } from './platform/wechat-login.client.js';
import { WechatNoticeV2Reader } from './v2/wechat-notice-v2.reader.js';
import { WechatPayV2Gateway } from './v2/wechat-pay-v2.gateway.js';
import { WechatPayV2Transport } from './v2/wechat-pay-v2.transport.js';
import { MutualTlsWechatHttpClient, WechatHttpClient } from './wechat-http-client.js';
import { WechatAnswerSignal } from './wechat-answer-signal.js';
import { WechatMessageGateway } from './wechat-message.gateway.js';
import { miniProgramAccount, mobileAppAccount } from './token-account.js';
import { AppV1NoticeReader, WechatNoticeReader } from './wechat-notice.reader.js';
import { WechatPayGatewayRouter } from './wechat-pay-gateway-router.js';
import { type TradeType, WechatPayGateway } from './wechat-pay.gateway.js';
import { WechatPhoneGateway } from './wechat-phone.gateway.js';
import { PlatformMessageReader } from './platform-message.reader.js';
import { WechatShippingGateway } from './wechat-shipping.gateway.js';
import { WechatLoginGateway } from './wechat-login.gateway.js';

/** Selects the protocol implementations. `AccessTokenStoreFactory` comes from the module that owns the database. */
@Module({
  providers: [
    { provide: MerchantCertificate, inject: [Settings], useFactory: loadMerchantCertificate },
    // Created by a factory: its optional TLS identity is not a provider.
    {
      provide: WechatHttpClient,
      inject: [Settings, ClockMonitor],
      useFactory: (settings: Settings, clockMonitor: ClockMonitor) =>
        new WechatHttpClient(settings, null, (time) => clockMonitor.compareWith('WeChat', time)),
    },
    MutualTlsWechatHttpClient,
    CertificateReloadJob,
    WechatPayV2Transport,
    WechatPayV2Gateway,
    WechatAnswerSignal,
    {
      provide: WechatPayGateway,
      inject: [Settings, Clock, WechatPayV2Gateway, AccessTokenProviderFactory, PlatformHttpClient, WechatAnswerSignal],
      useFactory: createPayGateway,
    },
    { provide: WechatNoticeReader, useClass: WechatNoticeV2Reader },
    {
      provide: AppV1NoticeReader,
      inject: [Settings],
      useFactory: (settings: Settings) => new AppV1PaymentNoticeReader(appV1AccountOf(settings)),
    },
    { provide: WechatLoginGateway, useClass: WechatLoginClient },
    PlatformHttpClient,
    AccessTokenProviderFactory,
    {
      provide: AccessTokenProvider,
      inject: [Settings, AccessTokenProviderFactory],
      useFactory: (settings: Settings, tokens: AccessTokenProviderFactory) =>
        tokens.create(miniProgramAccount(settings)),
    },
    PlatformApiClient,
    { provide: WechatPhoneGateway, useClass: WechatPhoneClient },
    { provide: WechatMessageGateway, useClass: WechatMessageClient },
    { provide: PlatformMessageReader, useClass: WechatPlatformMessageReader },
    { provide: WechatShippingGateway, useClass: WechatShippingClient },
  ],
  exports: [
    WechatPayGateway,
    WechatAnswerSignal,
    WechatNoticeReader,
    WechatLoginGateway,
    WechatPhoneGateway,
    WechatMessageGateway,
    AppV1NoticeReader,
    WechatShippingGateway,
    PlatformMessageReader,
    MerchantCertificate,
    CertificateReloadJob,
  ],
})
export class WechatModule {}

/** The settings select the protocol of new payments in an app; each payment keeps its own. */
function createPayGateway(
  settings: Settings,
  clock: Clock,
  v2: WechatPayV2Gateway,
  tokens: AccessTokenProviderFactory,
  http: PlatformHttpClient,
  signal: WechatAnswerSignal,
): WechatPayGateway {
  const api = new PlatformApiClient(tokens.create(mobileAppAccount(settings)), http);
  const appV1 = new AppV1Gateway(appV1AccountOf(settings), clock, api, v2);
  const appV1TradeTypes: TradeType[] = settings.WECHAT_APP_PROTOCOL === 'v1' ? ['APP'] : [];
  return new WechatPayGatewayRouter({ v2, appV1, appV1TradeTypes }, signal);
}
