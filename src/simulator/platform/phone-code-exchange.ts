import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { IssuedTokenStore } from './issued-token-store.js';
import { JsonBody } from './json-body.js';
import { PhoneCodeStore, PhoneNumber } from './phone-code-store.js';
import { PlatformFailure, PlatformFailureFactory } from './platform-failure-factory.js';

interface PhoneNumberResponse {
  errcode: 0;
  errmsg: 'ok';
  phone_info: object;
}

const MAINLAND_CODE = '86';

/** Turns the code of the button into a number, once, for whoever has a token. */
@Injectable()
export class PhoneCodeExchange {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly clock: SimulatorClock,
    private readonly tokens: IssuedTokenStore,
    private readonly codes: PhoneCodeStore,
    private readonly failures: PlatformFailureFactory,
  ) {}

  /** @param appid whose mini-program the answer says that it is for. */
  exchange(
    token: string | null,
    body: JsonBody | undefined,
    appid = this.settings.merchant.appid,
  ): PlatformFailure | PhoneNumberResponse {
    const complaint = this.tokens.errcodeFor(token) ?? (body === undefined ? 47001 : undefined);
    if (complaint !== undefined) return this.failures.create(complaint);
    const told = this.codes.exchange(body?.['code']);
    if ('errcode' in told) return this.failures.create(told.errcode);
    return { errcode: 0, errmsg: 'ok', phone_info: this.info(told, appid) };
  }

  private info({ countryCode, number }: PhoneNumber, appid: string): object {
    const timestamp = Math.floor(this.clock.now().getTime() / 1000);
    return {
      phoneNumber: countryCode === MAINLAND_CODE ? number : `+${countryCode}${number}`,
      purePhoneNumber: number,
      countryCode,
      watermark: { timestamp, appid },
    };
  }
}
