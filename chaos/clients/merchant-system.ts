import { setTimeout as pause } from 'node:timers/promises';
import {
  CheckoutError,
  WxCheckout,
  type PaymentOrder,
  type PayResult,
  type Refund,
  type Schemas,
} from '@wx-checkout/client';
import type { SimulatorClient } from '../../tools/client/simulator-client.ts';
import type { AnswerRecord } from './answer-record.ts';
import { RetriesExhaustedError, type RecordingSender } from './recording-sender.ts';

/** The retries must last longer than a database restart. */
const RETRY_TIMEOUT_MS = 60_000;
const PAUSE_MS = 300;
/** Each of them is already repeated by the client. The merchant's system gives up then, as a buyer does. */
const MAX_WECHAT_FAILURES = 2;
/** Each repetition needs a new code. A code may be used by a call whose response was lost. */
const MAX_CODES = 30;

interface MerchantServices {
  sender: RecordingSender;
  wechat: SimulatorClient;
  answerRecord: AnswerRecord;
}

/** What the merchant's system knows about its order or refund. */
interface Placed {
  /** Of the payment order or the refund. */
  number: string;
  amountFen: number;
}

/**
 * The merchant's own order system: sells by payment orders with an API key and `@wx-checkout/client`, and records the responses.
 * A method that may be refused returns null then.
 */
export class MerchantSystem {
  readonly checkout: WxCheckout;
  /** By `merchantOrderNo` and `merchantRefundNo`. */
  readonly orders = new Map<string, Placed>();
  readonly refunds = new Map<string, Placed>();
  readonly #services: MerchantServices;

  constructor(services: MerchantServices, apiKey: string) {
    this.#services = services;
    const retry = { maxAttempts: 3, firstDelayMs: 100, fetch: services.sender.fetchOnce };
    this.checkout = new WxCheckout({ baseUrl: 'http://load-balancer', apiKey, ...retry });
  }

  /** Creates the order, or gets the existing one. If the payer's code was used, it gets another one of the same payer. */
  async createOrder(facts: Schemas['CreatePaymentOrderBody'], openid: string): Promise<PaymentOrder> {
    for (let [payer, codes] = [facts.payer, 1]; ; codes++) {
      try {
        const body = { ...facts, ...(payer && { payer }) };
        const order = await this.#repeat('create', () => this.checkout.createPaymentOrder(body));
        this.#recordNumber(this.orders, facts.merchantOrderNo, { number: order.orderNo, amountFen: order.amountFen });
        this.#recordOrder(order);
        return order;
      } catch (error) {
        if (!isRefusal(error, 'WECHAT_CODE_INVALID') || codes === MAX_CODES) throw error;
        payer = { code: (await this.#services.wechat.wxLogin({ openid })).code };
      }
    }
  }

  /** @returns the code of the refusal; null if the order was accepted. */
  async tryCreateOrder(facts: Schemas['CreatePaymentOrderBody']): Promise<string | null> {
    try {
      await this.#repeat('create', () => this.checkout.createPaymentOrder(facts));
      return null;
    } catch (error) {
      if (error instanceof CheckoutError) return error.code;
      throw error;
    }
  }

  async pay(orderNo: string, tradeType: 'JSAPI' | 'NATIVE' = 'JSAPI'): Promise<PayResult | null> {
    const payment = await this.#unlessRefused('pay', () => this.checkout.pay(orderNo, { tradeType }));
    if (payment) this.#services.answerRecord.recordPayment(payment);
    return payment;
  }

  async getOrder(orderNo: string): Promise<PaymentOrder> {
    return this.#recordOrder(await this.#repeat('get', () => this.checkout.getPaymentOrder(orderNo)));
  }

  async sync(orderNo: string): Promise<PaymentOrder> {
    return this.#recordOrder(await this.#repeat('sync', () => this.checkout.sync(orderNo)));
  }

  async close(orderNo: string): Promise<void> {
    const order = await this.#unlessRefused('close', () => this.checkout.close(orderNo));
    if (order) this.#recordOrder(order);
  }

  /** A call whose outcome is unknown is not repeated: the next call reads the order. */
  async reopen(orderNo: string): Promise<void> {
    await this.checkout.reopen(orderNo).catch((error: unknown) => {
      if (!(error instanceof CheckoutError)) throw error;
    });
  }

  async refund(orderNo: string, body: Schemas['RefundPaymentOrderBody']): Promise<Refund | null> {
    const refund = await this.#unlessRefused('refund', () => this.checkout.refund(orderNo, body));
    if (!refund) return null;
    this.#recordNumber(this.refunds, body.merchantRefundNo, { number: refund.refundNo, amountFen: body.amountFen });
    this.#services.answerRecord.recordRefund(refund);
    return refund;
  }

  #recordNumber(known: Map<string, Placed>, merchantNo: string, placed: Placed): void {
    const before = known.get(merchantNo);
    if (before) this.#services.answerRecord.recordSameKey(merchantNo, before.number, placed.number);
    known.set(merchantNo, before ?? placed);
  }

  /** An expired order can be reopened, so only its other states must stay. */
  #recordOrder(order: PaymentOrder): PaymentOrder {
    const { orderNo, status, closeReason, amountFen: payableFen, paidFen, transactionId } = order;
    if (closeReason !== 'EXPIRED') {
      const answer = { orderNo, status, payableFen, paidFen, transactionId, discountFen: 0, couponId: null };
      this.#services.answerRecord.recordOrder(answer);
    }
    return order;
  }

  async #unlessRefused<T>(what: string, call: () => Promise<T>): Promise<T | null> {
    try {
      return await this.#repeat(what, call);
    } catch (error) {
      if (isRefusal(error)) return null;
      throw error;
    }
  }

  /** Repeats a call that the client has given up. @throws CheckoutError with a 4xx, or RetriesExhaustedError. */
  async #repeat<T>(what: string, call: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + RETRY_TIMEOUT_MS;
    for (let wechatFailures = 0; ;) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof CheckoutError) || isRefusal(error)) throw error;
        if (error.status === 502) wechatFailures++;
        if (!error.isRetryable || wechatFailures === MAX_WECHAT_FAILURES || performance.now() > deadline)
          throw new RetriesExhaustedError(`${what}: ${error.status} ${error.code}`, { cause: error });
      }
      await pause(PAUSE_MS);
    }
  }
}

/** A 4xx is a final answer, except when the same call may succeed later. */
function isRefusal(error: unknown, code?: string): boolean {
  if (!(error instanceof CheckoutError) || error.status < 400 || error.status >= 500) return false;
  return code === undefined ? !error.isRetryable || error.status === 409 : error.code === code;
}
