import type { StoredRequest } from '../../payment-channel.js';
import { TRADE_TYPES, type TradeType } from '../../payment-types.js';
import { type JsonObject, objectAt, parseObject, textAt } from './strict-json.js';

/** The path of each trade type below `/v3/pay/transactions/`. Source: docs/wechat-protocol.md, v3 §2. */
const PRODUCTS: Readonly<Record<TradeType, string>> = { JSAPI: 'jsapi', APP: 'app', NATIVE: 'native', MWEB: 'h5' };

/** The text of a payment: the body has no trade type, because it is in the path. */
export function buildPaymentRequest(tradeType: TradeType, body: JsonObject): string {
  return JSON.stringify({ tradeType, body });
}

/** A stored payment. `body` is sent as it is here. */
export interface StoredPayment {
  tradeType: TradeType;
  path: string;
  outTradeNo: string;
  body: string;
}

/** @throws Error for a text that this provider has not composed. */
export function parseStoredPayment({ request }: StoredRequest): StoredPayment {
  const stored = parseObject(request) ?? {};
  const body = objectAt(stored, 'body') ?? {};
  const tradeType = TRADE_TYPES.find((type) => type === stored['tradeType']);
  const outTradeNo = textAt(body, 'out_trade_no');
  if (!tradeType || outTradeNo === null) throw new Error('The stored request is not one of API v3');
  // The members keep their order, so every repetition sends the same text.
  return {
    tradeType,
    path: `/v3/pay/transactions/${PRODUCTS[tradeType]}`,
    outTradeNo,
    body: JSON.stringify(body),
  };
}
