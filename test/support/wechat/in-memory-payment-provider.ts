import type { Outcome, RefusalAction, Unknown } from '../../../src/wechat/pay/outcome.js';
import {
  type PaymentNotice,
  type RefundNotice,
  refusedPaymentNotice,
  refusedRefundNotice,
} from '../../../src/wechat/pay/notice.js';
import type { NoticeReply } from '../../../src/wechat/pay/notice-request.js';
import type { ChannelAccount, StoredRequest } from '../../../src/wechat/pay/payment-channel.js';
import { PaymentProvider } from '../../../src/wechat/pay/payment-provider.js';
import {
  type ClientParameters,
  type PaidResult,
  type PaymentQueryResult,
  type Prepay,
  type PrepayDraft,
  type RefundAccepted,
  type RefundDraft,
  type RefundQueryResult,
  TRADE_TYPES,
} from '../../../src/wechat/pay/payment-types.js';
import { InMemoryRefunds } from './in-memory-refunds.js';

/** An order at WeChat: open, then paid or closed for ever. */
export interface InMemoryOrder {
  request: string;
  amountFen: number;
  createdAt: Date;
  state: 'NOTPAY' | 'SUCCESS' | 'CLOSED';
  paid: PaidResult | null;
  /** Paid after it was closed, which WeChat rules out. */
  isPaidAfterClose: boolean;
}

/**
 * What happens during one call: the request is lost, or only the response, or the request is slow. Or the user pays
 * just before or after it is processed.
 */
export type CallDisruption = 'request lost' | 'response lost' | 'request slow' | 'user pays before' | 'user pays after';

/** The account of its payments and refunds, which its notices name. */
export const TEST_ACCOUNT: ChannelAccount = {
  channel: 'wechat-v2',
  appId: 'wx8888888888888888',
  mchId: '1900000109',
};

/** Turns of the event loop that a slow request takes: longer than a query, a close and another query. */
const SLOW_REQUEST_TURNS = 60;

const EARLY_CLOSE_MS = 5 * 60_000;
const APP_V1_CLOSE_DELAY_MS = 5 * 60_000;

/**
 * WeChat's payment orders in memory, without HTTP. Each step is atomic, so that a test can compare our records with
 * WeChat's. It replaces the provider, so it does no signing or parsing.
 */
export class InMemoryPaymentProvider extends PaymentProvider {
  readonly channel = TEST_ACCOUNT.channel;
  readonly isConfigured = true;
  readonly newTradeTypes = TRADE_TYPES;
  readonly orders = new Map<string, InMemoryOrder>();
  /** Violations of the protocol: the same number with another request. */
  readonly violations: string[] = [];
  readonly refunds = new InMemoryRefunds(
    (outTradeNo) => this.orders.get(outTradeNo)?.paid ?? null,
    (violation) => this.violations.push(violation),
    () => this.now(),
  );
  /** Disruptions by the number of the call, from 1. */
  disruptions = new Map<number, CallDisruption>();
  /** A close within five minutes of the order's creation responds with success and does nothing. */
  ignoresEarlyCloses = false;
  /** Apps use the 2014 protocol: only the expiry closes their orders. */
  usesAppV1 = false;
  private callCount = 0;

  /** @param passBoundary is called before a request is sent and after its response arrives; it may throw. */
  constructor(
    private readonly now: () => Date,
    private readonly passBoundary: () => void,
  ) {
    super();
  }

  /** Sets the disruptions of the calls that follow. */
  planDisruptions(disruptions: Iterable<readonly [number, CallDisruption]>): void {
    this.callCount = 0;
    this.disruptions = new Map(disruptions);
  }

  /**
   * Pays as the user.
   * @returns whether the payment was made.
   */
  payAsUser(outTradeNo: string): boolean {
    const order = this.orders.get(outTradeNo);
    if (order?.state !== 'NOTPAY') return false;
    if (this.isAppV1(order) && this.expiryOf(order) <= this.now()) return false;
    this.pay(outTradeNo, order);
    return true;
  }

  /** Pays an order that WeChat has closed. The service must handle that too. */
  payAfterClose(outTradeNo: string): void {
    const order = this.orders.get(outTradeNo);
    if (order?.state !== 'CLOSED') return;
    order.isPaidAfterClose = true;
    this.pay(outTradeNo, order);
  }

  override composePrepay(draft: PrepayDraft): StoredRequest {
    return { ...TEST_ACCOUNT, request: JSON.stringify(draft) };
  }

  override prepayTtlSeconds(): number {
    return 6600;
  }

  override clientParameters(_payment: StoredRequest, prepay: Prepay): ClientParameters {
    return { package: prepay.prepayId };
  }

  override prepay({ request }: StoredRequest): Promise<Outcome<Prepay>> {
    const { outTradeNo, amountFen } = JSON.parse(request) as PrepayDraft;
    return this.simulateCall(outTradeNo, () => {
      const order = this.orders.get(outTradeNo);
      if (!order) {
        this.orders.set(outTradeNo, {
          request,
          amountFen,
          createdAt: this.now(),
          state: 'NOTPAY',
          paid: null,
          isPaidAfterClose: false,
        });
      } else if (order.state === 'SUCCESS') {
        return refused('ORDERPAID', 'ALREADY_PAID');
      } else if (order.state === 'CLOSED') {
        return refused('ORDERCLOSED', 'NEW_NUMBER');
      } else if (order.request !== request) {
        this.violations.push(`${outTradeNo} was sent with another request`);
        return refused('INVALID_REQUEST', 'NEW_NUMBER');
      }
      return done({ prepayId: `prepay-${outTradeNo}`, codeUrl: null });
    });
  }

