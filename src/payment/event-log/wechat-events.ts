import type { Outcome, Refused, Unknown } from '../../wechat/pay/outcome.js';
import type { PaidResult, RefundResult } from '../../wechat/pay/payment-types.js';
import type { NewOrderEvent, NewOrderEventOf } from './order-event-log.js';
import { type EventResult, failureDataOf, type OrderEventType } from './order-event-types.js';

/** Types of the events about calls to WeChat. Each of them has the results REFUSED and UNKNOWN. */
type CallEventType = 'PREPAY' | 'QUERY' | 'CLOSE' | 'REFUND_CALL' | 'REFUND_QUERY' | 'SHIPPING_CALL' | 'SHIPPING_QUERY';

/** What a call was about. */
type CallSubject<T extends CallEventType> = Pick<NewOrderEventOf<T>, 'orderNo' | 'outTradeNo' | 'data'>;

/**
 * The event of a call to WeChat: its result, why it failed, and WeChat's response.
 * @param resultWhenDone the result if WeChat did what was requested.
 */
export function callEvent<T extends CallEventType>(
  type: T,
  subject: CallSubject<T>,
  outcome: Outcome<unknown>,
  resultWhenDone: EventResult<T>,
): NewOrderEventOf<T>;
export function callEvent<T extends CallEventType>(
  type: T,
  subject: CallSubject<T>,
  outcome: Refused | Unknown,
): NewOrderEventOf<T>;
export function callEvent<T extends CallEventType>(
  type: T,
  { orderNo = null, outTradeNo = null, data }: CallSubject<T>,
  outcome: Outcome<unknown>,
  resultWhenDone?: EventResult<T>,
): NewOrderEventOf<CallEventType> {
  const failure = outcome.kind === 'refused' ? 'REFUSED' : 'UNKNOWN';
  const result = outcome.kind === 'done' ? (resultWhenDone ?? failure) : failure;
  return { type, result, orderNo, outTradeNo, data: { ...data, ...failureDataOf(outcome) }, raw: outcome.raw };
}

/** A message of WeChat with its raw text, and what it led to, such as APPLIED. */
type WechatMessage<T extends OrderEventType> = { [K in T]: { type: K; result: EventResult<K>; raw: string } }[T];

/** The event of a payment result. */
export function paidResultEvent(
  message: WechatMessage<'NOTICE' | 'QUERY'>,
  { outTradeNo, paidFen: amountFen, transactionId }: PaidResult,
  orderNo: string | null,
): NewOrderEvent {
  return { ...message, orderNo, outTradeNo, data: { amountFen, transactionId } };
}

/** The event of a refund result. */
export function refundResultEvent(
  message: WechatMessage<'REFUND_NOTICE' | 'REFUND_QUERY'>,
  { outRefundNo: refundNo, outTradeNo, refundFen: amountFen, state }: RefundResult,
  orderNo: string | null,
): NewOrderEvent {
  return { ...message, orderNo, outTradeNo, data: { refundNo, amountFen, state } };
}
