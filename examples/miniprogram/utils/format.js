// Formats money, times and states. 金额一律以“分”为单位的整数传递，只在显示时换算成元。

/** 1234 → '12.34'. Money is always an integer, never a float. */
function yuan(fen) {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** '12.34' → 1234; null when it is not an amount. It uses the digits, because 1.15 * 100 is 114.99999999999999. */
function fenOf(text) {
  const found = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(String(text).trim());
  return found ? Number(found[1]) * 100 + Number((found[2] || '').padEnd(2, '0')) : null;
}

/** Shows a server time (UTC) in the phone's time zone: '11-21 14:05'. */
function time(instant) {
  if (!instant) return '';
  const at = new Date(instant);
  const two = (number) => String(number).padStart(2, '0');
  return `${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

const ORDER_TEXT = { PENDING: '待付款', PAID: '已付款', CLOSED: '已关闭' };
const REFUND_OF_ORDER_TEXT = { REQUESTED: '退款待审核', PROCESSING: '退款中', PARTIAL: '部分退款', FULL: '已退款' };
const CLOSE_TEXT = { CANCELLED: '您已取消订单', EXPIRED: '超时未付款，订单已自动关闭' };

const REFUND_TEXT = {
  REQUESTED: '待商家审核',
  REJECTED: '商家未同意',
  CANCELLED: '已撤销',
  PROCESSING: '退款中',
  SUCCEEDED: '已到账',
  ABNORMAL: '退款异常，商家处理中',
  FAILED: '退款未成功',
};

/** The money of a refund may have come back to the shop: then nothing arrives in WeChat. */
function refundText({ status, recipient, paidOtherwiseAt }) {
  if (status !== 'SUCCEEDED' || recipient !== 'MERCHANT') return REFUND_TEXT[status];
  return paidOtherwiseAt ? '商家已用其他方式付款' : '无法原路退回，商家将用其他方式付款';
}

/** Adds the texts that the pages show to an order. */
function orderForPage(order) {
  return {
    ...order,
    payableText: yuan(order.payableFen),
    discountText: yuan(order.discountFen),
    paidText: yuan(order.paidFen),
    refundedText: yuan(order.refundedFen),
    statusText: REFUND_OF_ORDER_TEXT[order.refundStatus] || ORDER_TEXT[order.status],
    closeText: CLOSE_TEXT[order.closeReason] || '',
    tone: order.refundStatus !== 'NONE' ? 'refund' : order.status.toLowerCase(),
    createdText: time(order.createdAt),
    paidAtText: time(order.paidAt),
    expiresText: time(order.expiresAt),
    refundableFen: order.paidFen - order.refundedFen,
    pieces: order.items.reduce((sum, { quantity }) => sum + quantity, 0),
    items: order.items.map((item, index) => ({
      ...item,
      initial: item.name.slice(0, 1),
      tint: index % 4,
      unitText: yuan(item.unitFen),
    })),
  };
}

function refundForPage(refund) {
  return {
    ...refund,
    amountText: yuan(refund.amountFen),
    statusText: refundText(refund),
    requestedText: time(refund.requestedAt),
    completedText: time(refund.completedAt),
    isCancellable: refund.status === 'REQUESTED',
    isOver: ['SUCCEEDED', 'REJECTED', 'CANCELLED', 'FAILED'].includes(refund.status),
  };
}

module.exports = { yuan, fenOf, time, orderForPage, refundForPage };
