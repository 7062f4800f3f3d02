import { Module } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { ClockWatch } from '../common/clock-watch.js';
import { Settings } from '../config/settings.js';
import { appV1AccountOf } from './app-v1/app-v1-account.js';
import { AppV1PaymentNotices } from './app-v1/app-v1-payment-notices.js';
import { AppV1Gateway } from './app-v1/app-v1.gateway.js';
import { CertificateReload } from './certificate-reload.js';
import { loadMerchantCertificate } from './load-merchant-certificate.js';
import { MerchantCertificate } from './merchant-certificate.js';
import { AccessTokens } from './access-tokens.js';
import { AccessTokensFactory } from './platform/access-tokens-factory.js';
import { PlatformApi } from './platform/platform-api.js';
import { PlatformWire } from './platform/platform-wire.js';
import { WechatMessageClient } from './platform/wechat-message.client.js';
import { WechatPhoneClient } from './platform/wechat-phone.client.js';
import { WechatPushReader } from './platform/wechat-push.reader.js';
import { WechatShippingClient } from './platform/wechat-shipping.client.js';
import { WechatPlatformClient } from './platform/wechat-platform.client.js';
import { WechatNoticesV2 } from './v2/wechat-notices-v2.js';
import { WechatPayV2Gateway } from './v2/wechat-pay-v2.gateway.js';
import { WechatPayV2Transport } from './v2/wechat-pay-v2.transport.js';
import { CertifiedWechatHttp, WechatHttp } from './wechat-http.js';
import { WechatAnswerSignal } from './wechat-answer-signal.js';
import { WechatMessages } from './wechat-messages.js';
import { miniProgramAccount, mobileAppAccount } from './token-account.js';
import { AppV1Notices, WechatNotices } from './wechat-notices.js';
import { WechatPayChannels } from './wechat-pay-channels.js';
import { type TradeType, WechatPayGateway } from './wechat-pay.gateway.js';
import { WechatPhones } from './wechat-phones.js';
import { WechatPushes } from './wechat-pushes.js';
import { WechatShipping } from './wechat-shipping.js';
import { WechatPlatform } from './wechat-platform.js';

/** The one place that says which protocol speaks for the shop. `AccessTokenShelves` is bound by what keeps data. */
@Module({
  providers: [
    { provide: MerchantCertificate, inject: [Settings], useFactory: loadMerchantCertificate },
    // Made by hand: the identity that it may be given is no provider.
    {
      provide: WechatHttp,
      inject: [Settings, ClockWatch],
      useFactory: (settings: Settings, watch: ClockWatch) =>
        new WechatHttp(settings, null, (time) => watch.compare('WeChat', time)),
    },
    CertifiedWechatHttp,
    CertificateReload,
    WechatPayV2Transport,
    WechatPayV2Gateway,
    WechatAnswerSignal,
    {
      provide: WechatPayGateway,
      inject: [Settings, Clock, WechatPayV2Gateway, AccessTokensFactory, PlatformWire, WechatAnswerSignal],
      useFactory: payChannels,
    },
    { provide: WechatNotices, useClass: WechatNoticesV2 },
    {
      provide: AppV1Notices,
      inject: [Settings],
      useFactory: (settings: Settings) => new AppV1PaymentNotices(appV1AccountOf(settings)),
    },
    { provide: WechatPlatform, useClass: WechatPlatformClient },
    PlatformWire,
    AccessTokensFactory,
    {
      provide: AccessTokens,
      inject: [Settings, AccessTokensFactory],
      useFactory: (settings: Settings, tokens: AccessTokensFactory) => tokens.of(miniProgramAccount(settings)),
    },
    PlatformApi,
    { provide: WechatPhones, useClass: WechatPhoneClient },
    { provide: WechatMessages, useClass: WechatMessageClient },
    { provide: WechatPushes, useClass: WechatPushReader },
    { provide: WechatShipping, useClass: WechatShippingClient },
  ],
  exports: [
    WechatPayGateway,
    WechatAnswerSignal,
    WechatNotices,
    WechatPlatform,
    WechatPhones,
    WechatMessages,
    AppV1Notices,
    WechatShipping,
    WechatPushes,
    MerchantCertificate,
    CertificateReload,
  ],
})
export class WechatModule {}

/** Today's settings say by which protocol an app's payments begin; each goes on by the one that it was begun with. */
function payChannels(
  settings: Settings,
  clock: Clock,
  v2: WechatPayV2Gateway,
  tokens: AccessTokensFactory,
  wire: PlatformWire,
  signal: WechatAnswerSignal,
): WechatPayGateway {
  const api = new PlatformApi(tokens.of(mobileAppAccount(settings)), wire);
  const appV1 = new AppV1Gateway(appV1AccountOf(settings), clock, api, v2);
  const beginByV1: TradeType[] = settings.WECHAT_APP_PROTOCOL === 'v1' ? ['APP'] : [];
  return new WechatPayChannels({ v2, appV1, beginByV1 }, signal);
}
