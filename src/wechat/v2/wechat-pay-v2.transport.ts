import { Injectable } from '@nestjs/common';
import { Metrics } from '../../common/metrics.js';
import { Settings } from '../../config/settings.js';
import type { Outcome, Refused, Unknown } from '../outcome.js';
import { CertifiedWechatHttp, type Exchange, failureOf, httpError, WechatHttp } from '../wechat-http.js';
import { certificateRefusalOf, withheldBecause } from './certificate-refusal.js';
import { actionFor, type Endpoint } from './error-actions.js';
import { type Fields, isSigned, newNonce, sign, type SignType } from './signature.js';
import { buildXml, parseXml } from './xml.js';

/** Where a call goes, and by which connections. */
interface Route {
  http: WechatHttp;
  baseUrls: readonly string[];
  folder: string;
}

/**
 * One signed question and its verified answer, WeChat Pay v2. Evaluates in the order return_code, signature, merchant,
 * result_code; whatever does not hold is an unknown outcome, never a no.
 */
@Injectable()
export class WechatPayV2Transport {
  private readonly plain: Route;
  private readonly certified: Route;

  constructor(
    private readonly settings: Settings,
    http: WechatHttp,
    private readonly certifiedHttp: CertifiedWechatHttp,
    private readonly metrics: Metrics,
  ) {
    const { WECHAT_PAY_BASE_URL: first, WECHAT_PAY_CERT_BASE_URL: certified } = settings;
    const twins = settings.WECHAT_PAY_BACKUP_BASE_URL === undefined ? [] : [settings.WECHAT_PAY_BACKUP_BASE_URL];
    this.plain = { http, baseUrls: [first, ...twins], folder: '/pay' };
    // The twin is one of WECHAT_PAY_BASE_URL: it takes refunds only where that one does.
    this.certified = {
      http: certifiedHttp,
      baseUrls: [certified, ...(certified === first ? twins : [])],
      folder: '/secapi/pay',
    };
  }

  /** Why a refund cannot be sent now; null when it can. Sends nothing. */
  checkRefundReady(): Refused | null {
    const problem = this.certifiedHttp.problem();
    return problem === null ? null : withheldBecause(problem);
  }

  /** @param fields without nonce_str and sign, which are new for each sending. */
  async ask(endpoint: Endpoint, fields: Fields): Promise<Outcome<Fields>> {
    const unsigned = { ...fields, nonce_str: newNonce() };
    const type: SignType = fields['sign_type'] === 'HMAC-SHA256' ? 'HMAC-SHA256' : 'MD5';
    const body = buildXml({ ...unsigned, sign: sign(unsigned, this.settings.WECHAT_API_KEY, type) });
    const { http, baseUrls, folder } = endpoint === 'refund' ? this.certified : this.plain;
    const beganAt = performance.now();
    const exchange = await http.exchange({ method: 'POST', baseUrls, path: `${folder}/${endpoint}`, body });
    const refusal = endpoint === 'refund' ? certificateRefusalOf(exchange) : null;
    const outcome = refusal ?? this.read(endpoint, exchange, fields);
    this.metrics.wechatCalled(endpoint, outcome.kind, beganAt);
    return outcome;
  }

  private read(endpoint: Endpoint, exchange: Exchange, asked: Fields): Outcome<Fields> {
    if (exchange.kind !== 'answered')
      return unknown(`${endpoint}: ${exchange.kind} (${exchange.reason})`, null, failureOf(exchange));
    const raw = exchange.text;
    if (exchange.status !== 200)
      return unknown(`${endpoint}: HTTP ${exchange.status}`, raw, httpError(exchange.status));
    const answer = fieldsOf(raw);
    if (answer === null) return unknown(`${endpoint}: the answer is no message`, raw);
    if (answer['return_code'] !== 'SUCCESS') return unsignedRefusal(endpoint, answer, raw);
    if (!isSigned(answer, this.settings.WECHAT_API_KEY))
      return unknown(`${endpoint}: the answer is wrongly signed`, raw, { kind: 'BAD_SIGNATURE' });
    if (answer['appid'] !== asked['appid'] || answer['mch_id'] !== asked['mch_id']) {
      return unknown(`${endpoint}: the answer is for another merchant`, raw);
    }
    return verdictOf(endpoint, answer, raw);
  }
}

function fieldsOf(raw: string): Fields | null {
  try {
    return parseXml(raw);
  } catch {
    return null;
  }
}

/** `return_code` FAIL comes bare: there is no signature to verify and no `err_code` to read. */
function unsignedRefusal(endpoint: Endpoint, answer: Fields, raw: string): Outcome<never> {
  if (answer['return_code'] !== 'FAIL') return unknown(`${endpoint}: the answer has no return_code`, raw);
  const message = answer['return_msg'] ?? '';
  if (/system ?error|系统/i.test(message))
    return { ...unknown(`${endpoint}: ${message}`, raw, { kind: 'SYSTEM_BUSY' }), code: 'SYSTEMERROR', message };
  return { kind: 'refused', code: 'RETURN_FAIL', message, action: actionFor(endpoint, 'RETURN_FAIL', message), raw };
}

function verdictOf(endpoint: Endpoint, answer: Fields, raw: string): Outcome<Fields> {
  if (answer['result_code'] === 'SUCCESS') return { kind: 'done', value: answer, raw };
  const code = answer['err_code'] ?? '';
  const message = answer['err_code_des'] ?? '';
  if (answer['result_code'] !== 'FAIL' || code === '') return unknown(`${endpoint}: the answer has no result`, raw);
  const action = actionFor(endpoint, code, message);
  if (action === 'SAME')
    return { ...unknown(`${endpoint}: ${code} ${message}`, raw, { kind: 'SYSTEM_BUSY' }), code, message };
  return { kind: 'refused', code, message, action, raw };
}

export function unknown(
  reason: string,
  raw: string | null,
  failure: NonNullable<Unknown['failure']> = { kind: 'UNUSABLE_ANSWER' },
): Unknown {
  return { kind: 'unknown', reason, raw, failure };
}
