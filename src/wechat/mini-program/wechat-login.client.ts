import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../common/problem/domain-error.js';
import { Metrics } from '../../common/metrics/metrics.js';
import { recordWechatCall, type WechatCallOutcome } from '../wechat-call-metrics.js';
import type { ProblemCode } from '../../common/problem/problem-catalog.js';
import { Settings } from '../../config/settings.js';
import { WechatHttpClient } from '../pay/wechat-http-client.js';

/** The user of a login code. `unionid` only exists for mini-programs bound to an open-platform account. */
export interface WechatIdentity {
  /** The app under which the openid is valid. */
  appId: string;
  openid: string;
  unionid: string | null;
}

/** `errcode`s of jscode2session that the caller can act on. Any other is a configuration error or an outage of WeChat. */
const CODE_OF_ERRCODE: Readonly<Record<number, ProblemCode>> = {
  40029: 'WECHAT_CODE_INVALID',
  40163: 'WECHAT_CODE_INVALID',
  40226: 'WECHAT_USER_BLOCKED',
  45011: 'WECHAT_RATE_LIMITED',
};

/** Characters of WeChat's error text that are passed on. */
const MAX_ERRMSG_LENGTH = 200;

/** GET /sns/jscode2session of api.weixin.qq.com: JSON, with the app's secret in the query, so the URL is never logged. */
@Injectable()
export class WechatLoginClient {
  private readonly log = new Logger(WechatLoginClient.name);

  constructor(
    private readonly settings: Settings,
    private readonly http: WechatHttpClient,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Exchanges a code of `wx.login`. The session_key in the response is dropped, because this service does not need it.
   * @throws DomainError WECHAT_CODE_INVALID, WECHAT_USER_BLOCKED, WECHAT_RATE_LIMITED or WECHAT_UNAVAILABLE. A code can
   * be used once, so the client always retries with a new one.
   */
  async exchangeLoginCode(code: string): Promise<WechatIdentity> {
    const { WECHAT_APP_ID: appid, WECHAT_APP_SECRET: secret, WECHAT_API_BASE_URL } = this.settings.wechat;
    const query = new URLSearchParams({ appid, secret, js_code: code, grant_type: 'authorization_code' });
    const path = `/sns/jscode2session?${query.toString()}`;
    const beganAt = performance.now();
    const exchange = await this.http.send({ method: 'GET', baseUrls: [WECHAT_API_BASE_URL], path });
    const answer = exchange.kind === 'answered' && exchange.status === 200 ? parseJsonObject(exchange.text) : null;
    recordWechatCall(this.metrics, 'jscode2session', outcomeOf(answer), beganAt);
    if (exchange.kind !== 'answered') throw unavailable(`jscode2session: ${exchange.kind} (${exchange.reason})`);
    if (answer === null) throw unavailable(`jscode2session: HTTP ${exchange.status}, no JSON object`);
    return this.identityOf(answer);
  }

  private identityOf(answer: Record<string, unknown>): WechatIdentity {
    const { errcode = 0, errmsg, openid, unionid } = answer;
    if (errcode !== 0) throw this.refusal(Number(errcode), typeof errmsg === 'string' ? errmsg : '');
    if (typeof openid !== 'string' || openid === '' || openid.length > 128)
      throw unavailable('jscode2session: no openid');
    const { WECHAT_APP_ID: appId } = this.settings.wechat;
    return { appId, openid, unionid: typeof unionid === 'string' && unionid !== '' ? unionid.slice(0, 128) : null };
  }

  private refusal(errcode: number, errmsg: string): DomainError {
    const code = CODE_OF_ERRCODE[errcode];
    const upstream = { code: String(errcode), message: errmsg.slice(0, MAX_ERRMSG_LENGTH) };
    if (code) return new DomainError(code, { upstream, params: { source: 'wx.login' } });
    // 40013 and 40125 mean a wrong appid or secret: no login works until the operator corrects it.
    if (errcode !== -1)
      this.log.error(`jscode2session refused with errcode ${errcode}: check WECHAT_APP_ID and WECHAT_APP_SECRET`);
    return unavailable(`jscode2session: errcode ${errcode}`, upstream);
  }
}

/** -1 is WeChat's "system busy": the outcome is unknown. */
function outcomeOf(answer: Record<string, unknown> | null): WechatCallOutcome {
  if (answer === null || answer['errcode'] === -1) return 'unknown';
  return (answer['errcode'] ?? 0) === 0 ? 'done' : 'refused';
}

function unavailable(reason: string, upstream?: { code: string; message: string }): DomainError {
  return new DomainError('WECHAT_UNAVAILABLE', { ...(upstream && { upstream }), cause: new Error(reason) });
}

function parseJsonObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
