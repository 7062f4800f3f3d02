import { insist, NotAsItShouldBe } from './checks.js';
import { type Credentials, credentials } from './credentials.js';
import type { Coupon, Order, Refund } from './customer.js';
import { call, type Call, type Reply } from './http.js';

/** A refund as the staff see it. */
export interface DeskRefund extends Refund {
  sendCount: number;
  nextCheckAt: string | null;
}

/** What the staff look at before they decide. */
export interface Case extends DeskRefund {
  facts: { paidFen: number; refundedFen: number; reservedFen: number; remainingFen: number };
}

/** A parcel, and what WeChat knows of it. */
export interface Parcel {
  shipmentNo: number;
  state: string;
  errorCode: string | null;
}

/** Somebody of the shop's staff, who decides about refunds, and ships. */
export class Clerk {
  private token = '';

  private constructor(
    private readonly shopUrl: string,
    private readonly known: Credentials,
  ) {}

  /** @throws NotAsItShouldBe that says how to pass a name and a password. */
  static async comesIn(shopUrl: string): Promise<Clerk> {
    const refusals: string[] = [];
    for (const known of credentials()) {
      const clerk = new Clerk(shopUrl, known);
      const { status, body } = await clerk.login();
      if (status === 200) return clerk;
      refusals.push(`${known.username}: ${status} ${body.code ?? ''}`);
    }
    throw new NotAsItShouldBe(whoDecides(refusals));
  }

  get name(): string {
    return this.known.username;
  }

  async queue(): Promise<DeskRefund[]> {
    const reply = await this.asks<{ items: DeskRefund[] }>('GET', 'refunds?status=REQUESTED&limit=100');
    return this.accepted('the refunds', reply).items;
  }

  async looksAt({ refundNo }: Refund): Promise<Case> {
    return this.accepted('the refund', await this.asks<Case>('GET', `refunds/${refundNo}`));
  }

  async approves({ refundNo }: Refund): Promise<DeskRefund> {
    return this.accepted('approve', await this.asks<DeskRefund>('POST', `refunds/${refundNo}/approve`, {}));
  }

  /** All refunds of an order, with what only the staff see of them. */
  async refundsOf({ orderNo }: Order): Promise<DeskRefund[]> {
    return this.accepted('the order', await this.asks<{ refunds: DeskRefund[] }>('GET', `orders/${orderNo}`)).refunds;
  }

  async ships({ orderNo }: Order, wish: { kind: string; carrier: string; trackingNo: string }): Promise<Parcel> {
    return this.accepted('the parcel', await this.asks<Parcel>('POST', `orders/${orderNo}/shipments`, wish), 201);
  }

  async parcelsOf({ orderNo }: Order): Promise<Parcel[]> {
    return this.accepted('the parcels', await this.asks<{ items: Parcel[] }>('GET', `orders/${orderNo}/shipments`))
      .items;
  }

  /** Makes a kind of coupon for this story, and hands one to the user. */
  async grantsCoupon(userId: string, discountFen: number): Promise<Coupon> {
    const facts = { name: '演示券 Demo', discountFen, minSpendFen: 0, expiresAt: '2099-01-01T00:00:00Z' };
    const { id } = this.accepted('the coupon', await this.asks<Coupon>('POST', 'coupons', facts), 201);
    return this.accepted('the grant', await this.asks<Coupon>('POST', `coupons/${id}/grant`, { userId }), 201);
  }

  /** Logs in anew, silently, when the session has ended meanwhile: hours pass quickly here. */
  private async asks<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Reply<T>> {
    const request = (): Call => ({ method, body, headers: { authorization: `Bearer ${this.token}` } });
    const once = (): Promise<Reply<T>> => call<T>(`${this.shopUrl}/admin/api/${path}`, request());
    const reply = await once();
    if (reply.status !== 401) return reply;
    await this.login();
    return once();
  }

  private async login(): Promise<Reply<{ token: string; code?: string }>> {
    const url = `${this.shopUrl}/admin/api/auth/login`;
    const reply = await call<{ token: string; code?: string }>(url, { method: 'POST', body: this.known });
    if (reply.status === 200) this.token = reply.body.token;
    return reply;
  }

  private accepted<T>(what: string, { status, body }: Reply<T>, wanted = 200): T {
    insist(status === wanted, `${what}: expected ${wanted}, got ${status} ${JSON.stringify(body)}`);
    return body;
  }
}

function whoDecides(refusals: string[]): string {
  const why =
    refusals.length > 0
      ? `The shop does not let the staff in (${refusals.join(', ')}). Was the password changed?`
      : 'Staff must approve refunds, and nobody has told the demo how to log in.';
  return (
    `${why}\nSay who may decide about refunds, with the password that the first start has printed or the one chosen since:\n\n` +
    '  DEMO_ADMIN_USERNAME=admin DEMO_ADMIN_PASSWORD=… npm run demo\n\n' +
    'Is it lost? Stop the service, delete data/dev.sqlite* and start it again.'
  );
}
