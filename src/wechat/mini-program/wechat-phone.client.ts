import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../common/problem/domain-error.js';
import type { ProblemCode } from '../../common/problem/problem-catalog.js';
import { Settings } from '../../config/settings.js';
import type { Refused, Unknown } from '../pay/outcome.js';
import { PlatformApiClient } from './api/platform-api.client.js';
import { detailFor, remedyFor, withoutIpAddresses } from './api/platform-refusals.js';
import type { JsonObject } from './api/platform-http.client.js';

/** A phone number as WeChat returns it. */
export interface PhoneNumber {
  /** Without `+`, such as `86`. */
  countryCode: string;
  /** Without the country code. */
  number: string;
}

/** Refusals that the caller can act on, as at login. */
const CODE_OF_ERRCODE: Readonly<Record<string, ProblemCode>> = {
  40029: 'WECHAT_CODE_INVALID',
  40163: 'WECHAT_CODE_INVALID',
  40226: 'WECHAT_USER_BLOCKED',
  45011: 'WECHAT_RATE_LIMITED',
};

/** Reads the phone numbers that users share: POST /wxa/business/getuserphonenumber. Source: docs/wechat-protocol.md, v2 §10.3. */
@Injectable()
export class WechatPhoneClient {
  private readonly log = new Logger(WechatPhoneClient.name);

  constructor(
    private readonly settings: Settings,
    private readonly platform: PlatformApiClient,
  ) {}

  /**
   * Exchanges a code of the `getPhoneNumber` button, which differs from a `wx.login` code: single use, valid for five
   * minutes.
   * @throws DomainError WECHAT_CODE_INVALID, WECHAT_USER_BLOCKED, WECHAT_RATE_LIMITED or WECHAT_UNAVAILABLE. After the last
   * one the code may be used up, so the client always retries with a new one.
   */
  async exchangeCode(code: string): Promise<PhoneNumber> {
    const outcome = await this.platform.post({
      endpoint: 'getuserphonenumber',
      path: '/wxa/business/getuserphonenumber',
      body: { code },
      actions: { 40029: 'TELL_USER', 40163: 'TELL_USER', 40226: 'TELL_USER' },
      read: (answer) => parsePhoneNumber(answer, this.settings.wechat.WECHAT_APP_ID),
    });
    switch (outcome.kind) {
      case 'done':
        return outcome.value;
      case 'refused':
        throw this.refusal(outcome);
      case 'unknown':
        throw unavailable(outcome);
    }
  }

  private refusal(refused: Refused): DomainError {
    const { code, message } = refused;
    const problem = CODE_OF_ERRCODE[code];
    if (problem === undefined) {
      this.log.error(`No phone number: WeChat refused with errcode ${code} (${message}): ${remedyFor(code)}`);
      return unavailable(refused);
    }
    return new DomainError(problem, { upstream: { code, message }, params: { source: 'getPhoneNumber' } });
  }
}

/** Null when the number is not from a user of this mini-program. */
function parsePhoneNumber({ phone_info: info }: JsonObject, appid: string): PhoneNumber | null {
  if (!isObject(info) || !isObject(info['watermark']) || info['watermark']['appid'] !== appid) return null;
  const { purePhoneNumber: number, countryCode } = info;
  if (typeof number !== 'string' || !/^\d{4,20}$/.test(number)) return null;
  // Documented as a text; a number is accepted too.
  const country = typeof countryCode === 'number' ? String(countryCode) : countryCode;
  return typeof country === 'string' && /^\d{1,4}$/.test(country) ? { countryCode: country, number } : null;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null;
}

function unavailable(outcome: Refused | Unknown): DomainError {
  const { code, message = '' } = outcome;
  const detail = code === undefined ? undefined : detailFor(code);
  return new DomainError('WECHAT_UNAVAILABLE', {
    ...(code !== undefined && { upstream: { code, message: withoutIpAddresses(message) } }),
    ...(detail && { detail }),
    cause: new Error(outcome.kind === 'unknown' ? outcome.reason : `errcode ${outcome.code}`),
  });
}
