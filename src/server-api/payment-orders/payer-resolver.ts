import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/problem/domain-error.js';
import { validationFailed } from '../../common/validation/input.pipe.js';
import { Settings } from '../../config/settings.js';
import { WechatLoginClient } from '../../wechat/mini-program/wechat-login.client.js';
import type { PayerBody } from './payment-order.dto.js';

/** How long a call waits for a concurrent one that has exchanged the same code. */
const POLLS = 10;
const POLL_INTERVAL_MS = 100;

/** Finds the openid of a payer. */
@Injectable()
export class PayerResolver {
  constructor(
    private readonly settings: Settings,
    private readonly login: WechatLoginClient,
  ) {}

  /**
   * Exchanges a code, which works once. If a concurrent call has exchanged it, its result is awaited.
   * @param appId the app of the order; null for the shop's own. A code of another one cannot be exchanged here.
   * @param findDone the result of a concurrent call; null while there is none.
   * @returns the openid, or the result of the concurrent call.
   * @throws DomainError VALIDATION_FAILED for a code of another app, WECHAT_CODE_INVALID, WECHAT_USER_BLOCKED, WECHAT_RATE_LIMITED or WECHAT_UNAVAILABLE.
   */
  async resolve<Done extends object>(
    { openid, code = '' }: PayerBody,
    appId: string | null,
    findDone: () => Promise<Done | null>,
  ): Promise<{ openid: string } | { done: Done }> {
    if (openid !== undefined) return { openid };
    if (appId !== null && appId !== this.settings.wechat.WECHAT_APP_ID) throw codeOfOtherApp(appId);
    try {
      return { openid: (await this.login.exchangeLoginCode(code)).openid };
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'WECHAT_CODE_INVALID') throw error;
      for (let poll = 0; poll < POLLS; poll++) {
        const done = await findDone();
        if (done !== null) return { done };
        await pause(POLL_INTERVAL_MS);
      }
      throw error;
    }
  }
}

/** The service has no AppSecret of other apps, and their own backend uses the code for its login. */
function codeOfOtherApp(appId: string): DomainError {
  const message = `payer.code is exchanged in the shop's own app only: send payer.openid, the openid under ${appId}`;
  return validationFailed([{ field: 'payer.code', message }]);
}
