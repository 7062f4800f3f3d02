import { Injectable } from '@nestjs/common';
import { IssuedTokenStore } from '../platform/issued-token-store.js';
import { JsonBody } from '../platform/json-body.js';
import { PlatformFailure, PlatformFailureFactory } from '../platform/platform-failure-factory.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { appSignatureOf } from '../wire/v1-signer.js';

/** A call of the app protocol of 2014 as it came in. */
export interface V1Request {
  readonly method: string;
  readonly token: string | null;
  /** Undefined when it was no JSON object. */
  readonly body: JsonBody | undefined;
}

/** What a call must have, and what its app_signature is over. */
export interface V1CallSpec {
  readonly required: readonly string[];
  readonly signed: readonly string[];
}

/** The values of a call whose sender is certain, as texts. */
export type V1Values = ReadonlyMap<string, string>;

/** What is looked at before the business of a call: method, access token, JSON, appid, app_signature. Source: v2.md §11. */
@Injectable()
export class V1RequestValidator {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly tokens: IssuedTokenStore,
    private readonly failures: PlatformFailureFactory,
  ) {}

  /** The values, or why there are none. */
  validate({ method, token, body }: V1Request, { required, signed }: V1CallSpec): V1Values | PlatformFailure {
    if (method !== 'POST') return this.failures.create(43002);
    const holder = this.tokens.findAppid(token ?? '');
    const complaint = this.tokens.errcodeFor(token, holder);
    if (complaint !== undefined) return this.failures.create(complaint);
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
