import type { FactoryProvider } from '@nestjs/common';
import { Clock } from '../../../common/time/clock.js';
import { Settings } from '../../../config/settings.js';
import { AccessTokenProviderFactory } from '../../mini-program/access-token/access-token-provider-factory.js';
import type { TokenAccount } from '../../mini-program/access-token/token-account.js';
import { PlatformApiClient } from '../../mini-program/api/platform-api.client.js';
import { PlatformHttpClient } from '../../mini-program/api/platform-http.client.js';
import { WechatPayV2Provider } from '../v2/wechat-pay-v2.provider.js';
import { appV1AccountOf } from './app-v1-account.js';
import { AppV1Provider } from './app-v1.provider.js';

export const appV1ProviderFactory: FactoryProvider<AppV1Provider> = {
  provide: AppV1Provider,
  inject: [Settings, Clock, AccessTokenProviderFactory, PlatformHttpClient, WechatPayV2Provider],
  useFactory: (
    settings: Settings,
    clock: Clock,
    tokens: AccessTokenProviderFactory,
    http: PlatformHttpClient,
    v2: WechatPayV2Provider,
  ) => {
    const account = appV1AccountOf(settings);
    const api = new PlatformApiClient(tokens.create(mobileAppAccount(settings)), http);
    return new AppV1Provider(account && { account, api }, clock, {
      provider: v2,
      mchId: settings.wechat.WECHAT_MCH_ID,
    });
  },
};

/** Apps of the open platform only have the older call. Source: docs/wechat-protocol.md, v1 §2. */
function mobileAppAccount({ wechat, appV1 }: Settings): TokenAccount {
  return { appid: wechat.WECHAT_MOBILE_APP_ID, secret: appV1.WECHAT_MOBILE_APP_SECRET, mode: 'plain' };
}
