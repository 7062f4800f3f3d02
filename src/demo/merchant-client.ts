import { assertThat, DemoFailedError } from './assertions.js';
import { type Credentials, findCredentials } from './credentials.js';
import type { Coupon, Order, Refund } from './buyer-client.js';
import { sendRequest, type HttpCall, type HttpResponse } from './http.js';

/** A refund in the admin API. */
export interface AdminRefund extends Refund {
  sendCount: number;
  nextCheckAt: string | null;
}

/** The details on which staff base a decision. */
export interface AdminRefundDetails extends AdminRefund {
  facts: { paidFen: number; refundedFen: number; reservedFen: number; remainingFen: number };
}

/** A shipment and its state at WeChat. */
export interface ShipmentInfo {
  shipmentNo: number;
  state: string;
  errorCode: string | null;
}

/** Calls the admin API as a staff member. */
export class MerchantClient {
  private token = '';

  private constructor(
    private readonly shopUrl: string,
    private readonly credentials: Credentials,
  ) {}

  /** @throws DemoFailedError that says how to set the username and the password. */
  static async connect(shopUrl: string): Promise<MerchantClient> {
    const refusals: string[] = [];
    for (const known of findCredentials()) {
      const client = new MerchantClient(shopUrl, known);
      const { status, body } = await client.login();
      if (status === 200) return client;
      refusals.push(`${known.username}: ${status} ${body.code ?? ''}`);
    }
    throw new DemoFailedError(loginFailureText(refusals));
  }

  get name(): string {
    return this.credentials.username;
  }

  async listPendingRefunds(): Promise<AdminRefund[]> {
    const reply = await this.request<{ items: AdminRefund[] }>('GET', 'refunds?status=REQUESTED&limit=100');
    return this.expectStatus('the refunds', reply).items;
  }

  async getRefund({ refundNo }: Refund): Promise<AdminRefundDetails> {
    return this.expectStatus('the refund', await this.request<AdminRefundDetails>('GET', `refunds/${refundNo}`));
  }

  async approveRefund({ refundNo }: Refund): Promise<AdminRefund> {
    return this.expectStatus('approve', await this.request<AdminRefund>('POST', `refunds/${refundNo}/approve`, {}));
  }

  /** All refunds of an order with their admin fields. */
  async listRefunds({ orderNo }: Order): Promise<AdminRefund[]> {
    return this.expectStatus('the order', await this.request<{ refunds: AdminRefund[] }>('GET', `orders/${orderNo}`))
      .refunds;
  }

  async createShipment(
    { orderNo }: Order,
    input: { kind: string; carrier: string; trackingNo: string },
  ): Promise<ShipmentInfo> {
    return this.expectStatus(
      'the parcel',
      await this.request<ShipmentInfo>('POST', `orders/${orderNo}/shipments`, input),
      201,
    );
  }

  async listShipments({ orderNo }: Order): Promise<ShipmentInfo[]> {
    return this.expectStatus(
      'the parcels',
      await this.request<{ items: ShipmentInfo[] }>('GET', `orders/${orderNo}/shipments`),
    ).items;
  }

  /** Creates a coupon for this story and grants it to the user. */
  async grantCoupon(userId: string, discountFen: number): Promise<Coupon> {
    const input = { name: '演示券 Demo', discountFen, minSpendFen: 0, expiresAt: '2099-01-01T00:00:00Z' };
    const { id } = this.expectStatus('the coupon', await this.request<Coupon>('POST', 'coupons', input), 201);
    return this.expectStatus('the grant', await this.request<Coupon>('POST', `coupons/${id}/grant`, { userId }), 201);
  }

  /** Logs in again if the session has expired, because the demo advances the time by hours. */
  private async request<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<HttpResponse<T>> {
    const request = (): HttpCall => ({ method, body, headers: { authorization: `Bearer ${this.token}` } });
    const once = (): Promise<HttpResponse<T>> => sendRequest<T>(`${this.shopUrl}/admin/api/${path}`, request());
    const reply = await once();
    if (reply.status !== 401) return reply;
    await this.login();
    return once();
  }

  private async login(): Promise<HttpResponse<{ token: string; code?: string }>> {
    const url = `${this.shopUrl}/admin/api/auth/login`;
    const reply = await sendRequest<{ token: string; code?: string }>(url, { method: 'POST', body: this.credentials });
    if (reply.status === 200) this.token = reply.body.token;
    return reply;
  }

  private expectStatus<T>(what: string, { status, body }: HttpResponse<T>, expected = 200): T {
    assertThat(status === expected, `${what}: expected ${expected}, got ${status} ${JSON.stringify(body)}`);
    return body;
  }
}

function loginFailureText(refusals: string[]): string {
  const why =
    refusals.length > 0
      ? `The staff login was rejected (${refusals.join(', ')}). The password may have been changed.`
      : 'Staff must approve refunds, but the demo has no staff credentials.';
  return (
    `${why}\nSet the username and the password of a staff member. The first start printed the initial password:\n\n` +
    '  DEMO_ADMIN_USERNAME=admin DEMO_ADMIN_PASSWORD=… npm run demo\n\n' +
    'If the password is lost, stop the service, delete data/dev.sqlite* and start it again.'
  );
}
