import { Module } from '@nestjs/common';
import { MiniProgramModule } from './mini-program/mini-program.module.js';
import { WechatHttpModule } from './pay/wechat-http.module.js';
import { WechatPayModule } from './pay/wechat-pay.module.js';

/** All calls to WeChat and from WeChat. */
@Module({
  imports: [WechatHttpModule, WechatPayModule, MiniProgramModule],
  exports: [WechatHttpModule, WechatPayModule, MiniProgramModule],
})
export class WechatModule {}
