import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { AccessTokenBook } from './access-token-book.js';
import { JsonBody } from './json-body.js';
import { PhoneCodes, PhoneNumber } from './phone-codes.js';
import { PlatformFailure, PlatformFailures } from './platform-failures.js';

interface PhoneAnswer {
  errcode: 0;
  errmsg: 'ok';
  phone_info: object;
}

const MAINLAND = '86';

/** Turns the code of the button into a number, once, for whoever has a token. */
@Injectable()
export class PhoneExchange {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly clock: SimulatorClock,
    private readonly tokens: AccessTokenBook,
    private readonly codes: PhoneCodes,
    private readonly failures: PlatformFailures,
  ) {}

  /** @param appid whose mini-program the answer says that it is for. */
  phoneOf(
    token: string | null,
    body: JsonBody | undefined,
    appid = this.settings.merchant.appid,
  ): PlatformFailure | PhoneAnswer {
    const complaint = this.tokens.complaintAbout(token) ?? (body === undefined ? 47001 : undefined);
    if (complaint !== undefined) return this.failures.of(complaint);
    const told = this.codes.exchange(body?.['code']);
    if ('errcode' in told) return this.failures.of(told.errcode);
    return { errcode: 0, errmsg: 'ok', phone_info: this.info(told, appid) };
  }

  private info({ countryCode, number }: PhoneNumber, appid: string): object {
    const timestamp = Math.floor(this.clock.now().getTime() / 1000);
    return {
      phoneNumber: countryCode === MAINLAND ? number : `+${countryCode}${number}`,
      purePhoneNumber: number,
      countryCode,
      watermark: { timestamp, appid },
    };
  }
}
