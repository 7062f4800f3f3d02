import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { SeededRandom } from '../random.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { AppAccessTokens } from './app-access-tokens.js';

/** The access tokens of all appids. Each appid has its own tokens and quota. */
@Injectable()
export class IssuedTokenStore {
  private readonly accounts = new Map<string, AppAccessTokens>();

  constructor(
    private readonly settings: SimulatorSettings,
    private readonly clock: SimulatorClock,
    private readonly random: SeededRandom,
    private readonly behaviours: Behaviours,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.accounts.clear();
    });
  }

  forAppid(appid: string): AppAccessTokens {
    const tokens = this.accounts.get(appid) ?? new AppAccessTokens(this.clock, this.random, this.behaviours);
    this.accounts.set(appid, tokens);
    return tokens;
  }

  /** The appid that the token was issued for; undefined for an unknown token. */
  findAppid(token: string): string | undefined {
    return [...this.accounts].find(([, tokens]) => tokens.hasIssued(token))?.[0];
  }

  /**
   * The errcode that refuses a call with this token; undefined when the token is valid.
   * @param appid the appid that the token must belong to; default: the mini-program's
   */
  errcodeFor(token: string | null, appid = this.settings.merchant.appid): number | undefined {
    if (token === null || token === '') return 41001;
    return this.forAppid(appid).errcodeFor(token);
  }
}
