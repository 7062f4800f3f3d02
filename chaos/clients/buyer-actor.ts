import { BuyerClient, logInBuyer } from '../../tools/client/buyer-client.ts';
import { UnreachableError } from '../../tools/client/http.ts';
import { RetriesExhaustedError } from './recording-sender.ts';
import { Session, type Order, type PayResponse, type Refund } from '../../tools/client/service-client.ts';
import type { ServiceReply, ServiceSchemas } from '../../tools/client/service-client.ts';
import type { CashierDecision } from '../../tools/client/simulator-client.ts';
import type { ScenarioServices } from './scenario-services.ts';

/** Each attempt needs a new code. A code may be used by a call whose response was lost. */
const MAX_LOGIN_ATTEMPTS = 30;

/** The trade types that these buyers use. */
type ChaosTradeType = 'JSAPI' | 'NATIVE';

/** A buyer with the mini-program. Uses the shop by its API and the phone by the simulator, and records the responses. */
export class BuyerActor {
  /** The user id of this buyer, after the login. */
  id = '';
  /** Ids of all user coupons of this buyer, used or not. */
  readonly userCoupons: string[] = [];
  #openid = '';
  readonly #services: ScenarioServices;
  readonly #client: BuyerClient;
  readonly #clientOnce: BuyerClient;

  constructor(services: ScenarioServices) {
    const session = new Session(() => this.#logIn());
    this.#services = services;
    this.#client = new BuyerClient(services.service, session);
    this.#clientOnce = new BuyerClient(services.serviceOnce, session);
  }

  /** Logs in, unless this buyer has done so before. */
  async ensureLoggedIn(): Promise<void> {
    if (this.id === '') await this.#client.listCoupons();
  }

  createOrder(
    items: ServiceSchemas['OrderItemBody'][],
    idempotencyKey: string,
    userCouponId: string | null,
  ): Promise<ServiceReply<Order>> {
    const options = { idempotencyKey, ...(userCouponId !== null && { couponId: userCouponId }) };
    return this.#recordOrder(this.#client.createOrder(items, options));
  }

  /** @returns null if the order cannot be paid */
  async startPayment(orderNo: string, tradeType: ChaosTradeType = 'JSAPI'): Promise<PayResponse | null> {
    const reply = await this.#client.startPayment(orderNo, tradeType);
    if (!reply.isOk) return null;
    this.#services.answerRecord.recordPayment(reply.body);
    return reply.body;
  }

  /** One call without a retry; its response is ignored. */
  async tryStartPayment(orderNo: string, tradeType: ChaosTradeType): Promise<void> {
    try {
      await this.#clientOnce.startPayment(orderNo, tradeType);
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
    }
  }

  /** Enters the password, or decides otherwise. @returns whether the phone shows success */
  async confirmPayment(sheet: PayResponse | null, decision: CashierDecision = {}): Promise<boolean> {
    if (!sheet) return false;
    const errMsg = await this.#services.wechat.confirmPayment(this.#openid, sheet.requestPayment, decision);
    return errMsg === 'requestPayment:ok';
  }

  openPasswordPrompt({ requestPayment }: PayResponse): Promise<void> {
    return this.#services.wechat.openPasswordPrompt(this.#openid, requestPayment);
  }

  getOrder(orderNo: string): Promise<ServiceReply<Order>> {
    return this.#recordOrder(this.#client.getOrder(orderNo));
  }

  syncOrder(orderNo: string): Promise<ServiceReply<Order>> {
    return this.#recordOrder(this.#client.syncOrder(orderNo));
  }

  cancelOrder(orderNo: string): Promise<ServiceReply<Order>> {
    return this.#recordOrder(this.#client.cancelOrder(orderNo));
  }

  requestRefund(
    orderNo: string,
    input: ServiceSchemas['RequestRefundBody'],
    idempotencyKey: string,
  ): Promise<ServiceReply<Refund>> {
    return this.#recordRefund(this.#client.requestRefund(orderNo, input, { idempotencyKey }));
  }

  getRefund(refundNo: string): Promise<ServiceReply<Refund>> {
    return this.#recordRefund(this.#client.getRefund(refundNo));
  }

  cancelRefund(refundNo: string): Promise<ServiceReply<Refund>> {
    return this.#recordRefund(this.#client.cancelRefund(refundNo));
  }

  async #recordOrder(call: Promise<ServiceReply<Order>>): Promise<ServiceReply<Order>> {
    const reply = await call;
    if (reply.isOk) this.#services.answerRecord.recordOrder(reply.body);
    return reply;
  }

  async #recordRefund(call: Promise<ServiceReply<Refund>>): Promise<ServiceReply<Refund>> {
    const reply = await call;
    if (reply.isOk) this.#services.answerRecord.recordRefund(reply.body);
    return reply;
  }

  async #logIn(): Promise<string> {
    const { wechat, service, secrets } = this.#services;
    for (let attempt = 0; attempt < MAX_LOGIN_ATTEMPTS; attempt++) {
      const { code, openid } = await wechat.wxLogin(this.#openid === '' ? {} : { openid: this.#openid });
      this.#openid = openid;
      const reply = await logInBuyer(service, code).catch((error: unknown) => {
        if (error instanceof RetriesExhaustedError) return null;
        throw error;
      });
      if (!reply?.isOk) continue;
      const { token, user } = reply.body;
      this.id = user?.id ?? '';
      secrets[`token ${Object.keys(secrets).length}`] = token;
      return token;
    }
    throw new RetriesExhaustedError('login');
  }
}
