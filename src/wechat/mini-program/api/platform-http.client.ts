import { Injectable } from '@nestjs/common';
import { Metrics } from '../../../common/metrics/metrics.js';
import { recordWechatCall, type WechatEndpoint } from '../../wechat-call-metrics.js';
import { Settings } from '../../../config/settings.js';
import type { RefusalAction, Outcome, Unknown } from '../../pay/outcome.js';
import { type WechatHttpResult, failureOf, httpError, WechatHttpClient } from '../../pay/wechat-http-client.js';
import { platformActionFor } from './platform-refusals.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export interface PlatformRequest {
  /** The metric label of the call. */
  endpoint: WechatEndpoint;
  method: 'GET' | 'POST';
  path: string;
  /** Contains secrets and tokens, so the URL is never logged. */
  query?: Readonly<Record<string, string>>;
  body?: object;
  /** The actions for `errcode`s with a special meaning in this call. */
  actions?: Readonly<Record<string, RefusalAction>>;
}

/** Characters of WeChat's error text that are kept. */
const MAX_ERRMSG_LENGTH = 200;

/** Makes one call to api.weixin.qq.com: JSON, unsigned; failures come as an `errcode` with HTTP 200. */
@Injectable()
export class PlatformHttpClient {
  constructor(
    private readonly settings: Settings,
    private readonly http: WechatHttpClient,
    private readonly metrics: Metrics,
  ) {}

  async call({ endpoint, method, path, query, body, actions }: PlatformRequest): Promise<Outcome<JsonObject>> {
    const address = query ? `${path}?${new URLSearchParams(query).toString()}` : path;
    const beganAt = performance.now();
    const exchange = await this.http.send({
      method,
      baseUrls: [this.settings.wechat.WECHAT_API_BASE_URL],
      path: address,
      ...(body && { body: JSON.stringify(body), contentType: 'application/json; charset=utf-8' }),
    });
    const outcome = outcomeOf(endpoint, exchange, actions);
    recordWechatCall(this.metrics, endpoint, outcome.kind, beganAt);
    return outcome;
  }
}

function outcomeOf(
  endpoint: string,
  exchange: WechatHttpResult,
  actions?: PlatformRequest['actions'],
): Outcome<JsonObject> {
  if (exchange.kind !== 'answered')
    return unknownOutcome(`${endpoint}: ${exchange.kind} (${exchange.reason})`, null, failureOf(exchange));
  const { status, text: raw } = exchange;
  const answer = status === 200 ? parseJsonObject(raw) : null;
  if (answer === null) {
    const failure = status === 200 ? ({ kind: 'UNUSABLE_ANSWER' } as const) : httpError(status);
    return unknownOutcome(`${endpoint}: HTTP ${status}, no JSON object`, raw, failure);
  }
  const { errcode = 0, errmsg } = answer;
  if (errcode === 0) return { kind: 'done', value: answer, raw };
  if (!Number.isInteger(errcode)) return unknownOutcome(`${endpoint}: the errcode is not a number`, raw);
  const [code, message] = [String(errcode), typeof errmsg === 'string' ? errmsg.slice(0, MAX_ERRMSG_LENGTH) : ''];
  // "System busy": the call may have been executed or not.
  if (errcode === -1)
    return { ...unknownOutcome(`${endpoint}: errcode -1`, raw, { kind: 'SYSTEM_BUSY' }), code, message };
  return { kind: 'refused', code, message, action: platformActionFor(code, actions), raw };
}

export function unknownOutcome(
  reason: string,
  raw: string | null = null,
  failure: NonNullable<Unknown['failure']> = { kind: 'UNUSABLE_ANSWER' },
): Unknown {
  return { kind: 'unknown', reason, raw, failure };
}

function parseJsonObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}
