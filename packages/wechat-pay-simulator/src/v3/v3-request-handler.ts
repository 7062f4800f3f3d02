import { TLSSocket } from 'node:tls';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestTargetResolver } from '../book/request-target-resolver.js';
import { billResponse } from '../bills/files/bill-response.js';
import { Fault } from '../faults/fault.js';
import { FaultStore } from '../faults/fault-store.js';
import { ResponseSender } from '../faults/response-sender.js';
import { rawBodyOf } from '../http-setup.js';
import { ExchangeLog } from '../state/exchange-log.js';
import { AnswerWriter } from './answer-writer.js';
import { Authenticator } from './authenticator.js';
import { KeyRing } from './key-ring.js';
import { JsonObject, refuse, V3Call, V3Refusal, V3Request, V3Result, WRONG_KEY_ID } from './v3-call.js';
import { parseBody } from './wire/parse-body.js';

/** A call and the parts of the path that its route names. */
export interface MatchedCall {
  readonly call: V3Call;
  readonly params: Readonly<Record<string, string>>;
}

/** HTTP status of the codes that a fault may answer with, in both spellings. Source: WeChat Pay v3, code list. */
const STATUSES: readonly (readonly [status: number, codes: readonly string[]])[] = [
  [401, ['SIGN_ERROR']],
  [403, ['NO_AUTH', 'NOAUTH', 'OUT_TRADE_NO_USED', 'RULE_LIMIT', 'RULELIMIT', 'TRADE_ERROR', 'ACCOUNT_ERROR']],
  [403, ['ACCOUNTERROR', 'NOT_ENOUGH', 'NOTENOUGH', 'USER_ACCOUNT_ABNORMAL', 'REQUEST_BLOCKED']],
  [404, ['ORDER_NOT_EXIST', 'ORDERNOTEXIST', 'RESOURCE_NOT_EXISTS', 'REFUNDNOTEXIST']],
  [429, ['FREQUENCY_LIMITED', 'RATELIMIT_EXCEEDED']],
  [500, ['SYSTEM_ERROR', 'SYSTEMERROR', 'BANK_ERROR', 'BANKERROR', 'BIZ_ERR_NEED_RETRY', 'OPENID_MISMATCH']],
  [503, ['SERVICE_UNAVAILABLE']],
];
const SYSTEM_ERROR = refuse(500, 'SYSTEM_ERROR', '系统异常，请稍后重试');

