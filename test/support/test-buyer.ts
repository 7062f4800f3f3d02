import type { TradeType } from '../../src/wechat/wechat-pay.gateway.js';
import { call, type HttpReply } from './http.js';
import type { TestShop } from './test-shop.js';

/** An order in the mini-program API. */
export interface OrderJson {
  orderNo: string;
  status: string;
  refundStatus: string;
  refundedFen: number;
  closeReason: string | null;
  payableFen: number;
  paidFen: number;
  transactionId: string | null;
  expiresAt: string;
}

/** A refund in the mini-program API. */
export interface RefundJson {
  refundNo: string;
  orderNo: string;
  kind: string;
  amountFen: number;
  status: string;
  waitReason: string | null;
  rejectReason: string | null;
  completedAt: string | null;
}

/** Input of a refund request. */
export interface RefundRequestInput {
  amountFen?: number;
  reason?: string;
}

export interface PayJson {
  orderNo: string;
  outTradeNo: string;
  expiresAt: string;
  requestPayment: Record<string, string>;
}

export interface ProblemJson {
  code: string;
  status: number;
  detail: string;
  retryable: boolean;
  upstreamCode?: string;
  errors?: { field: string; message: string }[];
}

interface OrderLineInput {
  productId: string;
  quantity?: number;
}

/** What the user does at the cashier: see the simulator's `cashier/pay`. */
interface CashierActionInput {
  outcome?: 'ok' | 'cancel' | 'fail' | 'ok-lost';
  notify?: 'normal' | 'lost' | 'before-answer';
  visibleAfterSeconds?: number;
  couponFen?: number;
}

/** A buyer who uses the mini-program. */
export class TestBuyer {
  private constructor(
    private readonly shop: TestShop,
    readonly openid: string,
    readonly token: string,
    readonly id: string,
  ) {}

  static async login({ shop, code, openid }: { shop: TestShop; code: string; openid: string }): Promise<TestBuyer> {
    const reply = await call<{ token: string; user: { id: string } }>(`${shop.url}/api/auth/login`, {
      method: 'POST',
      body: { code },
    });
    if (reply.status !== 200) throw new Error(`The login failed: ${JSON.stringify(reply.body)}`);
    return new TestBuyer(shop, openid, reply.body.token, reply.body.user.id);
  }

  /** Calls the mini-program API with this buyer's token. `at` chooses the instance. */
  call<T = OrderJson>(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    { headers = {}, at = 0 } = {},
  ): Promise<HttpReply<T>> {
    const url = this.shop.instances[at]?.url ?? this.shop.url;
    return call<T>(`${url}/api/${path}`, {
      method,
      body,
      headers: { authorization: `Bearer ${this.token}`, ...headers },
    });
  }

  /**
   * Creates an order.
   * @throws when it is not accepted.
   */
  async createOrder(...lines: OrderLineInput[]): Promise<OrderJson> {
    const items = lines.map(({ productId, quantity = 1 }) => ({ productId, quantity }));
    return expectStatus(201, await this.call('POST', 'orders', { items }));
  }

  /**
   * Calls pay and returns the parameters for the cashier.
   * @throws when the call is refused.
   */
  async startPayment(order: OrderJson, tradeType?: TradeType): Promise<PayJson> {
    return expectStatus(200, await this.tryStartPayment<PayJson>(order, tradeType));
  }

  tryStartPayment<T = ProblemJson>(order: OrderJson, tradeType?: string, at = 0): Promise<HttpReply<T>> {
    return this.call<T>('POST', `orders/${order.orderNo}/pay`, tradeType === undefined ? undefined : { tradeType }, {
      at,
    });
  }

  /**
   * Pays at the cashier.
   * @returns the `errMsg` of the client's callback, or null when there is no callback.
   */
  async confirmPayment(pay: PayJson, input: CashierActionInput = {}): Promise<string | null> {
    const [endpoint, shown] = cashierRequestOf(pay.requestPayment);
    const { body } = await this.shop.wechat.control('POST', `cashier/${endpoint}`, {
      openid: this.openid,
      ...shown,
      ...input,
    });
    return (body as { errMsg: string | null }).errMsg;
  }

  /** Calls pay and pays at the cashier. */
  async pay(order: OrderJson, input: CashierActionInput = {}): Promise<PayJson> {
    const pay = await this.startPayment(order);
    await this.confirmPayment(pay, input);
    return pay;
  }

  async getOrder(order: OrderJson): Promise<OrderJson> {
    return expectStatus(200, await this.call('GET', `orders/${order.orderNo}`));
  }

  syncOrder<T = OrderJson>(order: OrderJson): Promise<HttpReply<T>> {
    return this.call<T>('POST', `orders/${order.orderNo}/sync`);
  }

  /**
   * Requests a refund.
   * @throws when it is not accepted.
   */
  async requestRefund(
    order: OrderJson,
    { amountFen, reason = '不想要了' }: RefundRequestInput = {},
  ): Promise<RefundJson> {
    return expectStatus(
      201,
      await this.tryRequestRefund<RefundJson>(order, { reason, ...(amountFen && { amountFen }) }),
    );
  }

  tryRequestRefund<T = ProblemJson>(order: OrderJson, input: RefundRequestInput, at = 0): Promise<HttpReply<T>> {
    return this.call<T>('POST', `orders/${order.orderNo}/refunds`, { reason: '不想要了', ...input }, { at });
  }

  async getRefund({ refundNo }: RefundJson): Promise<RefundJson> {
    return expectStatus(200, await this.call<RefundJson>('GET', `refunds/${refundNo}`));
  }

  /** Lists the refunds of an order, newest first. */
  async listRefunds(order: OrderJson): Promise<RefundJson[]> {
    const reply = await this.call<{ items: RefundJson[] }>('GET', `orders/${order.orderNo}/refunds`);
    return expectStatus(200, reply).items;
  }

  cancelOrder<T = OrderJson>(order: OrderJson, at = 0): Promise<HttpReply<T>> {
    return this.call<T>('POST', `orders/${order.orderNo}/cancel`, undefined, { at });
  }
}

/** Returns the cashier endpoint for these parameters, and its request body. */
function cashierRequestOf(requestPayment: Record<string, string>): [endpoint: string, shown: object] {
  const { codeUrl, mwebUrl, partnerid } = requestPayment;
  if (codeUrl !== undefined) return ['scan', { codeUrl }];
  if (mwebUrl !== undefined) return ['mweb', { mwebUrl }];
  return partnerid === undefined ? ['pay', { requestPayment }] : ['app', { payRequest: requestPayment }];
}

function expectStatus<T>(status: number, reply: HttpReply<T>): T {
  if (reply.status !== status)
    throw new Error(`Expected ${status}, got ${reply.status}: ${JSON.stringify(reply.body)}`);
  return reply.body;
}
