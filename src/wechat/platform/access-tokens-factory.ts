import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Settings } from '../../config/settings.js';
import { AccessTokenShelves } from '../access-token-shelf.js';
import type { AccessTokens } from '../access-tokens.js';
import type { TokenAccount } from '../token-account.js';
import { PlatformWire } from './platform-wire.js';
import { SharedAccessTokens } from './shared-access-tokens.js';
import { TokenCalls } from './token-calls.js';
import { TokenRenewal } from './token-renewal.js';

/** Holds the tokens of any account in the same way: shared by instances, renewed by one of them at a time. */
@Injectable()
export class AccessTokensFactory {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly shelves: AccessTokenShelves,
    private readonly wire: PlatformWire,
  ) {}

  /** Once for each account and process: each call makes a memory of its own. */
  of(account: TokenAccount): AccessTokens {
    const { settings, clock, shelves, wire } = this;
    const renewal = new TokenRenewal(settings, clock, shelves.of(account), new TokenCalls(account, wire));
    return new SharedAccessTokens(clock, renewal);
  }
}
