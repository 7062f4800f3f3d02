/** The simulated merchant's templates, so that a shop without a WeChat account sends messages too. */
export const SIMULATED_TEMPLATES = {
  orderPaid: of('SimOrderPaid', {
    character_string1: '{orderNo}',
    amount2: '￥{amountYuan}',
    date3: '{paidAt}',
    thing4: '{items}',
  }),
  refundApproved: of('SimRefundApproved', {
    character_string1: '{refundNo}',
    amount2: '￥{amountYuan}',
    date3: '{decidedAt}',
    thing4: '商家已同意，微信处理中',
  }),
  refundRejected: of('SimRefundRejected', {
    character_string1: '{refundNo}',
    amount2: '￥{amountYuan}',
    thing3: '{rejectReason}',
    date4: '{decidedAt}',
  }),
  refundSucceeded: of('SimRefundSucceeded', {
    character_string1: '{refundNo}',
    amount2: '￥{amountYuan}',
    date3: '{completedAt}',
    thing4: '{items}',
  }),
  refundFailed: of('SimRefundFailed', {
    character_string1: '{refundNo}',
    amount2: '￥{amountYuan}',
    date3: '{completedAt}',
    phrase4: '请联系商家',
  }),
};

function of(name: string, data: Record<string, string>): object {
  return { templateId: name.padEnd(43, '0'), page: 'pages/order/order?orderNo={orderNo}', data };
}
