import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Fault, PlatformCall } from '../faults/fault.js';
import { IssuedTokenStore } from '../platform/issued-token-store.js';
import { PlatformFailure, PlatformFailureFactory } from '../platform/platform-failure-factory.js';
import {
  HttpExchange,
  JsonBody,
  parseJsonBody,
  PlatformRequest,
  PlatformRequestHandler,
  PlatformResponse,
} from '../platform/platform-request-handler.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { readQuery } from './query-string.js';
import { appSignatureOf } from './v1-signer.js';

/** The values of a validly signed call, as strings. */
export type V1Values = ReadonlyMap<string, string>;

/** The logic of one v1 call. */
export interface V1Call {
  readonly endpoint: PlatformCall;
  /** Besides `appid` and `app_signature`. */
  readonly required: readonly string[];
  /** The fields that its app_signature covers, besides `appid`. */
  readonly signed: readonly string[];
  handle(values: V1Values, fault?: Fault): PlatformResponse | Promise<PlatformResponse>;
}

/** Handles v1 calls: JSON to the platform, with an access token in the query. */
@Injectable()
export class V1RequestHandler {
  constructor(
    private readonly requests: PlatformRequestHandler,
    private readonly settings: SimulatorSettings,
    private readonly tokens: IssuedTokenStore,
    private readonly failures: PlatformFailureFactory,
  ) {}

  handle(call: V1Call, http: HttpExchange): Promise<void> {
    return this.requests.handle(
      call.endpoint,
      http,
      (request, fault) => {
        const values = this.validate(request, call);
        return 'errcode' in values ? values : call.handle(values, fault);
      },
      numbersIn(parseJsonBody(http.request.body)),
    );
  }

  /**
   * Checks method, access token, JSON, appid and app_signature. Returns the values, or the failure that refuses the call.
   * Source: docs/wechat-protocol.md, v1 §1.
   */
  private validate({ method, token, body }: PlatformRequest, { required, signed }: V1Call): V1Values | PlatformFailure {
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

/**
 * `/pay/orderquery` is also a v2 call on another host of WeChat: only the token or a JSON body identifies the v1 call.
 */
export function isV1Request(request: FastifyRequest): boolean {
  const { searchParams } = new URL(request.url, 'http://localhost');
  return searchParams.has('access_token') || parseJsonBody(request.body) !== undefined;
}

/** The number for the exchange log and the faults, for valid and invalid calls. */
function numbersIn(body: JsonBody | undefined): { out_trade_no?: string } {
  const pack = body?.['package'];
  const inPackage = typeof pack === 'string' ? readQuery(pack)?.get('out_trade_no')?.toString('latin1') : undefined;
  const number = inPackage ?? body?.['out_trade_no'];
  return typeof number === 'string' ? { out_trade_no: number } : {};
}

/** A timestamp may be a number. */
function valuesIn(body: JsonBody): V1Values {
  const texts = Object.entries(body).filter(([, value]) => ['string', 'number'].includes(typeof value));
  return new Map(texts.map(([name, value]) => [name, String(value)]));
}
