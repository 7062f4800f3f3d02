import type { Notice, Purchase, Reading, RefundInput } from '../client.ts';

/** The parts of a transaction that are read here, in an answer or decrypted from a notice. */
export interface Transaction {
  trade_state?: string;
  out_trade_no?: string;
  amount?: { total?: number };
}

/** The parts of a refund. An answer calls its state `status`, a notice `refund_status`. */
export interface Refund {
  status?: string;
  refund_status?: string;
  out_refund_no?: string;
  amount?: { refund?: number };
}

/** The encrypted part of a notice. */
interface Resource {
  ciphertext: string;
  nonce: string;
  associated_data: string;
}

/** The answer to a notice. None of the clients builds it. */
export const ACCEPTED = { status: 204, reply: '' };

/** What a merchant passes to a client to create an order, apart from what the client adds by itself. */
export const orderBody = ({ outTradeNo, amountFen, openid, notifyUrl }: Purchase) => ({
  description: '测试商品',
  out_trade_no: outTradeNo,
  notify_url: notifyUrl,
  amount: { total: amountFen, currency: 'CNY' },
  payer: { openid },
});

export const refundBody = ({ outTradeNo, outRefundNo, paidFen, refundFen, notifyUrl }: RefundInput) => ({
  out_trade_no: outTradeNo,
  out_refund_no: outRefundNo,
  notify_url: notifyUrl,
  amount: { refund: refundFen, total: paidFen, currency: 'CNY' },
});

export const readTransaction = ({ trade_state: state, out_trade_no: number, amount }: Transaction): Reading => ({
  state: state ?? '',
  number: number ?? '',
  amountFen: amount?.total ?? NaN,
});

export const readRefundOf = ({ status, refund_status, out_refund_no: number, amount }: Refund): Reading => ({
  state: status ?? refund_status ?? '',
  number: number ?? '',
  amountFen: amount?.refund ?? NaN,
});

/** The parts of a notice that its signature covers, and its encrypted part. */
export function partsOf({ headers, body }: Notice) {
  return {
    timestamp: headers['wechatpay-timestamp'] ?? '',
    nonce: headers['wechatpay-nonce'] ?? '',
    signature: headers['wechatpay-signature'] ?? '',
    serial: headers['wechatpay-serial'] ?? '',
    body,
    resource: (JSON.parse(body) as { resource: Resource }).resource,
  };
}
