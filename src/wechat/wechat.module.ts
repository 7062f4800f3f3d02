import { Module } from '@nestjs/common';
import { WechatPlatformClient } from './platform/wechat-platform.client.js';
import { WechatNoticesV2 } from './v2/wechat-notices-v2.js';
import { WechatPayV2Gateway } from './v2/wechat-pay-v2.gateway.js';
import { WechatPayV2Transport } from './v2/wechat-pay-v2.transport.js';
import { WechatHttp } from './wechat-http.js';
import { WechatNotices } from './wechat-notices.js';
import { WechatPayGateway } from './wechat-pay.gateway.js';
import { WechatPlatform } from './wechat-platform.js';

/** The one place that says which protocol speaks for the shop. */
@Module({
  providers: [
    WechatHttp,
    WechatPayV2Transport,
    { provide: WechatPayGateway, useClass: WechatPayV2Gateway },
    { provide: WechatNotices, useClass: WechatNoticesV2 },
    { provide: WechatPlatform, useClass: WechatPlatformClient },
  ],
  exports: [WechatPayGateway, WechatNotices, WechatPlatform],
})
export class WechatModule {}
