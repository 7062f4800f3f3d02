const verificationFailures = {
  TOO_LARGE: '内容过大',
  MALFORMED: '内容格式错误',
  RETURN_FAIL: '通信失败',
  BAD_SIGNATURE: '签名错误',
  FOREIGN_MERCHANT: '不是本次支付的应用或商户',
  FOREIGN_CURRENCY: '不是人民币',
  UNDECRYPTABLE: '无法解密',
};

const paymentContradictions = {
  PAYMENT_UNKNOWN: '没有此支付',
  AMOUNT_MISMATCH: '金额不符',
  TRANSACTION_MISMATCH: '微信支付单号不符',
};

const refundContradictions = {
  REFUND_UNKNOWN: '没有此退款',
  REFUND_MISMATCH: '单号或金额不符',
  NEVER_SENT: '此退款从未发给微信',
  CONTRADICTION: '与已记录的结果矛盾',
};

function withPrefix<K extends string>(prefix: string, ends: Record<K, string>): Record<K, string> {
  const entries = Object.entries(ends) as [K, string][];
  return Object.fromEntries(entries.map(([key, end]) => [key, `${prefix}：${end}`])) as Record<K, string>;
}

/** Texts of an order's timeline in Chinese, by type and result of the event. */
export const eventsZh = {
  lines: {
    PREPAY: { ACCEPTED: '已向微信下单', REFUSED: '微信拒绝下单', UNKNOWN: '向微信下单：结果未知' },
    NOTICE: {
      APPLIED: '支付通知：支付成功',
      REPEATED: '支付通知：重复通知',
      LATE_OR_DUPLICATE: '支付通知：支付太晚或重复支付，自动退回',
      FAILED: '支付通知：支付失败',
      ...withPrefix('支付通知，已拒绝', { ...verificationFailures, ...paymentContradictions }),
    },
    QUERY: {
      APPLIED: '查询支付：支付成功',
      REPEATED: '查询支付：已支付，此前已记录',
      LATE_OR_DUPLICATE: '查询支付：支付太晚或重复支付，自动退回',
      FOREIGN_MERCHANT: '查询支付：答复不是本次支付的应用或商户',
      ...withPrefix('查询支付，未采用答复', paymentContradictions),
      OPEN: '查询支付：尚未支付',
      PAYING: '查询支付：买家正在支付',
      FAILED: '查询支付：支付失败',
      CLOSED: '查询支付：已关闭',
      ABSENT: '查询支付：微信无此订单',
      REFUSED: '查询支付：被微信拒绝',
      UNKNOWN: '查询支付：结果未知',
    },
    CLOSE: {
      ACCEPTED: '微信已受理关单',
      REFUSED: '微信拒绝关单',
      UNKNOWN: '向微信关单：结果未知',
      WRITTEN_OFF: '支付已作废：不可能再支付',
    },
    ORDER_CLOSED: { CANCELLED: '订单已取消，库存已退回', EXPIRED: '订单超时未支付，已关闭，库存已退回' },
    ORDER_REVIVED: { DELIVER: '关闭后支付：订单已恢复，库存重新占用' },
    REFUND_REQUEST: {
      REQUESTED: '买家申请退款',
      CANCELLED: '买家撤销退款申请',
      AUTOMATIC: '系统自动发起退款',
      VENDOR_PLATFORM: '在微信商户平台手工退款',
    },
    REFUND_DECISION: {
      APPROVED: '同意退款',
      REJECTED: '拒绝退款',
      GIVEN: '商家发起退款',
      RETRY: '人工重新处理退款',
      ABANDONED: '放弃退款：微信没有该退款，金额已释放',
      REPLACED: '退款已由微信商户平台手工退款代替',
    },
    REFUND_CALL: {
      ACCEPTED: '退款已发给微信：已受理',
      REFUSED: '退款被微信拒绝',
      UNKNOWN: '退款已发给微信：结果未知',
      WITHHELD: '退款没有发给微信',
    },
    REFUND_QUERY: {
      APPLIED: '查询退款：结果已记录',
      REPEATED: '查询退款：此前已记录',
      PENDING: '查询退款：处理中',
      ...withPrefix('查询退款，未采用答复', refundContradictions),
      ABSENT: '查询退款：微信没有此退款',
      REFUSED: '查询退款：被微信拒绝',
      UNKNOWN: '查询退款：结果未知',
    },
    REFUND_NOTICE: {
      APPLIED: '退款通知：结果已记录',
      REPEATED: '退款通知：重复通知',
      PENDING: '退款通知：处理中',
      ...withPrefix('退款通知，已拒绝', { ...verificationFailures, ...refundContradictions }),
      UNCONFIRMED: '退款通知，已拒绝：向微信查询未得到证实',
    },
    COUPON_RETURNED: { FULL_REFUND: '已全额退款，优惠券已退回' },
    SHIPMENT: {
      SHIPPED: '已录入发货',
      COMPLETED: '发货完成：没有更多包裹',
      CORRECTED: '已修改发货信息',
      RESHIPPED: '发货完成后修改发货信息（唯一一次重新发货）',
      RETRIED: '发货信息等待重新上传微信',
    },
    SHIPPING_CALL: {
      TAKEN: '发货信息已上传微信',
      COMPLETE: '上传发货信息：微信此前已有全部包裹',
      UNCHANGED: '上传发货信息：微信此前已有该包裹',
      REFUSED: '上传发货信息失败',
      UNKNOWN: '上传发货信息：结果未知',
    },
    SHIPPING_QUERY: {
      THERE: '查询发货信息：微信已有该包裹',
      NOT_THERE: '查询发货信息：微信还没有该包裹',
      REFUSED: '查询发货信息：被微信拒绝',
      UNKNOWN: '查询发货信息：结果未知',
    },
    SHIPPING_NOTICE: {
      SHIPPED: '微信已记录发货',
      SETTLED: '微信已结算资金',
      REMINDED: '微信提醒尽快发货',
      ACCESS_API: '微信警告：必须上传发货信息',
      TRADE_CONTROLLED: '微信警告：小程序交易已被限制',
    },
  },
  /** The text of each fact. Amounts, states and kinds are passed as translated text. */
  facts: {
    refundNo: (refundNo: string) => `退款单 ${refundNo}`,
    amountFen: (amount: string) => amount,
    transactionId: (id: string) => `微信支付单号 ${id}`,
    state: (state: string) => `微信状态：${state}`,
    actor: (username: string) => `操作人 ${username}`,
    reason: (reason: string) => `退款原因：${reason}`,
    rejectReason: (reason: string) => `拒绝理由：${reason}`,
    cause: (cause: string) => cause,
    failure: (failure: string) => failure,
    errorCode: (code: string) => code,
    errorMessage: (message: string) => `微信原文：${message}`,
    shipmentNo: (shipmentNo: string) => `包裹 ${shipmentNo}`,
    isLast: () => '全部发完',
    kind: (kind: string) => kind,
    carrier: (carrier: string) => carrier,
    trackingNo: (trackingNo: string) => `单号 ${trackingNo}`,
  },
  states: { PROCESSING: '处理中', SUCCEEDED: '已退款', ABNORMAL: '异常', CLOSED: '已关闭，未退款' } as Record<
    string,
    string
  >,
  causes: {
    PAID_TWICE: '订单重复支付',
    PAID_AFTER_CLOSE: '订单关闭后支付',
    ABSENT: '微信无此订单',
    FAILED: '微信答复支付失败',
  } as Record<string, string>,
  failures: {
    UNREACHABLE: '无法连接微信，没有发出',
    CONNECTION_BROKEN: '已发出，但连接中断，没有收到答复',
    HTTP_ERROR: '微信返回 HTTP 错误',
    UNUSABLE_ANSWER: '微信的答复无法使用',
    BAD_SIGNATURE: '答复的签名错误',
    SYSTEM_BUSY: '微信系统繁忙',
    NOT_CONFIGURED: '缺少此调用所需的密钥配置',
  } as Record<string, string>,
  /** For an event of a type or result that this page does not have. */
  unknown: (type: string, result: string) => `其他记录（${type} ${result}）`,
};
