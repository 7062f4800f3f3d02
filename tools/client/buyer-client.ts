import type { ServiceClient, ServiceReply, ServiceSchemas, Session, TradeType } from './service-client.ts';

interface NewOrderOptions {
  couponId?: string;
  idempotencyKey?: string;
}

/** Exchanges the code of `wx.login` for a token. */
export function logInBuyer(
  service: ServiceClient,
  code: string,
): Promise<ServiceReply<ServiceSchemas['LoginResponse']>> {
  return service.request('POST', '/api/auth/login', { body: { code } });
}

/** Calls the mini-program API as one buyer. No method throws when the service refuses the call. */
export class BuyerClient {
  readonly #api: ServiceClient;

  constructor(service: ServiceClient, session: Session) {
    this.#api = service.as(session);
  }

  getProfile() {
    return this.#api.request('GET', '/api/auth/me');
  }

  bindPhoneNumber(code: string) {
    return this.#api.request('POST', '/api/auth/phone', { body: { code } });
  }

  listProducts() {
    return this.#api.request('GET', '/api/products', { query: { limit: 100 } });
  }

  getProduct(id: string) {
    return this.#api.request('GET', '/api/products/{id}', { path: { id } });
  }

  listCoupons() {
    return this.#api.request('GET', '/api/coupons', { query: { limit: 100 } });
  }

  /** The subscribe message templates for which the mini-program asks for consent. */
  listMessageTemplates() {
    return this.#api.request('GET', '/api/message-templates');
  }

  createOrder(items: ServiceSchemas['OrderItemBody'][], { couponId, ...options }: NewOrderOptions = {}) {
    const body = { items, ...(couponId !== undefined && { couponId }) };
    return this.#api.request('POST', '/api/orders', { ...options, body });
  }

  /** Returns the parameters of `wx.requestPayment`, of the app's SDK, or the URL of a code or page. */
  startPayment(orderNo: string, tradeType?: TradeType) {
    const body = { ...(tradeType !== undefined && { tradeType }) };
    return this.#api.request('POST', '/api/orders/{orderNo}/pay', { path: { orderNo }, body });
  }

  getOrder(orderNo: string) {
    return this.#api.request('GET', '/api/orders/{orderNo}', { path: { orderNo } });
  }

  syncOrder(orderNo: string) {
    return this.#api.request('POST', '/api/orders/{orderNo}/sync', { path: { orderNo } });
  }

  cancelOrder(orderNo: string) {
    return this.#api.request('POST', '/api/orders/{orderNo}/cancel', { path: { orderNo } });
  }

  /** Reserves the amount at once; staff decide later. */
  requestRefund(orderNo: string, body: ServiceSchemas['RequestRefundBody'], options: { idempotencyKey?: string } = {}) {
    return this.#api.request('POST', '/api/orders/{orderNo}/refunds', { ...options, path: { orderNo }, body });
  }

  getRefund(refundNo: string) {
    return this.#api.request('GET', '/api/refunds/{refundNo}', { path: { refundNo } });
  }

  cancelRefund(refundNo: string) {
    return this.#api.request('POST', '/api/refunds/{refundNo}/cancel', { path: { refundNo } });
  }

  /** The refunds of an order, newest first. */
  listRefunds(orderNo: string) {
    return this.#api.request('GET', '/api/orders/{orderNo}/refunds', { path: { orderNo } });
  }
}
