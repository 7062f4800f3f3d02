import { Injectable } from '@nestjs/common';
import { Metrics } from '../../common/metrics.js';
import { Settings } from '../../config/settings.js';
import type { Outcome, Refused, Unknown } from '../outcome.js';
import {
  MutualTlsWechatHttpClient,
  type WechatHttpResult,
  failureOf,
  httpError,
  WechatHttpClient,
} from '../wechat-http-client.js';
import { certificateRefusalOf, refusalOfProblem } from './certificate-refusal.js';
import { actionFor, type PayV2Endpoint } from './error-actions.js';
import { type Fields, isSigned, newNonce, sign, type SignType } from './signature.js';
import { buildXml, parseXml } from './xml.js';

/** The hosts, connections and path of a call. */
interface Route {
  http: WechatHttpClient;
  baseUrls: readonly string[];
  pathPrefix: string;
}

/**
 * Sends one signed WeChat Pay v2 request and verifies its answer, in the order return_code, signature, merchant,
 * result_code. A failed check is an unknown outcome, never a refusal.
 */
@Injectable()
export class WechatPayV2Transport {
  private readonly plain: Route;
  private readonly mutualTls: Route;

  constructor(
    private readonly settings: Settings,
    http: WechatHttpClient,
    private readonly mutualTlsHttp: MutualTlsWechatHttpClient,
    private readonly metrics: Metrics,
  ) {
    const { WECHAT_PAY_BASE_URL: first, WECHAT_PAY_CERT_BASE_URL: mutualTlsBaseUrl } = settings;
    const backups = settings.WECHAT_PAY_BACKUP_BASE_URL === undefined ? [] : [settings.WECHAT_PAY_BACKUP_BASE_URL];
    this.plain = { http, baseUrls: [first, ...backups], pathPrefix: '/pay' };
    // The backup host belongs to WECHAT_PAY_BASE_URL: it accepts refunds only where that host does.
    this.mutualTls = {
      http: mutualTlsHttp,
      baseUrls: [mutualTlsBaseUrl, ...(mutualTlsBaseUrl === first ? backups : [])],
      pathPrefix: '/secapi/pay',
    };
  }

  /** Why a refund cannot be sent now; null when it can. Sends nothing. */
  checkRefundReady(): Refused | null {
    const problem = this.mutualTlsHttp.problem();
    return problem === null ? null : refusalOfProblem(problem);
  }

  /** @param fields without nonce_str and sign, which are new for each request. */
  async call(endpoint: PayV2Endpoint, fields: Fields): Promise<Outcome<Fields>> {
    const unsigned = { ...fields, nonce_str: newNonce() };
    const type: SignType = fields['sign_type'] === 'HMAC-SHA256' ? 'HMAC-SHA256' : 'MD5';
    const body = buildXml({ ...unsigned, sign: sign(unsigned, this.settings.WECHAT_API_KEY, type) });
    const { http, baseUrls, pathPrefix } = endpoint === 'refund' ? this.mutualTls : this.plain;
    const beganAt = performance.now();
    const exchange = await http.send({ method: 'POST', baseUrls, path: `${pathPrefix}/${endpoint}`, body });
    const refusal = endpoint === 'refund' ? certificateRefusalOf(exchange) : null;
    const outcome = refusal ?? this.outcomeOf(endpoint, exchange, fields);
    this.metrics.wechatCalled(endpoint, outcome.kind, beganAt);
    return outcome;
  }

  private outcomeOf(endpoint: PayV2Endpoint, exchange: WechatHttpResult, request: Fields): Outcome<Fields> {
    if (exchange.kind !== 'answered')
      return unknownOutcome(`${endpoint}: ${exchange.kind} (${exchange.reason})`, null, failureOf(exchange));
    const raw = exchange.text;
    if (exchange.status !== 200)
      return unknownOutcome(`${endpoint}: HTTP ${exchange.status}`, raw, httpError(exchange.status));
    const answer = parseFields(raw);
    if (answer === null) return unknownOutcome(`${endpoint}: the answer is not a message`, raw);
    if (answer['return_code'] !== 'SUCCESS') return unsignedRefusal(endpoint, answer, raw);
    if (!isSigned(answer, this.settings.WECHAT_API_KEY))
      return unknownOutcome(`${endpoint}: the answer has a wrong signature`, raw, { kind: 'BAD_SIGNATURE' });
    if (answer['appid'] !== request['appid'] || answer['mch_id'] !== request['mch_id']) {
      return unknownOutcome(`${endpoint}: the answer is for another merchant`, raw);
    }
    return outcomeOfResult(endpoint, answer, raw);
  }
}

function parseFields(raw: string): Fields | null {
  try {
    return parseXml(raw);
  } catch {
    return null;
  }
}

/** `return_code` FAIL comes without a signature to verify and without `err_code`. */
function unsignedRefusal(endpoint: PayV2Endpoint, answer: Fields, raw: string): Outcome<never> {
  if (answer['return_code'] !== 'FAIL') return unknownOutcome(`${endpoint}: the answer has no return_code`, raw);
  const message = answer['return_msg'] ?? '';
  if (/system ?error|系统/i.test(message))
    return { ...unknownOutcome(`${endpoint}: ${message}`, raw, { kind: 'SYSTEM_BUSY' }), code: 'SYSTEMERROR', message };
  return { kind: 'refused', code: 'RETURN_FAIL', message, action: actionFor(endpoint, 'RETURN_FAIL', message), raw };
}

function outcomeOfResult(endpoint: PayV2Endpoint, answer: Fields, raw: string): Outcome<Fields> {
  if (answer['result_code'] === 'SUCCESS') return { kind: 'done', value: answer, raw };
  const code = answer['err_code'] ?? '';
  const message = answer['err_code_des'] ?? '';
  if (answer['result_code'] !== 'FAIL' || code === '')
    return unknownOutcome(`${endpoint}: the answer has no result_code or err_code`, raw);
  const action = actionFor(endpoint, code, message);
  if (action === 'RETRY_SAME')
    return { ...unknownOutcome(`${endpoint}: ${code} ${message}`, raw, { kind: 'SYSTEM_BUSY' }), code, message };
  return { kind: 'refused', code, message, action, raw };
}

export function unknownOutcome(
  reason: string,
  raw: string | null,
  failure: NonNullable<Unknown['failure']> = { kind: 'UNUSABLE_ANSWER' },
): Unknown {
  return { kind: 'unknown', reason, raw, failure };
}
