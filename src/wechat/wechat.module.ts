import { Module } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { loadMerchantCertificate } from './load-merchant-certificate.js';
import { MerchantCertificate } from './merchant-certificate.js';
import { AccessTokens } from './access-tokens.js';
import { PlatformApi } from './platform/platform-api.js';
import { PlatformWire } from './platform/platform-wire.js';
import { SharedAccessTokens } from './platform/shared-access-tokens.js';
import { TokenCalls } from './platform/token-calls.js';
import { TokenRenewal } from './platform/token-renewal.js';
import { WechatPhoneClient } from './platform/wechat-phone.client.js';
import { WechatPlatformClient } from './platform/wechat-platform.client.js';
import { WechatNoticesV2 } from './v2/wechat-notices-v2.js';
import { WechatPayV2Gateway } from './v2/wechat-pay-v2.gateway.js';
import { WechatPayV2Transport } from './v2/wechat-pay-v2.transport.js';
import { CertifiedWechatHttp, WechatHttp } from './wechat-http.js';
import { WechatNotices } from './wechat-notices.js';
import { WechatPayGateway } from './wechat-pay.gateway.js';
import { WechatPhones } from './wechat-phones.js';
import { WechatPlatform } from './wechat-platform.js';

/** The one place that says which protocol speaks for the shop. `AccessTokenShelf` is bound by what keeps data. */
@Module({
  providers: [
    { provide: MerchantCertificate, inject: [Settings], useFactory: loadMerchantCertificate },
    // Made by hand: the identity that it may be given is no provider.
    { provide: WechatHttp, inject: [Settings], useFactory: (settings: Settings) => new WechatHttp(settings) },
    CertifiedWechatHttp,
    WechatPayV2Transport,
    { provide: WechatPayGateway, useClass: WechatPayV2Gateway },
    { provide: WechatNotices, useClass: WechatNoticesV2 },
    { provide: WechatPlatform, useClass: WechatPlatformClient },
    PlatformWire,
    TokenCalls,
    TokenRenewal,
    { provide: AccessTokens, useClass: SharedAccessTokens },
    PlatformApi,
    { provide: WechatPhones, useClass: WechatPhoneClient },
  ],
  exports: [WechatPayGateway, WechatNotices, WechatPlatform, WechatPhones, MerchantCertificate],
})
export class WechatModule {}
