import { Injectable } from '@nestjs/common';
import { IssuedTokenStore } from '../platform/issued-token-store.js';
import { JsonBody } from '../platform/json-body.js';
import { PlatformFailure, PlatformFailureFactory } from '../platform/platform-failure-factory.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { appSignatureOf } from '../wire/v1-signer.js';

/** A v1 call as it was received. */
export interface V1Request {
  readonly method: string;
  readonly token: string | null;
  /** Undefined when the body is not a JSON object. */
  readonly body: JsonBody | undefined;
}

/** The required fields of a call, and the fields that its app_signature covers. */
export interface V1CallSpec {
  readonly required: readonly string[];
  readonly signed: readonly string[];
}

/** The values of a validly signed call, as strings. */
export type V1Values = ReadonlyMap<string, string>;

/** The checks before a v1 call is performed: method, access token, JSON, appid, app_signature. Source: v2.md §11. */
@Injectable()
export class V1RequestValidator {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly tokens: IssuedTokenStore,
    private readonly failures: PlatformFailureFactory,
  ) {}

  /** Returns the values, or the failure that refuses the call. */
  validate({ method, token, body }: V1Request, { required, signed }: V1CallSpec): V1Values | PlatformFailure {
    if (method !== 'POST') return this.failures.create(43002);
    const holder = this.tokens.findAppid(token ?? '');
    const errcode = this.tokens.errcodeFor(token, holder);
    if (errcode !== undefined) return this.failures.create(errcode);
    if (body === undefined) return this.failures.create(47001);
    const values = valuesIn(body);
    const missing = ['appid', ...required, 'app_signature'].find((name) => (values.get(name) ?? '') === '');
    if (missing !== undefined) return this.failures.create(40097, `invalid args: ${missing}`);
    if (!this.settings.isMerchantAppid(values.get('appid') ?? '')) return this.failures.create(40013);
    if (values.get('appid') !== holder) return this.failures.create(49001);
    return this.isSigned(values, ['appid', ...signed]) ? values : this.failures.create(49004);
  }

  private isSigned(values: V1Values, signed: readonly string[]): boolean {
    if (values.get('sign_method') !== 'sha1') return false;
    const fields = new Map([...values].filter(([name]) => signed.includes(name)));
    return values.get('app_signature') === appSignatureOf(fields, this.settings.merchant.pay_sign_key);
  }
}

/** A timestamp may be a number. */
function valuesIn(body: JsonBody): V1Values {
  const texts = Object.entries(body).filter(([, value]) => ['string', 'number'].includes(typeof value));
  return new Map(texts.map(([name, value]) => [name, String(value)]));
}
