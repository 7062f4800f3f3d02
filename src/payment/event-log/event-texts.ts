/** A text in English and Chinese. Headlines begin with a capital letter; parts of a sentence do not. */
export type EventText = readonly [en: string, zh: string];

const VERIFICATION_FAILURES = {
  TOO_LARGE: ['it is too large', '内容过大'],
  MALFORMED: ['its format is invalid', '内容格式错误'],
  RETURN_FAIL: ['it reports a communication failure', '通信失败'],
  BAD_SIGNATURE: ['the signature is wrong', '签名错误'],
  FOREIGN_MERCHANT: ['it names another app or merchant', '不是本次支付的应用或商户'],
  FOREIGN_CURRENCY: ['it names another currency', '不是人民币'],
  UNDECRYPTABLE: ['it cannot be decrypted', '无法解密'],
  STALE: ['its time differs from our clock by five minutes or more', '时间与本机相差五分钟以上'],
  UNKNOWN_KEY: ['it is signed with a key of WeChat that is not configured', '签名所用的微信密钥没有配置'],
  SIGNATURE_PROBE: ["it is WeChat's test of signature verification", '微信的验签探测'],
  UNKNOWN_EVENT: ['it is about something else', '不是支付或退款的事件'],
} as const;

const PAYMENT_CONTRADICTIONS = {
  PAYMENT_UNKNOWN: ['there is no such payment', '没有此支付'],
  AMOUNT_MISMATCH: ['the amount does not match', '金额不符'],
  TRANSACTION_MISMATCH: ['the transaction number does not match', '微信支付单号不符'],
} as const;

const REFUND_CONTRADICTIONS = {
  REFUND_UNKNOWN: ['there is no such refund', '没有此退款'],
  REFUND_MISMATCH: ['the numbers or the amount do not match', '单号或金额不符'],
  NEVER_SENT: ['this refund was never sent to WeChat', '此退款从未发给微信'],
  CONTRADICTION: ['it contradicts what is recorded', '与已记录的结果矛盾'],
} as const;

/**
 * What happened, by type and result of an event, in both languages. The API's `text` and the console's timeline have no other
 * source. This file imports nothing, because the console compiles it too.
 */
