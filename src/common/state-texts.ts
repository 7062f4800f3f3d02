/**
 * Texts that replace `{state}` in error texts: orders, refunds and shipments. English first, Simplified Chinese second.
 */
const STATE_TEXTS = {
  PENDING: ['not paid yet', '待支付'],
  PAID: ['paid', '已支付'],
  CLOSED: ['closed', '已关闭'],
  EXPIRED: ['past its time limit', '已超过支付时间'],
  UNPAID: ['not paid', '未支付'],
  NOTHING_LEFT: ['the refundable amount is zero', '可退金额为零'],
  TOO_MANY_REFUNDS: ['the payment has 50 refunds, which is the limit of WeChat', '该支付已退款 50 次，达到微信上限'],
  OVER_A_YEAR_OLD: ['the payment is more than a year old', '支付已超过一年'],
  REQUESTED: ['waiting for a decision', '待审批'],
  REJECTED: ['rejected', '已拒绝'],
  CANCELLED: ['withdrawn', '买家已撤销'],
  PROCESSING: ['in progress', '处理中'],
  SUCCEEDED: ['refunded', '已退款'],
  ABNORMAL: ['abnormal', '异常'],
  FAILED: ['failed', '失败'],
  REFUNDED: ['refunded in full', '已全额退款'],
  REFUND_PENDING: ['its money is being refunded', '款项正在退款中'],
  SHIPPED: ['shipped in full', '已全部发货'],
  TOO_MANY_PARCELS: ['it has as many shipments as WeChat allows', '包裹数量已达微信上限'],
  WAITING: ['waiting for upload to WeChat', '待上传微信'],
  UPLOADED: ['uploaded to WeChat', '已上传微信'],
  NEEDS_ATTENTION: ['upload failed, action required', '上传失败，需处理'],
  NOT_REQUIRED: ['not uploaded because no upload is needed', '无需上传'],
} as const satisfies Record<string, readonly [en: string, zh: string]>;

/** @param language 0 for English, 1 for Chinese. A state without a text is returned unchanged. */
export function stateText(state: string, language: 0 | 1): string {
  return Object.hasOwn(STATE_TEXTS, state) ? STATE_TEXTS[state as keyof typeof STATE_TEXTS][language] : state;
}
