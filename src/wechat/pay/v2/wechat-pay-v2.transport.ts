import type { Metrics } from '../../../common/metrics/metrics.js';
import { recordWechatCall } from '../../wechat-call-metrics.js';
import { newNonce } from '../nonce.js';
import { refusalOfProblem } from '../certificate/certificate-refusal.js';
import { MAX_BILL_DOWNLOAD_SECONDS } from '../bills/bill.js';
import type { Outcome, Refused, Unknown } from '../outcome.js';
import {
  failureOf,
  httpError,
  type MutualTlsWechatHttpClient,
  type WechatHttpClient,
  type WechatHttpDownload,
  type WechatHttpResult,
} from '../wechat-http-client.js';
import { certificateRefusalOf } from './certificate-refusal.js';
import { actionFor, type PayV2Endpoint, type V2BillEndpoint } from './error-actions.js';
import { type Fields, isSigned, sign, type SignType } from './signature.js';
import type { V2Account } from './v2-account.js';
import { buildXml, parseXml } from '../../xml.js';

const NO_ACCOUNT: Unknown = {
  kind: 'unknown',
  raw: null,
  failure: { kind: 'NOT_CONFIGURED' },
  reason: 'v2: set WECHAT_API_KEY, which payments of this protocol need',
};

/**
 * Sends one signed WeChat Pay v2 request and verifies its response, in the order return_code, signature, merchant,
 * result_code. `return_code` FAIL is a refusal, although it is not signed. Any other failed check is an unknown outcome.
 */
export class WechatPayV2Transport {
  /** @param account null without keys: then nothing is sent. */
  constructor(
    private readonly account: V2Account | null,
    private readonly http: WechatHttpClient,
    private readonly mutualTlsHttp: MutualTlsWechatHttpClient,
    private readonly metrics: Metrics,
  ) {}

  /** Why a refund cannot be sent now; null when it can. Sends nothing. */
  checkRefundReady(): Refused | null {
    const problem = this.mutualTlsHttp.problem();
    return problem === null ? null : refusalOfProblem(problem);
  }

  /** @param fields without nonce_str and sign, which are new for each request. */
  async call(endpoint: PayV2Endpoint, fields: Fields): Promise<Outcome<Fields>> {
    const { account } = this;
    if (account === null) return NO_ACCOUNT;
    const beganAt = performance.now();
    const exchange = await this.send(endpoint, buildSignedMessage(fields, account.apiKey), account);
    const refusal = endpoint === 'refund' ? certificateRefusalOf(exchange) : null;
    const outcome = refusal ?? outcomeOf(endpoint, exchange, { request: fields, apiKey: account.apiKey });
    recordWechatCall(this.metrics, endpoint, outcome.kind, beganAt);
    return outcome;
  }

  /**
   * Sends a request whose response is a file, or a refusal with HTTP 200 in its place.
   * @param read reads the response to its end.
   */
  async download<T>(
    endpoint: V2BillEndpoint,
    fields: Fields,
    read: (response: WechatHttpDownload, apiKey: string) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const { account } = this;
    if (account === null) return NO_ACCOUNT;
    const needsCertificate = endpoint === 'downloadfundflow';
    const client = needsCertificate ? this.mutualTlsHttp : this.http;
    const baseUrls = needsCertificate ? account.mutualTlsBaseUrls : account.baseUrls;
    const body = buildSignedMessage(fields, account.apiKey);
    const beganAt = performance.now();
    const response = await client.download(
      { method: 'POST', baseUrls, path: `/pay/${endpoint}`, body, isRepeatable: true },
      AbortSignal.timeout(MAX_BILL_DOWNLOAD_SECONDS * 1000),
    );
    const outcome = await read(response, account.apiKey);
    recordWechatCall(this.metrics, endpoint, outcome.kind, beganAt);
    return outcome;
  }

  private send(
    endpoint: PayV2Endpoint,
    body: string,
    { baseUrls, mutualTlsBaseUrls }: V2Account,
  ): Promise<WechatHttpResult> {
    return endpoint === 'refund'
      ? this.mutualTlsHttp.send({ method: 'POST', baseUrls: mutualTlsBaseUrls, path: '/secapi/pay/refund', body })
      : this.http.send({ method: 'POST', baseUrls, path: `/pay/${endpoint}`, body });
  }
}

/** Adds the nonce and the signature, which are new for each request. */
function buildSignedMessage(fields: Fields, apiKey: string): string {
  const unsigned = { ...fields, nonce_str: newNonce() };
  const type: SignType = fields['sign_type'] === 'HMAC-SHA256' ? 'HMAC-SHA256' : 'MD5';
  return buildXml({ ...unsigned, sign: sign(unsigned, apiKey, type) });
}

function outcomeOf(
  endpoint: PayV2Endpoint,
  exchange: WechatHttpResult,
  { request, apiKey }: { request: Fields; apiKey: string },
): Outcome<Fields> {
  if (exchange.kind !== 'answered')
    return unknownOutcome(`${endpoint}: ${exchange.kind} (${exchange.reason})`, null, failureOf(exchange));
  const raw = exchange.text;
  if (exchange.status !== 200)
    return unknownOutcome(`${endpoint}: HTTP ${exchange.status}`, raw, httpError(exchange.status));
  const answer = parseFields(raw);
  if (answer === null) return unknownOutcome(`${endpoint}: the response is not a message`, raw);
  if (answer['return_code'] !== 'SUCCESS') return unsignedRefusal(endpoint, answer, raw);
  if (!isSigned(answer, apiKey))
    return unknownOutcome(`${endpoint}: the response has a wrong signature`, raw, { kind: 'BAD_SIGNATURE' });
  if (answer['appid'] !== request['appid'] || answer['mch_id'] !== request['mch_id']) {
    return unknownOutcome(`${endpoint}: the response is for another merchant`, raw);
  }
  return outcomeOfResult(endpoint, answer, raw);
}

/** Null when the text is not a message. */
export function parseFields(raw: string): Fields | null {
  try {
    return parseXml(raw);
  } catch {
    return null;
  }
}

/** `return_code` FAIL comes without a signature to verify and without `err_code`; its code here is `RETURN_FAIL`. */
function unsignedRefusal(endpoint: PayV2Endpoint, answer: Fields, raw: string): Outcome<never> {
  if (answer['return_code'] !== 'FAIL') return unknownOutcome(`${endpoint}: the response has no return_code`, raw);
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
    return unknownOutcome(`${endpoint}: the response has no result_code or err_code`, raw);
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
