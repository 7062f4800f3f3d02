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

/** Exchanges a code of the phone number button for the number, once. Requires an access token. */
@Injectable()
export class PhoneCodeExchange {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly clock: SimulatorClock,
    private readonly tokens: IssuedTokenStore,
    private readonly codes: PhoneCodeStore,
    private readonly failures: PlatformFailureFactory,
  ) {}

  /** @param appid the mini-program in the watermark of the response */
  exchange(
    token: string | null,
    body: JsonBody | undefined,
    appid = this.settings.merchant.appid,
  ): PlatformFailure | PhoneNumberResponse {
    const errcode = this.tokens.errcodeFor(token) ?? (body === undefined ? 47001 : undefined);
    if (errcode !== undefined) return this.failures.create(errcode);
    const exchanged = this.codes.exchange(body?.['code']);
    if ('errcode' in exchanged) return this.failures.create(exchanged.errcode);
    return { errcode: 0, errmsg: 'ok', phone_info: this.info(exchanged, appid) };
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
