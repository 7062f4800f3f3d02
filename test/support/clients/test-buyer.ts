import { BuyerClient, logInBuyer } from '../../../tools/client/buyer-client.js';
import type { HttpResponse } from '../../../tools/client/http.js';
import { ServiceClient, Session } from '../../../tools/client/service-client.js';
import type { Order, PayResponse, Problem, Refund, TradeType } from '../../../tools/client/service-client.js';
import type { CashierDecision } from '../../../tools/client/simulator-client.js';
import { expectOk } from '../../../tools/client/typed-client.js';
import type { SimulatorControl } from '../wechat/simulator-control.js';
import { callInstance } from './call-instance.js';

export type OrderJson = Order;
export type RefundJson = Refund;
export type PayJson = PayResponse;
export type ProblemJson = Problem;

/** Input of a refund request. */
export interface RefundRequestInput {
  amountFen?: number;
  reason?: string;
}

interface OrderLineInput {
  productId: string;
  quantity?: number;
}

/** The part of a `TestShop` that its buyers use. */
export interface BuyersShop {
  readonly url: string;
  readonly instances: readonly { readonly url: string }[];
  readonly wechat: SimulatorControl;
}

/** A buyer who uses the mini-program. */
export class TestBuyer {
  private constructor(
    private readonly shop: BuyersShop,
    readonly openid: string,
    readonly token: string,
    readonly id: string,
  ) {}

  static async login({ shop, code, openid }: { shop: BuyersShop; code: string; openid: string }): Promise<TestBuyer> {
    const { token, user } = expectOk('login', await logInBuyer(new ServiceClient(shop.url), code));
    return new TestBuyer(shop, openid, token, user?.id ?? '');
  }

  /** Calls the mini-program API with this buyer's token. `at` chooses the instance. */
  call<T = OrderJson>(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    { headers = {}, at = 0 } = {},
  ): Promise<HttpResponse<T>> {
    return callInstance(this.shop, this.token, method, `api/${path}`, { body, headers, at });
  }

  /**
   * Creates an order.
   * @throws when it is not accepted.
   */
  async createOrder(...lines: OrderLineInput[]): Promise<OrderJson> {
    const items = lines.map(({ productId, quantity = 1 }) => ({ productId, quantity }));
    return expectOk('order', await this.client().createOrder(items));
  }

  /**
   * Calls pay and returns the parameters for the payment page.
   * @throws when the call is rejected.
   */
  async startPayment(order: OrderJson, tradeType?: TradeType): Promise<PayJson> {
    return expectOk('pay', await this.client().startPayment(order.orderNo, tradeType));
  }

  /** Calls pay, also with an unknown trade type or with an empty body. */
  tryStartPayment<T = ProblemJson>(order: OrderJson, tradeType?: string, at = 0): Promise<HttpResponse<T>> {
    const body = tradeType === undefined ? undefined : { tradeType };
    return this.call<T>('POST', `orders/${order.orderNo}/pay`, body, { at });
  }

  /**
   * Pays on the payment page.
   * @returns the `errMsg` of the client's callback, or null when there is no callback.
   */
  confirmPayment(pay: PayJson, decision: CashierDecision = {}): Promise<string | null> {
    return this.shop.wechat.confirmPayment(this.openid, pay.requestPayment, decision);
  }

  /** Calls pay and pays on the payment page. */
  async pay(order: OrderJson, decision: CashierDecision = {}): Promise<PayJson> {
    const pay = await this.startPayment(order);
    await this.confirmPayment(pay, decision);
    return pay;
  }

  async getOrder(order: OrderJson): Promise<OrderJson> {
    return expectOk('order', await this.client().getOrder(order.orderNo));
  }

  /** The reply has the type that the test expects. */
  async syncOrder<T = OrderJson>(order: OrderJson): Promise<HttpResponse<T>> {
    return asExpected(await this.client().syncOrder(order.orderNo));
  }

  /**
   * Requests a refund.
   * @throws when it is not accepted.
   */
  async requestRefund(order: OrderJson, input: RefundRequestInput = {}): Promise<RefundJson> {
    return expectOk('refund', await this.client().requestRefund(order.orderNo, refundBodyOf(input)));
  }

  async tryRequestRefund<T = ProblemJson>(
    order: OrderJson,
    input: RefundRequestInput,
    at = 0,
  ): Promise<HttpResponse<T>> {
    return asExpected(await this.client(at).requestRefund(order.orderNo, refundBodyOf(input)));
  }

  async getRefund({ refundNo }: RefundJson): Promise<RefundJson> {
    return expectOk('refund', await this.client().getRefund(refundNo));
  }

  /** Lists the refunds of an order, newest first. */
  async listRefunds(order: OrderJson): Promise<RefundJson[]> {
    return expectOk('refunds', await this.client().listRefunds(order.orderNo)).items;
  }

  async cancelOrder<T = OrderJson>(order: OrderJson, at = 0): Promise<HttpResponse<T>> {
    return asExpected(await this.client(at).cancelOrder(order.orderNo));
  }

  /** The typed client of one instance. It never logs in again: a test sees when the token is rejected. */
  private client(at = 0): BuyerClient {
    return new BuyerClient(new ServiceClient(this.urlOf(at)), new Session(null, this.token));
  }

  private urlOf(at: number): string {
    return this.shop.instances[at]?.url ?? this.shop.url;
  }
}

/** `amountFen: 0` is sent: the service must reject it. */
function refundBodyOf({ amountFen, reason = '不想要了' }: RefundRequestInput): { amountFen?: number; reason: string } {
  return { reason, ...(amountFen !== undefined && { amountFen }) };
}

/** The reply with the type that the test expects, for success or failure. */
function asExpected<T>(reply: HttpResponse): HttpResponse<T> {
  return reply as HttpResponse<T>;
}
