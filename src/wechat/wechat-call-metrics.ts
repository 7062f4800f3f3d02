import { defineHistogram } from '../common/metrics/metric-definitions.js';
import type { Metrics } from '../common/metrics/metrics.js';

const WECHAT_ENDPOINTS = [
  'unifiedorder',
  'orderquery',
  'closeorder',
  'refund',
  'refundquery',
  'downloadbill',
  'downloadfundflow',
  'jscode2session',
  'token',
  'stable_token',
  'getuserphonenumber',
  'upload_shipping_info',
  'get_order',
  'subscribe_send',
  'genprepay',
  'v1_orderquery',
  'v3_prepay',
  'v3_query',
  'v3_close',
  'v3_refund',
  'v3_refundquery',
  'v3_abnormal',
  'v3_tradebill',
  'v3_fundflowbill',
  'v3_billdownload',
] as const;
const WECHAT_CALL_OUTCOMES = ['done', 'refused', 'unknown'] as const;

export type WechatEndpoint = (typeof WECHAT_ENDPOINTS)[number];
export type WechatCallOutcome = (typeof WECHAT_CALL_OUTCOMES)[number];

const WECHAT_CALLS = defineHistogram({
  name: 'wechat_call_duration_seconds',
  help: 'Calls to WeChat by endpoint and outcome: done, refused (by WeChat), unknown (no usable response)',
  labelNames: ['endpoint', 'outcome'],
  series: WECHAT_ENDPOINTS.flatMap((endpoint) => WECHAT_CALL_OUTCOMES.map((outcome) => ({ endpoint, outcome }))),
  // Includes the default of WECHAT_TIMEOUT_SECONDS, and twice it: a call may time out at the host and at its backup.
  buckets: [0.05, 0.1, 0.2, 0.5, 1, 2, 4, 6, 8, 12],
});

/** @param beganAt `performance.now()` before the call. */
export function recordWechatCall(
  metrics: Metrics,
  endpoint: WechatEndpoint,
  outcome: WechatCallOutcome,
  beganAt: number,
): void {
  metrics.observe(WECHAT_CALLS, { endpoint, outcome }, (performance.now() - beganAt) / 1000);
}
