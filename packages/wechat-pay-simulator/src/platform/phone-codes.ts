import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { SeededRandom } from '../random.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { IssuedTokenStore } from './issued-token-store.js';
import { JsonBody } from './platform-request-handler.js';
import { PlatformFailure, PlatformFailureFactory } from './platform-failure-factory.js';

/** A phone number with its country code. */
export interface PhoneNumber {
  /** Without `+`. */
  readonly countryCode: string;
  readonly number: string;
}

/** The code that the `getPhoneNumber` button returns to the mini-program. */
export interface PhoneCode {
  readonly code: string;
  readonly phone: PhoneNumber;
  readonly expiresAt: Date;
  /** The errcode with which the exchange of this code is refused. */
  readonly errcode?: number;
}

const CODE_TTL_MS = 5 * 60_000;

@Injectable()
export class PhoneCodeStore {
  private readonly codes = new Map<string, PhoneCode>();

  constructor(
    private readonly clock: SimulatorClock,
    private readonly random: SeededRandom,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.codes.clear();
    });
  }

  issue({ countryCode = '86', number }: Partial<PhoneNumber>, errcode?: number): PhoneCode {
    const phone = { countryCode, number: number ?? `138${this.random.digits(8)}` };
    const expiresAt = new Date(this.clock.now().getTime() + CODE_TTL_MS);
    const issued = { code: this.random.hex(64), phone, expiresAt, ...(errcode === undefined ? {} : { errcode }) };
    this.codes.set(issued.code, issued);
    return issued;
  }

  /** The number of the code, or the errcode that refuses it. A code can be used once. */
  exchange(code: unknown): PhoneNumber | { errcode: number } {
    const known = typeof code === 'string' ? this.codes.get(code) : undefined;
    if (known === undefined) return { errcode: 40029 };
    if (known.errcode !== undefined) return { errcode: known.errcode };
    this.codes.delete(known.code);
    return known.expiresAt <= this.clock.now() ? { errcode: 40029 } : known.phone;
  }
}

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