  override queryPayment({ request }: StoredRequest): Promise<Outcome<PaymentQueryResult>> {
    const { outTradeNo } = JSON.parse(request) as PrepayDraft;
    return this.simulateCall(outTradeNo, () => {
      const order = this.orders.get(outTradeNo);
      if (!order) return done<PaymentQueryResult>({ state: 'NOT_FOUND' });
      if (order.paid) return done<PaymentQueryResult>({ state: 'PAID', ...order.paid });
      const isOver = this.expiryOf(order).getTime() + APP_V1_CLOSE_DELAY_MS < this.now().getTime();
      if (this.isAppV1(order) && isOver) order.state = 'CLOSED';
      return done<PaymentQueryResult>({ state: order.state === 'CLOSED' ? 'CLOSED' : 'OPEN' });
    });
  }

  override closePayment({ request }: StoredRequest): Promise<Outcome<null>> {
    const { outTradeNo } = JSON.parse(request) as PrepayDraft;
    return this.simulateCall(outTradeNo, () => {
      const order = this.orders.get(outTradeNo);
      if (!order) return refused('ORDERNOTEXIST', 'NOT_FOUND');
      if (order.state === 'SUCCESS') return refused('ORDERPAID', 'ALREADY_PAID');
      if (order.state === 'CLOSED') return refused('ORDERCLOSED', 'ALREADY_CLOSED');
      if (this.isAppV1(order)) return refused('NO_CLOSE_CALL', 'RETRY_LATER');
      const isYoung = this.now().getTime() - order.createdAt.getTime() < EARLY_CLOSE_MS;
      if (!(isYoung && this.ignoresEarlyCloses)) order.state = 'CLOSED';
      return done(null);
    });
  }

  override refundAccountOf(payment: ChannelAccount): ChannelAccount {
    return payment;
  }

  override composeRefund(draft: RefundDraft): StoredRequest {
    return { ...draft.payment, request: JSON.stringify(draft) };
  }

  override checkRefundReady(): null {
    return null;
  }

  override refund({ request }: StoredRequest): Promise<Outcome<RefundAccepted>> {
    const { outTradeNo } = JSON.parse(request) as RefundDraft;
    return this.simulateCall(outTradeNo, () => this.refunds.accept(request));
  }

  override queryRefund(outRefundNo: string): Promise<Outcome<RefundQueryResult>> {
    const outTradeNo = this.refunds.records.get(outRefundNo)?.draft.outTradeNo ?? '';
    return this.simulateCall(outTradeNo, () => this.refunds.getState(outRefundNo));
  }

  /** Tests apply its results directly. */
  override canDownloadBill(): boolean {
    return false;
  }

  override downloadBill(): Promise<Unknown> {
    return Promise.resolve({ kind: 'unknown', reason: 'it has no bills', raw: null });
  }

  override readPaymentNotice(): PaymentNotice {
    return refusedPaymentNotice('MALFORMED');
  }

  override readRefundNotice(): RefundNotice {
    return refusedRefundNotice('MALFORMED');
  }

  override reply(): NoticeReply {
    return { status: 200, contentType: 'text/plain', body: '' };
  }

  override explain(): null {
    return null;
  }

  private isAppV1({ request }: InMemoryOrder): boolean {
    return this.usesAppV1 && (JSON.parse(request) as PrepayDraft).tradeType === 'APP';
  }

  private expiryOf({ request }: InMemoryOrder): Date {
    return new Date((JSON.parse(request) as PrepayDraft).expiresAt);
  }

  private pay(outTradeNo: string, order: InMemoryOrder): void {
    order.state = 'SUCCESS';
    const transactionId = `42${outTradeNo.replace('-', '')}`;
    const paidAt = new Date(Math.floor(this.now().getTime() / 1000) * 1000);
    order.paid = { outTradeNo, transactionId, paidFen: order.amountFen, paidAt };
  }

  private async simulateCall<T>(outTradeNo: string, effect: () => Outcome<T>): Promise<Outcome<T>> {
    this.callCount += 1;
    const disruption = this.disruptions.get(this.callCount);
    this.passBoundary();
    for (let turn = 0; turn < (disruption === 'request slow' ? SLOW_REQUEST_TURNS : 1); turn++)
      await yieldToEventLoop();
    if (disruption === 'request lost') return unknownOutcome();
    if (disruption === 'user pays before') this.payAsUser(outTradeNo);
    const outcome = effect();
    if (disruption === 'user pays after') this.payAsUser(outTradeNo);
    await yieldToEventLoop();
    this.passBoundary();
    return disruption === 'response lost' ? unknownOutcome() : outcome;
  }
}

const yieldToEventLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const done = <T>(value: T): Outcome<T> => ({ kind: 'done', value, raw: '<xml/>' });
const unknownOutcome = (): Unknown => ({ kind: 'unknown', reason: 'lost', raw: null });

function refused(code: string, action: RefusalAction): Outcome<never> {
  return { kind: 'refused', code, message: '', action, raw: '<xml/>' };
}
