import { insist } from './checks.js';
import { call, type Reply } from './http.js';
import type { Wechat } from './wechat.js';

export interface Product {
  id: string;
  name: string;
  priceFen: number;
  stock: number;
}

export interface Order {
  orderNo: string;
  status: 'PENDING' | 'PAID' | 'CLOSED';
  totalFen: number;
  discountFen: number;
  payableFen: number;
  paidFen: number;
  refundStatus: 'NONE' | 'REQUESTED' | 'PROCESSING' | 'PARTIAL' | 'FULL';
  refundedFen: number;
  transactionId: string | null;
  closeReason: string | null;
  expiresAt: string;
  closedAt: string | null;
}

/** So much off, in the hands of one customer. */
export interface Coupon {
  id: string;
  name: string;
  discountFen: number;
  status: string;
}

/** Money on its way back, as the buyer sees it. */
export interface Refund {
  refundNo: string;
  kind: string;
  amountFen: number;
  reason: string;
  status: string;
  waitReason: string | null;
}

export interface Payment {
  outTradeNo: string;
  requestPayment: Record<string, string>;
}

/** How somebody pays: in the mini-program, or in the shop's app. */
type TradeType = 'JSAPI' | 'APP';

interface Login {
  token: string;
  expiresIn: number;
  user: { id: string };
}

/** Somebody with the mini-program in hand: knows the shop's address and nothing else of it. */
export class Customer {
  private token = '';

  constructor(
    private readonly shopUrl: string,
    private readonly wechat: Wechat,
    readonly openid: string,
  ) {}

  /** The code of `wx.login` becomes a token. */
  async login(code: string): Promise<Login> {
    const url = `${this.shopUrl}/api/auth/login`;
    const login = accepted(200, 'login', await call<Login>(url, { method: 'POST', body: { code } }));
    this.token = login.token;
    return login;
  }

  async me(): Promise<{ id: string; phone: string | null }> {
    return accepted(200, 'me', await this.asks<{ id: string; phone: string | null }>('GET', 'auth/me'));
  }

  /** The answer as it was written, so that nothing in it is overlooked. */
  async givesPhone(code: string): Promise<{ status: number; text: string }> {
    const { status, body } = await this.asks<unknown>('POST', 'auth/phone', { body: { code } });
    return { status, text: JSON.stringify(body) };
  }

  async products(): Promise<Product[]> {
    const reply = await call<{ items: Product[] }>(`${this.shopUrl}/api/products?limit=100`);
    return accepted(200, 'the list of products', reply).items;
  }

  async stockOf({ id }: Product): Promise<number> {
    return accepted(200, 'the product', await call<Product>(`${this.shopUrl}/api/products/${id}`)).stock;
  }

  async coupons(): Promise<Coupon[]> {
    const reply = await this.asks<{ items: Coupon[] }>('GET', 'coupons?limit=100');
    return accepted(200, 'the coupons', reply).items;
  }

  async orders(product: Product, quantity: number, couponId?: string): Promise<Order> {
    const body = { items: [{ productId: product.id, quantity }], ...(couponId !== undefined && { couponId }) };
    const headers = { 'idempotency-key': crypto.randomUUID() };
    return accepted(201, 'the order', await this.asks<Order>('POST', 'orders', { body, headers }));
  }

  /** What opens the cashier. */
  async begins(order: Order, tradeType: TradeType = 'JSAPI'): Promise<Payment> {
    return accepted(200, 'pay', await this.triesToPay<Payment>(order, tradeType));
  }

  triesToPay<T>({ orderNo }: Order, tradeType: TradeType = 'JSAPI'): Promise<Reply<T>> {
    return this.asks<T>('POST', `orders/${orderNo}/pay`, { body: { tradeType } });
  }

  /** By which templates the shop tells of what: they are asked for in the tap that pays. */
  async messageTemplates(): Promise<{ event: string; templateId: string }[]> {
    const reply = await this.asks<{ items: { event: string; templateId: string }[] }>('GET', 'message-templates');
    return accepted(200, 'the templates', reply).items;
  }

  async sees({ orderNo }: Order): Promise<Order> {
    return accepted(200, 'the order', await this.asks<Order>('GET', `orders/${orderNo}`));
  }

  /** The amount is reserved at once; the staff decide. */
  async wantsBack({ orderNo }: Order, amountFen: number, reason: string): Promise<Refund> {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const body = { amountFen, reason };
    return accepted(201, 'the refund', await this.asks<Refund>('POST', `orders/${orderNo}/refunds`, { body, headers }));
  }

  async seesRefund({ refundNo }: Refund): Promise<Refund> {
    return accepted(200, 'the refund', await this.asks<Refund>('GET', `refunds/${refundNo}`));
  }

  async seesRefunds({ orderNo }: Order): Promise<Refund[]> {
    const reply = await this.asks<{ items: Refund[] }>('GET', `orders/${orderNo}/refunds`);
    return accepted(200, 'the refunds', reply).items;
  }

  /** Logs in anew, silently, when the token has died meanwhile: minutes pass quickly here. */
  private async asks<T>(
    method: 'GET' | 'POST',
    path: string,
    { body, headers }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Reply<T>> {
    const once = (): Promise<Reply<T>> =>
      call<T>(`${this.shopUrl}/api/${path}`, {
        method,
        body,
        headers: { ...headers, authorization: `Bearer ${this.token}` },
      });
    const reply = await once();
    if (reply.status !== 401 || codeOf(reply.body) !== 'UNAUTHENTICATED') return reply;
    await this.login((await this.wechat.wxLogin(this.openid)).code);
    return once();
  }
}

function codeOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
}

function accepted<T>(status: number, what: string, reply: Reply<T>): T {
  insist(reply.status === status, `${what}: expected ${status}, got ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}
