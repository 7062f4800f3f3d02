import { Module } from '@nestjs/common';
import { MiniProgramModule } from '../mini-program/mini-program.module.js';
import { appV1ProviderFactory } from './app-v1/app-v1-provider-factory.js';
import { AppV1Provider } from './app-v1/app-v1.provider.js';
import { PaymentProviderRegistry } from './payment-provider-registry.js';
import type { PaymentProvider } from './payment-provider.js';
import { v2ProviderFactory } from './v2/v2-provider-factory.js';
import { WechatPayV2Provider } from './v2/wechat-pay-v2.provider.js';
import { v3ProviderFactories } from './v3/v3-provider-factory.js';
import { WechatPayV3Provider } from './v3/wechat-pay-v3.provider.js';
import { WechatHttpModule } from './wechat-http.module.js';
import { WechatResponseSignal } from './wechat-response-signal.js';

/** The protocols, in the order in which they may begin a payment of the same trade type. */
const PROVIDERS = [AppV1Provider, WechatPayV3Provider, WechatPayV2Provider];

/** Registers the protocols of WeChat Pay. The rest of the service only knows the registry. */
@Module({
  imports: [WechatHttpModule, MiniProgramModule],
  providers: [
    ...v3ProviderFactories,
    v2ProviderFactory,
    appV1ProviderFactory,
    WechatResponseSignal,
    {
      provide: PaymentProviderRegistry,
      inject: [WechatResponseSignal, ...PROVIDERS],
      useFactory: (signal: WechatResponseSignal, ...providers: PaymentProvider[]) =>
        new PaymentProviderRegistry(providers, signal),
    },
  ],
  exports: [PaymentProviderRegistry, WechatResponseSignal],
})
export class WechatPayModule {}
