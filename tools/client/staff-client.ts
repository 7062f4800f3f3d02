import type { ServiceClient, ServiceReply, ServiceSchemas, Session } from './service-client.ts';

export interface Credentials {
  username: string;
  password: string;
}

/** Logs a staff member in. */
export function logInStaff(
  service: ServiceClient,
  credentials: Credentials,
): Promise<ServiceReply<ServiceSchemas['StaffLoginResponse']>> {
  return service.request('POST', '/admin/api/auth/login', { body: credentials });
}

/** Calls the admin API as one staff member. No method throws when the service refuses the call. */
export class StaffClient {
  readonly #api: ServiceClient;

  constructor(service: ServiceClient, session: Session) {
    this.#api = service.as(session);
  }

  createProduct(body: ServiceSchemas['NewProductBody']) {
    return this.#api.request('POST', '/admin/api/products', { body });
  }

  createCoupon(body: ServiceSchemas['NewCouponBody']) {
    return this.#api.request('POST', '/admin/api/coupons', { body });
  }

  grantCoupon(id: string, userId: string, options: { idempotencyKey?: string } = {}) {
    return this.#api.request('POST', '/admin/api/coupons/{id}/grant', { ...options, path: { id }, body: { userId } });
  }

  createStaff(body: ServiceSchemas['NewStaffBody']) {
    return this.#api.request('POST', '/admin/api/admins', { body });
  }

  createApiKey(body: ServiceSchemas['NewApiKeyBody']) {
    return this.#api.request('POST', '/admin/api/api-keys', { body });
  }

  getOrder(orderNo: string) {
    return this.#api.request('GET', '/admin/api/orders/{orderNo}', { path: { orderNo } });
  }

  listPendingRefunds() {
    return this.#api.request('GET', '/admin/api/refunds', { query: { status: 'REQUESTED', limit: 100 } });
  }

  getRefund(refundNo: string) {
    return this.#api.request('GET', '/admin/api/refunds/{refundNo}', { path: { refundNo } });
  }

  approveRefund(refundNo: string, body: ServiceSchemas['ApproveRefundBody'] = {}) {
    return this.#api.request('POST', '/admin/api/refunds/{refundNo}/approve', { path: { refundNo }, body });
  }

  rejectRefund(refundNo: string, reason: string) {
    return this.#api.request('POST', '/admin/api/refunds/{refundNo}/reject', { path: { refundNo }, body: { reason } });
  }

  retryRefund(refundNo: string) {
    return this.#api.request('POST', '/admin/api/refunds/{refundNo}/retry', { path: { refundNo } });
  }

  decideBatch(body: ServiceSchemas['RefundBatchBody']) {
    return this.#api.request('POST', '/admin/api/refunds/batch', { body });
  }

  createMerchantRefund(
    orderNo: string,
    body: ServiceSchemas['CreateMerchantRefundBody'],
    idempotencyKey: string,
  ): Promise<ServiceReply<ServiceSchemas['AdminRefundView']>> {
    return this.#api.request('POST', '/admin/api/orders/{orderNo}/refunds', {
      idempotencyKey,
      path: { orderNo },
      body,
    });
  }

  createShipment(orderNo: string, body: ServiceSchemas['ShipBody']) {
    return this.#api.request('POST', '/admin/api/orders/{orderNo}/shipments', { path: { orderNo }, body });
  }

  /** The bills of all days, newest first. */
  listBills() {
    return this.#api.request('GET', '/admin/api/bills', { query: { limit: 100 } });
  }

  listBillDifferences(date: string) {
    return this.#api.request('GET', '/admin/api/bills/{date}/differences', { path: { date } });
  }

  reconcileBill(date: string) {
    return this.#api.request('POST', '/admin/api/bills/{date}/reconcile', { path: { date } });
  }

  listShipments(orderNo: string) {
    return this.#api.request('GET', '/admin/api/orders/{orderNo}/shipments', { path: { orderNo } });
  }
}
