import createClient, { type Client } from 'openapi-fetch';
import { CheckoutError } from './checkout-error.js';
import { NO_REPEAT_HEADER, retryingFetch, type RetryOptions } from './retrying-fetch.js';
import type { components, paths } from './server-schema.js';

export { CheckoutError } from './checkout-error.js';
export { EventSignatureError, verifyEvent, type CheckoutEvent, type ReconciledBill } from './verify-event.js';

/** The bodies of the server API. */
export type Schemas = components['schemas'];
export type PaymentOrder = Schemas['PaymentOrderView'];
export type Refund = Schemas['ServerRefundView'];
export type PayResult = Schemas['PayView'];

export interface WxCheckoutOptions extends RetryOptions {
  /** Address of the service, such as `https://pay.example.com`. */
  readonly baseUrl: string;
  /** `wxk_…`, with the scopes `payments:read`, `payments:write`, and `refunds:write` to refund. */
  readonly apiKey: string;
}

type EventList = paths['/server/api/events']['get']['responses'][200]['content']['application/json'];
type EventQuery = NonNullable<paths['/server/api/events']['get']['parameters']['query']>;

/**
 * The server API for a shop's backend. Every call but `reopen` may be repeated, by the caller too: your order and refund numbers
 * make sure that there is one payment order and one refund. Amounts are integers in fen.
 * @throws CheckoutError from every method.
 */
export class WxCheckout {
  /** All routes of the server API, for calls without a method here. They return `{ data, error, response }`. */
  readonly api: Client<paths>;

  constructor({ baseUrl, apiKey, ...retry }: WxCheckoutOptions) {
    const headers = { authorization: `Bearer ${apiKey}` };
    this.api = createClient<paths>({ baseUrl, headers, fetch: retryingFetch(retry) });
  }

  /** Creates a payment order, or returns the one with this `merchantOrderNo`. */
  createPaymentOrder(body: Schemas['CreatePaymentOrderBody']): Promise<PaymentOrder> {
    return unwrap(this.api.POST('/server/api/payment-orders', { body }));
  }

  getPaymentOrder(orderNo: string): Promise<PaymentOrder> {
    return unwrap(this.api.GET('/server/api/payment-orders/{orderNo}', { params: { path: { orderNo } } }));
  }

  /** Returns null when there is none. @param merchantOrderNo the number in your own system. */
  async findPaymentOrder(merchantOrderNo: string): Promise<PaymentOrder | null> {
    const query = { merchantOrderNo };
    const { items } = await unwrap(this.api.GET('/server/api/payment-orders', { params: { query } }));
    return items[0] ?? null;
  }

  /** Returns the parameters with which the mini-program opens WeChat's payment page. */
  pay(orderNo: string, body: Schemas['PayPaymentOrderBody']): Promise<PayResult> {
    return unwrap(this.api.POST('/server/api/payment-orders/{orderNo}/pay', { params: { path: { orderNo } }, body }));
  }

  /** Closes an unpaid order, at WeChat too. */
  close(orderNo: string): Promise<PaymentOrder> {
    return unwrap(this.api.POST('/server/api/payment-orders/{orderNo}/close', { params: { path: { orderNo } } }));
  }

  /** Queries WeChat now, for an order whose event has not arrived. */
  sync(orderNo: string): Promise<PaymentOrder> {
    return unwrap(this.api.POST('/server/api/payment-orders/{orderNo}/sync', { params: { path: { orderNo } } }));
  }

  /** Opens an expired order again. After a time-out read the order: a second call is refused if the first succeeded. */
  reopen(orderNo: string, body: Schemas['ReopenPaymentOrderBody'] = {}): Promise<PaymentOrder> {
    const params = { path: { orderNo } };
    const headers = { [NO_REPEAT_HEADER]: '1' };
    return unwrap(this.api.POST('/server/api/payment-orders/{orderNo}/reopen', { params, body, headers }));
  }

  /** Creates and sends a refund, or returns the one with this `merchantRefundNo`. */
  refund(orderNo: string, body: Schemas['RefundPaymentOrderBody']): Promise<Refund> {
    const params = { path: { orderNo } };
    return unwrap(this.api.POST('/server/api/payment-orders/{orderNo}/refunds', { params, body }));
  }

  getRefund(refundNo: string): Promise<Refund> {
    return unwrap(this.api.GET('/server/api/refunds/{refundNo}', { params: { path: { refundNo } } }));
  }

  /** Lists events in their order. Pass `nextCursor` as `after` to continue, also later. */
  listEvents(query: EventQuery = {}): Promise<EventList> {
    return unwrap(this.api.GET('/server/api/events', { params: { query } }));
  }
}

async function unwrap<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<NonNullable<Data>> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    throw new CheckoutError(0, null, { cause });
  });
  if (response.ok && data !== undefined && data !== null) return data;
  throw new CheckoutError(response.status, isObject(error) ? error : null);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
