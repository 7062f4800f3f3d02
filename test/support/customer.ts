import type { TradeType } from '../../src/wechat/wechat-pay.gateway.js';
import { call, type Reply } from './http.js';
import type { Shop } from './shop.js';

/** An order as the mini-program gets it. */
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

/** A refund as the mini-program gets it. */
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

/** What a buyer wants back. */
export interface RefundWish {
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

interface Line {
  productId: string;
  quantity?: number;
}

/** What the user does at the cashier: see the simulator's `cashier/pay`. */
interface Wish {
  outcome?: 'ok' | 'cancel' | 'fail' | 'ok-lost';
  notify?: 'normal' | 'lost' | 'before-answer';
  visibleAfterSeconds?: number;
  couponFen?: number;
}

/** A person with the mini-program in hand. */
export class Customer {
  private constructor(
    private readonly shop: Shop,
    readonly openid: string,
    readonly token: string,
    readonly id: string,
  ) {}

  static async login({ shop, code, openid }: { shop: Shop; code: string; openid: string }): Promise<Customer> {
    const reply = await call<{ token: string; user: { id: string } }>(`${shop.url}/api/auth/login`, {
      method: 'POST',
      body: { code },
    });
    if (reply.status !== 200) throw new Error(`The login failed: ${JSON.stringify(reply.body)}`);
    return new Customer(shop, openid, reply.body.token, reply.body.user.id);
  }

  /** Any call with this person's token; `at` chooses the instance. */
  asks<T = OrderJson>(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    { headers = {}, at = 0 } = {},
  ): Promise<Reply<T>> {
    const url = this.shop.instances[at]?.url ?? this.shop.url;
    return call<T>(`${url}/api/${path}`, {
      method,
      body,
      headers: { authorization: `Bearer ${this.token}`, ...headers },
    });
  }

  /** Places an order that must be accepted. */
  async orders(...lines: Line[]): Promise<OrderJson> {
    const items = lines.map(({ productId, quantity = 1 }) => ({ productId, quantity }));
    return expected(201, await this.asks('POST', 'orders', { items }));
  }

  /** Gets what opens the cashier; must be given. */
  async begins(order: OrderJson, tradeType?: TradeType): Promise<PayJson> {
    return expected(200, await this.triesToPay<PayJson>(order, tradeType));
  }

  triesToPay<T = ProblemJson>(order: OrderJson, tradeType?: string, at = 0): Promise<Reply<T>> {
    return this.asks<T>('POST', `orders/${order.orderNo}/pay`, tradeType === undefined ? undefined : { tradeType }, {
      at,
    });
  }

  /** Enters the password at the cashier. Returns what the client's callback is told, or null when it never comes. */
  async confirms(pay: PayJson, wish: Wish = {}): Promise<string | null> {
    const [door, shown] = cashierFor(pay.requestPayment);
    const { body } = await this.shop.wechat.control('POST', `cashier/${door}`, {
      openid: this.openid,
      ...shown,
      ...wish,
    });
    return (body as { errMsg: string | null }).errMsg;
  }

  /** Opens the cashier and pays. */
  async pays(order: OrderJson, wish: Wish = {}): Promise<PayJson> {
    const pay = await this.begins(order);
    await this.confirms(pay, wish);
    return pay;
  }

  async sees(order: OrderJson): Promise<OrderJson> {
    return expected(200, await this.asks('GET', `orders/${order.orderNo}`));
  }

  syncs<T = OrderJson>(order: OrderJson): Promise<Reply<T>> {
    return this.asks<T>('POST', `orders/${order.orderNo}/sync`);
  }

  /** Asks for money back; must be accepted. */
  async wantsBack(order: OrderJson, { amountFen, reason = '不想要了' }: RefundWish = {}): Promise<RefundJson> {
    return expected(201, await this.triesToGetBack<RefundJson>(order, { reason, ...(amountFen && { amountFen }) }));
  }

  triesToGetBack<T = ProblemJson>(order: OrderJson, wish: RefundWish, at = 0): Promise<Reply<T>> {
    return this.asks<T>('POST', `orders/${order.orderNo}/refunds`, { reason: '不想要了', ...wish }, { at });
  }

  async seesRefund({ refundNo }: RefundJson): Promise<RefundJson> {
    return expected(200, await this.asks<RefundJson>('GET', `refunds/${refundNo}`));
  }

  /** The refunds of an order, newest first. */
  async seesRefunds(order: OrderJson): Promise<RefundJson[]> {
    const reply = await this.asks<{ items: RefundJson[] }>('GET', `orders/${order.orderNo}/refunds`);
    return expected(200, reply).items;
  }

  cancels<T = OrderJson>(order: OrderJson, at = 0): Promise<Reply<T>> {
    return this.asks<T>('POST', `orders/${order.orderNo}/cancel`, undefined, { at });
  }
}

/** Where these parameters open the cashier, and what is shown there. */
function cashierFor(requestPayment: Record<string, string>): [door: string, shown: object] {
  const { codeUrl, mwebUrl, partnerid } = requestPayment;
  if (codeUrl !== undefined) return ['scan', { codeUrl }];
  if (mwebUrl !== undefined) return ['mweb', { mwebUrl }];
  return partnerid === undefined ? ['pay', { requestPayment }] : ['app', { payRequest: requestPayment }];
}

function expected<T>(status: number, reply: Reply<T>): T {
  if (reply.status !== status)
    throw new Error(`Expected ${status}, got ${reply.status}: ${JSON.stringify(reply.body)}`);
  return reply.body;
}
