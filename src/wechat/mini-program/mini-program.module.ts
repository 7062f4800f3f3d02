import { Module } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { WechatHttpModule } from '../pay/wechat-http.module.js';
import { AccessTokenProviderFactory } from './access-token/access-token-provider-factory.js';
import { AccessTokenProvider } from './access-token/access-token-provider.js';
import { miniProgramAccount } from './access-token/token-account.js';
import { PlatformApiClient } from './api/platform-api.client.js';
import { PlatformHttpClient } from './api/platform-http.client.js';
import { PlatformMessageReader } from './pushes/platform-message.reader.js';
import { WechatLoginClient } from './wechat-login.client.js';
import { WechatMessageClient } from './wechat-message.client.js';
import { WechatPhoneClient } from './wechat-phone.client.js';
import { WechatShippingClient } from './wechat-shipping.client.js';

/** The platform APIs. `AccessTokenStoreFactory` comes from `AccessTokenStoreModule`. */
@Module({
  imports: [WechatHttpModule],
  providers: [
    WechatLoginClient,
    PlatformHttpClient,
    AccessTokenProviderFactory,
    {
      provide: AccessTokenProvider,
      inject: [Settings, AccessTokenProviderFactory],
      useFactory: (settings: Settings, tokens: AccessTokenProviderFactory) =>
        tokens.create(miniProgramAccount(settings)),
    },
    PlatformApiClient,
    WechatPhoneClient,
    WechatMessageClient,
    PlatformMessageReader,
    WechatShippingClient,
  ],
  exports: [
    AccessTokenProviderFactory,
    PlatformHttpClient,
    PlatformMessageReader,
    WechatLoginClient,
    WechatMessageClient,
    WechatPhoneClient,
    WechatShippingClient,
  ],
})
export class MiniProgramModule {}