export const EVENT_HEADLINES = {
  PREPAY: {
    ACCEPTED: ['Payment created at WeChat', '已向微信下单'],
    REFUSED: ['WeChat refused the payment request', '微信拒绝下单'],
    UNKNOWN: ['Payment request: result unknown', '向微信下单：结果未知'],
  },
  NOTICE: {
    APPLIED: ['Payment notice: paid', '支付通知：支付成功'],
    REPEATED: ['Payment notice: repeated', '支付通知：重复通知'],
    LATE_OR_DUPLICATE: ['Payment notice: late or duplicate payment', '支付通知：迟到或重复付款'],
    FAILED: ['Payment notice: the payment failed', '支付通知：支付失败'],
    ...withPrefix(['Payment notice rejected: ', '支付通知，已拒绝：'], {
      ...VERIFICATION_FAILURES,
      ...PAYMENT_CONTRADICTIONS,
    }),
  },
  QUERY: {
    APPLIED: ['Payment query: paid', '查询支付：支付成功'],
    REPEATED: ['Payment query: paid, already recorded', '查询支付：已支付，此前已记录'],
    LATE_OR_DUPLICATE: ['Payment query: late or duplicate payment', '查询支付：迟到或重复付款'],
    FOREIGN_MERCHANT: [
      'Payment query: the response names another app or merchant',
      '查询支付：答复不是本次支付的应用或商户',
    ],
    ...withPrefix(['Payment query, response not applied: ', '查询支付，未采用答复：'], PAYMENT_CONTRADICTIONS),
    OPEN: ['Payment query: not paid yet', '查询支付：尚未支付'],
    PAYING: ['Payment query: the buyer is paying', '查询支付：买家正在支付'],
    FAILED: ['Payment query: the payment failed', '查询支付：支付失败'],
    CLOSED: ['Payment query: closed', '查询支付：已关闭'],
    NOT_FOUND: ['Payment query: not found at WeChat', '查询支付：微信无此订单'],
    REFUSED: ['Payment query: refused by WeChat', '查询支付：被微信拒绝'],
    UNKNOWN: ['Payment query: result unknown', '查询支付：结果未知'],
  },
  CLOSE: {
    ACCEPTED: ['Close request accepted by WeChat', '微信已受理关单'],
    REFUSED: ['Close request refused by WeChat', '微信拒绝关单'],
    UNKNOWN: ['Close request: result unknown', '向微信关单：结果未知'],
    CLOSED_LOCALLY: ['Payment closed locally: it can no longer be paid', '支付已在本地关闭：不可能再支付'],
  },
  ORDER_CLOSED: {
    CANCELLED: ['Order cancelled, stock returned', '订单已取消，库存已退回'],
    EXPIRED: ['Order expired unpaid and closed, stock returned', '订单超时未支付，已关闭，库存已退回'],
  },
  ORDER_REOPENED: {
    LATE_PAYMENT: ['Paid after closing: order reopened, stock reserved again', '关闭后支付：订单已恢复，库存重新占用'],
    MERCHANT: ["Order reopened by the merchant's system: it can be paid again", '商家系统已重新开放订单，可以再次支付'],
  },
  REFUND_REQUEST: {
    REQUESTED: ['Refund requested by the buyer', '买家申请退款'],
    CANCELLED: ['Refund request withdrawn by the buyer', '买家撤销退款申请'],
    AUTOMATIC: ['Automatic refund started', '系统自动发起退款'],
    MERCHANT_PLATFORM: ['Manual refund in the WeChat Pay merchant platform', '在微信商户平台手工退款'],
  },
  REFUND_DECISION: {
    APPROVED: ['Refund approved', '同意退款'],
    REJECTED: ['Refund rejected', '拒绝退款'],
    CREATED: ['Refund created by the shop', '商家发起退款'],
    RETRY: ['Refund retried by staff', '人工重新处理退款'],
    REDIRECTED: ['Staff chose where the money of the refund goes', '人工选择了退款去向'],
    PAID_OTHERWISE: ['Staff confirmed: the buyer was paid in another way', '人工确认：已用其他方式付款给买家'],
    ABANDONED: ['Refund abandoned: not found at WeChat, amount released', '放弃退款：微信没有该退款，金额已释放'],
    REPLACED: [
      'Refund replaced by a manual refund in the WeChat Pay merchant platform',
      '退款已由微信商户平台手工退款代替',
    ],
  },
  REFUND_CALL: {
    ACCEPTED: ['Refund sent to WeChat: accepted', '退款已发给微信：已受理'],
    REFUSED: ['Refund refused by WeChat', '退款被微信拒绝'],
    UNKNOWN: ['Refund sent to WeChat: result unknown', '退款已发给微信：结果未知'],
    NOT_SENT: ['Refund not sent to WeChat: a check before sending failed', '退款没有发给微信：发送前检查未通过'],
  },
  REFUND_QUERY: {
    APPLIED: ['Refund query: result recorded', '查询退款：结果已记录'],
    REPEATED: ['Refund query: already recorded', '查询退款：此前已记录'],
    PENDING: ['Refund query: in progress', '查询退款：处理中'],
    ...withPrefix(['Refund query, response not applied: ', '查询退款，未采用答复：'], REFUND_CONTRADICTIONS),
    NOT_FOUND: ['Refund query: not found at WeChat', '查询退款：微信没有此退款'],
    REFUSED: ['Refund query: refused by WeChat', '查询退款：被微信拒绝'],
    UNKNOWN: ['Refund query: result unknown', '查询退款：结果未知'],
  },
  REFUND_NOTICE: {
    APPLIED: ['Refund notice: result recorded', '退款通知：结果已记录'],
    REPEATED: ['Refund notice: repeated', '退款通知：重复通知'],
    PENDING: ['Refund notice: in progress', '退款通知：处理中'],
    ...withPrefix(['Refund notice rejected: ', '退款通知，已拒绝：'], {
      ...VERIFICATION_FAILURES,
      ...REFUND_CONTRADICTIONS,
    }),
    UNCONFIRMED: [
      'Refund notice rejected: a query at WeChat does not confirm it',
      '退款通知，已拒绝：向微信查询未得到证实',
    ],
  },
  COUPON_RETURNED: {
    FULL_REFUND: ['Fully refunded: coupon returned', '已全额退款，优惠券已退回'],
  },
  SHIPMENT: {
    SHIPPED: ['Shipment recorded', '已录入发货'],
    COMPLETED: ['Shipment complete: no further parcels', '发货完成：没有更多包裹'],
    CORRECTED: ['Shipment edited', '已修改发货信息'],
    RESHIPPED: ['Shipment edited after completion (the only re-ship)', '发货完成后修改发货信息（唯一一次重新发货）'],
    RETRIED: ['Shipment waits for another upload to WeChat', '发货信息等待重新上传微信'],
  },
  SHIPPING_CALL: {
    ACCEPTED: ['Shipping information uploaded to WeChat', '发货信息已上传微信'],
    COMPLETE: ['Shipping upload: WeChat already had all parcels', '上传发货信息：微信此前已有全部包裹'],
    UNCHANGED: ['Shipping upload: WeChat already had this parcel', '上传发货信息：微信此前已有该包裹'],
    REFUSED: ['Shipping upload failed', '上传发货信息失败'],
    UNKNOWN: ['Shipping upload: result unknown', '上传发货信息：结果未知'],
  },
  SHIPPING_QUERY: {
    FOUND: ['Shipping query: WeChat has this parcel', '查询发货信息：微信已有该包裹'],
    NOT_FOUND: ['Shipping query: WeChat does not have this parcel yet', '查询发货信息：微信还没有该包裹'],
    REFUSED: ['Shipping query: refused by WeChat', '查询发货信息：被微信拒绝'],
    UNKNOWN: ['Shipping query: result unknown', '查询发货信息：结果未知'],
  },
  SHIPPING_NOTICE: {
    SHIPPED: ['WeChat recorded the shipment', '微信已记录发货'],
    SETTLED: ['WeChat settled the money', '微信已结算资金'],
    REMINDED: ['WeChat reminds the shop to ship', '微信提醒尽快发货'],
    UPLOAD_REQUIRED: ['WeChat warns: shipping information must be uploaded', '微信警告：必须上传发货信息'],
    TRADE_RESTRICTED: ['WeChat warns: trading of the mini-program is restricted', '微信警告：小程序交易已被限制'],
  },
} as const;

