import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/time/clock.js';
import { Settings } from '../../../config/settings.js';
import { AccessTokenStoreFactory } from './access-token-store.js';
import type { AccessTokenProvider } from './access-token-provider.js';
import type { TokenAccount } from './token-account.js';
import { PlatformHttpClient } from '../api/platform-http.client.js';
import { SharedAccessTokenProvider } from './shared-access-token-provider.js';
import { AccessTokenClient } from './access-token.client.js';
import { AccessTokenRenewer } from './access-token-renewer.js';

/** Creates token providers for any account. Instances share the tokens, and one instance at a time renews them. */
@Injectable()
export class AccessTokenProviderFactory {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly stores: AccessTokenStoreFactory,
    private readonly http: PlatformHttpClient,
  ) {}

  /** Call it once per account and process, because each provider has its own cache. */
  create(account: TokenAccount): AccessTokenProvider {
    const { settings, clock, stores, http } = this;
    const renewal = new AccessTokenRenewer(
      settings,
      clock,
      stores.forAccount(account),
      new AccessTokenClient(account, http),
    );
    return new SharedAccessTokenProvider(clock, renewal);
  }
}
