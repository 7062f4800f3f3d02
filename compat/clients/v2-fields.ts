import type { Purchase, Reading, RefundInput } from '../client.ts';

/** The elements of a v2 message. */
export type Fields = Record<string, string>;

/** What a merchant passes to a client to create an order, apart from what the client adds by itself. */
export const orderFields = ({ outTradeNo, amountFen, openid, notifyUrl }: Purchase) => ({
  out_trade_no: outTradeNo,
  body: '测试商品',
  total_fee: amountFen,
  openid,
  notify_url: notifyUrl,
  spbill_create_ip: '127.0.0.1',
  trade_type: 'JSAPI',
});

export const refundFields = ({ outTradeNo, outRefundNo, paidFen, refundFen, notifyUrl }: RefundInput) => ({
  out_trade_no: outTradeNo,
  out_refund_no: outRefundNo,
  total_fee: paidFen,
  refund_fee: refundFen,
  notify_url: notifyUrl,
});

/** From the answer of orderquery. */
export const readOrder = (fields: Fields): Reading => reading(fields, 'trade_state', 'out_trade_no', 'total_fee');

/** From the answer of refundquery. */
export const readRefund = (fields: Fields): Reading =>
  reading(fields, 'refund_status_0', 'out_refund_no_0', 'refund_fee_0');

/** From a payment notice, in which success is the `result_code`. */
export const readPayment = (fields: Fields): Reading => reading(fields, 'result_code', 'out_trade_no', 'total_fee');

/** From the decrypted `req_info` of a refund notice. */
export const readRefundInfo = (fields: Fields): Reading =>
  reading(fields, 'refund_status', 'out_refund_no', 'refund_fee');

function reading(fields: Fields, state: string, number: string, amount: string): Reading {
  return { state: fields[state] ?? '', number: fields[number] ?? '', amountFen: Number(fields[amount]) };
}