/** WeChat's state of a refund. */
export const EVENT_STATES = {
  PROCESSING: ['in progress', '处理中'],
  SUCCEEDED: ['refunded', '已退款'],
  ABNORMAL: ['abnormal', '异常'],
  CLOSED: ['closed, not refunded', '已关闭，未退款'],
} as const;

/** Why a refund was created without a request, or why a payment was closed locally. */
export const EVENT_CAUSE_TEXTS = {
  PAID_TWICE: ['the order was paid twice', '订单重复支付'],
  PAID_AFTER_CLOSE: ['paid after the order was closed', '订单关闭后支付'],
  NOT_FOUND: ['not found at WeChat', '微信无此订单'],
  FAILED: ['WeChat reports a failed payment', '微信答复支付失败'],
} as const;

/** Why a call had no usable response. */
export const EVENT_FAILURES = {
  UNREACHABLE: ['WeChat could not be reached; nothing was sent', '无法连接微信，没有发出'],
  CONNECTION_BROKEN: ['sent, but the connection broke before the response', '已发出，但连接中断，没有收到答复'],
  HTTP_ERROR: ['WeChat returned an HTTP error', '微信返回 HTTP 错误'],
  UNUSABLE_ANSWER: ["WeChat's response was unusable", '微信的答复无法使用'],
  BAD_SIGNATURE: ['the signature of the response is wrong', '答复的签名错误'],
  SYSTEM_BUSY: ["WeChat's system is busy", '微信系统繁忙'],
  NOT_CONFIGURED: ['the keys for this call are not configured', '缺少此调用所需的密钥配置'],
} as const;

/** The data of an event; `{}` is the value, which may itself be a text of a table above. */
export const EVENT_DATA_TEXTS = {
  refundNo: ['refund {}', '退款单 {}'],
  amountFen: ['{}', '{}'],
  transactionId: ['WeChat transaction ID {}', '微信支付单号 {}'],
  state: ['WeChat status: {}', '微信状态：{}'],
  actor: ['by {}', '操作人 {}'],
  reason: ['reason: {}', '退款原因：{}'],
  rejectReason: ['reject reason: {}', '拒绝理由：{}'],
  cause: ['{}', '{}'],
  failure: ['{}', '{}'],
  errorCode: ['{}', '{}'],
  errorMessage: ["WeChat's message: {}", '微信原文：{}'],
  shipmentNo: ['parcel {}', '包裹 {}'],
  isLast: ['final parcel', '全部发完'],
  kind: ['{}', '{}'],
  carrier: ['{}', '{}'],
  trackingNo: ['no. {}', '单号 {}'],
} as const;

function withPrefix<K extends string>(prefix: EventText, ends: Readonly<Record<K, EventText>>): Record<K, EventText> {
  const entries = Object.entries<EventText>(ends);
  const texts = entries.map(([key, [en, zh]]) => [key, [prefix[0] + en, prefix[1] + zh]]);
  return Object.fromEntries(texts) as Record<K, EventText>;
}