/** Handles a call of API v3 from the bytes of the request to the signed answer: checks, faults, effect, signature. */
@Injectable()
export class V3RequestHandler {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly keys: KeyRing,
    private readonly writer: AnswerWriter,
    private readonly targets: RequestTargetResolver,
    private readonly faults: FaultStore,
    private readonly responses: ResponseSender,
    private readonly exchangeLog: ExchangeLog,
  ) {}

  /** Faults apply only to requests that pass the checks: an invalid request is always refused. */
  async handle({ call, params }: MatchedCall, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { method, url, headers } = request;
    const bytes = rawBodyOf(request);
    const entry = this.startEntry(request);
    const {
      refusal,
      signatureOk,
      mchId = '',
    } = this.authenticator.check({ method, url, body: bytes, headers }, call.isOpenToOtherMerchants);
    if (signatureOk !== undefined) entry.signatureOk = signatureOk;
    if (refusal !== undefined) {
      entry.verdict = `${refusal.status} ${refusal.code}`;
      const hasRequestId = !url.startsWith('/v3/pay/');
      return this.responses.send(reply, this.writer.writeUnsigned(refusal, hasRequestId), entry);
    }

    const { pathname: path, searchParams: query } = new URL(url, 'http://localhost');
    const serial = headers['wechatpay-serial'];
    const keyId = typeof serial === 'string' && serial !== '' ? serial : undefined;
    const body = parseBody(bytes);
    const checked =
      'kind' in body
        ? undefined
        : { method, path, query, params, body: body.json, keyId, mchId, origin: originOf(request) };
    const invalid = checked === undefined ? (body as V3Refusal) : (this.refusalOfKey(keyId) ?? call.validate(checked));
    const numbers = this.targets.resolve(numbersIn(params, checked?.body ?? {}));
    Object.assign(entry, numbers);
    const fault = invalid === undefined ? this.faults.consume(call.endpoint, numbers) : undefined;
    const result = invalid ?? (checked === undefined ? SYSTEM_ERROR : await this.resultOf(call, checked, fault));
    entry.verdict = result.kind === 'refused' ? `${result.status} ${result.code}` : 'SUCCESS';
    if (result.kind === 'file') return this.responses.send(reply, billResponse(result), entry, fault);
    const isUnsigned = call.isUnsigned === true || fault?.kind === 'return_fail';
    const answer =
      isUnsigned && result.kind === 'refused'
        ? this.writer.writeUnsigned(result, true)
        : this.writer.writeSigned(result, { keyId, requestKey: `${method} ${url} ${bytes.toString()}`, fault });
    return this.responses.send(reply, answer, entry, fault);
  }

  /** An unknown path or a wrong method, answered without a body and without a signature. */
  rejectRoute(status: 404 | 405, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const entry = this.startEntry(request);
    entry.verdict = status === 404 ? 'not simulated' : '405';
    return this.responses.send(reply, { status, contentType: 'application/json; charset=utf-8', body: '' }, entry);
  }

  private startEntry(request: FastifyRequest) {
    const { method, url } = request;
    const { pathname, search } = new URL(url, 'http://localhost');
    const text = [search.slice(1), rawBodyOf(request).toString()].filter(Boolean).join(' ');
    return this.exchangeLog.start({ direction: 'received', method, path: pathname, request: text });
  }

  private refusalOfKey(keyId: string | undefined): V3Refusal | undefined {
    return keyId === undefined || this.keys.isAcceptedInHeader(keyId) ? undefined : WRONG_KEY_ID;
  }

  private async resultOf(call: V3Call, request: V3Request, fault: Fault | undefined): Promise<V3Result> {
    if (fault?.when === 'before') {
      if (fault.kind !== 'stall') return faultResult(fault) ?? SYSTEM_ERROR;
      await this.responses.stall(fault);
    }
    const result = await call.perform(request);
    return fault === undefined ? result : (faultResult(fault) ?? result);
  }
}

function originOf({ raw: { socket }, headers: { host = 'localhost' } }: FastifyRequest): string {
  return `${socket instanceof TLSSocket ? 'https' : 'http'}://${host}`;
}

/** The result that a fault puts in place of the real one; undefined when it keeps the result. */
function faultResult({
  kind,
  errCode = 'SYSTEM_ERROR',
  errCodeDes,
  httpStatus,
  returnMsg,
}: Fault): V3Refusal | undefined {
  switch (kind) {
    case 'SYSTEMERROR':
      return SYSTEM_ERROR;
    case 'rate_limited':
      return refuse(429, 'FREQUENCY_LIMITED', '频率超限，请降低请求接口频率');
    case 'err_code': {
      const known = STATUSES.find(([, codes]) => codes.includes(errCode))?.[0];
      return refuse(httpStatus ?? known ?? 400, errCode, errCodeDes ?? '系统错误');
    }
    case 'error200':
      return { ...SYSTEM_ERROR, status: 200 };
    // Stands for WeChat not recognising the merchant: unsigned, as before authentication.
    case 'return_fail':
      return refuse(401, 'SIGN_ERROR', returnMsg ?? '签名错误，请检查后再试');
    default:
      return undefined;
  }
}

function numbersIn(params: Readonly<Record<string, string>>, body: JsonObject): Map<string, string> {
  const texts = Object.entries({ ...body, ...params }).filter((entry): entry is [string, string] => {
    return typeof entry[1] === 'string';
  });
  return new Map(texts);
}
