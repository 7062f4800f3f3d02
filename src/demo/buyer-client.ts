import { assertThat } from './assertions.js';
import { sendRequest, type HttpResponse } from './http.js';
import type { SimulatorControlClient } from './simulator-control-client.js';

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

/** A coupon of one buyer. */
export interface Coupon {
  id: string;
  name: string;
  discountFen: number;
  status: string;
}

/** A refund in the mini-program API. */
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

/** JSAPI: in the mini-program. APP: in the shop's mobile app. */
type TradeType = 'JSAPI' | 'APP';

interface Login {
  token: string;
  expiresIn: number;
  user: { id: string };
}

/** Calls the mini-program API as a buyer. */
export class BuyerClient {
  private token = '';

  constructor(
    private readonly shopUrl: string,
    private readonly wechat: SimulatorControlClient,
    readonly openid: string,
  ) {}

  /** Exchanges the code of `wx.login` for a token. */
  async login(code: string): Promise<Login> {
    const url = `${this.shopUrl}/api/auth/login`;
    const login = expectStatus(200, 'login', await sendRequest<Login>(url, { method: 'POST', body: { code } }));
    this.token = login.token;
    return login;
  }

  async getProfile(): Promise<{ id: string; phone: string | null }> {
    return expectStatus(200, 'me', await this.request<{ id: string; phone: string | null }>('GET', 'auth/me'));
  }

  /** Returns the whole answer as text, so that it can be searched for the number. */
  async bindPhoneNumber(code: string): Promise<{ status: number; text: string }> {
    const { status, body } = await this.request<unknown>('POST', 'auth/phone', { body: { code } });
    return { status, text: JSON.stringify(body) };
  }

  async listProducts(): Promise<Product[]> {
    const reply = await sendRequest<{ items: Product[] }>(`${this.shopUrl}/api/products?limit=100`);
    return expectStatus(200, 'the list of products', reply).items;
  }

  async getStock({ id }: Product): Promise<number> {
    return expectStatus(200, 'the product', await sendRequest<Product>(`${this.shopUrl}/api/products/${id}`)).stock;
  }

  async listCoupons(): Promise<Coupon[]> {
    const reply = await this.request<{ items: Coupon[] }>('GET', 'coupons?limit=100');
    return expectStatus(200, 'the coupons', reply).items;
  }

  async createOrder(product: Product, quantity: number, couponId?: string): Promise<Order> {
    const body = { items: [{ productId: product.id, quantity }], ...(couponId !== undefined && { couponId }) };
    const headers = { 'idempotency-key': crypto.randomUUID() };
    return expectStatus(201, 'the order', await this.request<Order>('POST', 'orders', { body, headers }));
  }

  /** Returns the parameters of `wx.requestPayment`. */
  async startPayment(order: Order, tradeType: TradeType = 'JSAPI'): Promise<Payment> {
    return expectStatus(200, 'pay', await this.tryStartPayment<Payment>(order, tradeType));
  }

  tryStartPayment<T>({ orderNo }: Order, tradeType: TradeType = 'JSAPI'): Promise<HttpResponse<T>> {
    return this.request<T>('POST', `orders/${orderNo}/pay`, { body: { tradeType } });
  }

  /** The subscribe message templates for which the mini-program asks for consent. */
  async listMessageTemplates(): Promise<{ event: string; templateId: string }[]> {
    const reply = await this.request<{ items: { event: string; templateId: string }[] }>('GET', 'message-templates');
    return expectStatus(200, 'the templates', reply).items;
  }

  async getOrder({ orderNo }: Order): Promise<Order> {
    return expectStatus(200, 'the order', await this.request<Order>('GET', `orders/${orderNo}`));
  }

  /** Reserves the amount at once; staff decide later. */
  async requestRefund({ orderNo }: Order, amountFen: number, reason: string): Promise<Refund> {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const body = { amountFen, reason };
    return expectStatus(
      201,
      'the refund',
      await this.request<Refund>('POST', `orders/${orderNo}/refunds`, { body, headers }),
    );
  }

  async getRefund({ refundNo }: Refund): Promise<Refund> {
    return expectStatus(200, 'the refund', await this.request<Refund>('GET', `refunds/${refundNo}`));
  }

  async listRefunds({ orderNo }: Order): Promise<Refund[]> {
    const reply = await this.request<{ items: Refund[] }>('GET', `orders/${orderNo}/refunds`);
    return expectStatus(200, 'the refunds', reply).items;
  }

  /** Logs in again if the token has expired, because the demo advances the time by minutes. */
  private async request<T>(
    method: 'GET' | 'POST',
    path: string,
    { body, headers }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<HttpResponse<T>> {
    const once = (): Promise<HttpResponse<T>> =>
      sendRequest<T>(`${this.shopUrl}/api/${path}`, {
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

function expectStatus<T>(status: number, what: string, reply: HttpResponse<T>): T {
  assertThat(reply.status === status, `${what}: expected ${status}, got ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}
