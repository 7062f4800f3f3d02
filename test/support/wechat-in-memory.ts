import type { Outcome, Unknown } from '../../src/wechat/outcome.js';
import type { PaymentOrigin } from '../../src/wechat/payment-origin.js';
import {
  type ClientParameters,
  type PaidResult,
  type PaymentState,
  type Prepay,
  type PrepayDraft,
  type RefundAccepted,
  type RefundDraft,
  type RefundState,
  WechatPayGateway,
} from '../../src/wechat/wechat-pay.gateway.js';
import { RefundsInMemory } from './refunds-in-memory.js';

/** One order in WeChat's own books: open, then for ever paid or for ever closed. */
export interface WechatOrder {
  request: string;
  amountFen: number;
  createdAt: Date;
  state: 'NOTPAY' | 'SUCCESS' | 'CLOSED';
  paid: PaidResult | null;
  /** Paid after it was closed, which WeChat says never happens. */
  isMiracle: boolean;
}

/**
 * What happens to one call: the request is lost, or only its answer, or it arrives after whatever else goes on. Or the
 * user pays just before or after it is heard.
 */
export type Accident = 'request lost' | 'answer lost' | 'request slow' | 'user pays before' | 'user pays after';

/** What its notices say of a payment. */
export const ORIGIN: PaymentOrigin = { protocol: 'v2', appid: 'wx8888888888888888' };

/** Turns of the event loop that a slow request takes: longer than a query, a close and another query. */
const SLOW_TURNS = 60;

const YOUNG_MS = 5 * 60_000;
const OLD_AIR_MS = 5 * 60_000;

/**
 * WeChat's order machine without a wire, each step atomic: what the shop believes can be compared with what is true.
 * A stand-in for the gateway, so it repeats none of its signing and reading.
 */
export class WechatInMemory extends WechatPayGateway {
  readonly books = new Map<string, WechatOrder>();
  /** What no honest shop does: the same number with another request. */
  readonly complaints: string[] = [];
  readonly refunds = new RefundsInMemory(
    (outTradeNo) => this.books.get(outTradeNo)?.paid ?? null,
    (complaint) => this.complaints.push(complaint),
    () => this.now(),
  );
  /** Accidents by the number of the call, from 1. */
  accidents = new Map<number, Accident>();
  /** A close of an order younger than five minutes says "success" and does nothing. */
  ignoresEarlyCloses = false;
  /** Apps pay by the protocol of 2014: nothing closes an order of theirs but its time. */
  hasOldApps = false;
  private calls = 0;

  /** @param border is passed before a call goes out and after its answer came in; it may throw. */
  constructor(
    private readonly now: () => Date,
    private readonly border: () => void,
  ) {
    super();
  }

  /** What may go wrong with the calls from now on. */
  expect(accidents: Iterable<readonly [number, Accident]>): void {
    this.calls = 0;
    this.accidents = new Map(accidents);
  }

  /** The user types the password; true when the money moved. */
  isPaidByUser(outTradeNo: string): boolean {
    const order = this.books.get(outTradeNo);
    if (order?.state !== 'NOTPAY') return false;
    if (this.isOld(order) && this.expiryOf(order) <= this.now()) return false;
    this.pay(outTradeNo, order);
    return true;
  }

  /** Money arrives for an order that WeChat has closed. The shop must be able to bear even that. */
  breaksItsWord(outTradeNo: string): void {
    const order = this.books.get(outTradeNo);
    if (order?.state !== 'CLOSED') return;
    order.isMiracle = true;
    this.pay(outTradeNo, order);
  }

  override composePrepay(draft: PrepayDraft): string {
    return JSON.stringify({ ...draft, appid: ORIGIN.appid });
  }

  override prepayLifeSeconds(): number {
    return 6600;
  }

  override clientParameters(_request: string, prepay: Prepay): ClientParameters {
    return { package: prepay.prepayId };
  }

  override prepay(request: string): Promise<Outcome<Prepay>> {
    const { outTradeNo, amountFen } = JSON.parse(request) as PrepayDraft;
    return this.call(outTradeNo, () => {
      const order = this.books.get(outTradeNo);
      if (!order) {
        this.books.set(outTradeNo, {
          request,
          amountFen,
          createdAt: this.now(),
          state: 'NOTPAY',
          paid: null,
          isMiracle: false,
        });
      } else if (order.state === 'SUCCESS') {
        return refused('ORDERPAID', 'PAID');
      } else if (order.state === 'CLOSED') {
        return refused('ORDERCLOSED', 'NEW');
      } else if (order.request !== request) {
        this.complaints.push(`${outTradeNo} was asked for with another request`);
        return refused('INVALID_REQUEST', 'NEW');
      }
      return done({ prepayId: `prepay-${outTradeNo}`, codeUrl: null });
    });
  }

  override queryPayment(request: string): Promise<Outcome<PaymentState>> {
    const { outTradeNo } = JSON.parse(request) as PrepayDraft;
    return this.call(outTradeNo, () => {
      const order = this.books.get(outTradeNo);
      if (!order) return done<PaymentState>({ state: 'ABSENT' });
      if (order.paid) return done<PaymentState>({ state: 'PAID', ...order.paid });
      const isOver = this.expiryOf(order).getTime() + OLD_AIR_MS < this.now().getTime();
      if (this.isOld(order) && isOver) order.state = 'CLOSED';
      return done<PaymentState>({ state: order.state === 'CLOSED' ? 'CLOSED' : 'OPEN' });
    });
  }

  override closePayment(request: string): Promise<Outcome<null>> {
    const { outTradeNo } = JSON.parse(request) as PrepayDraft;
    return this.call(outTradeNo, () => {
      const order = this.books.get(outTradeNo);
      if (!order) return refused('ORDERNOTEXIST', 'ABSENT');
      if (order.state === 'SUCCESS') return refused('ORDERPAID', 'PAID');
      if (order.state === 'CLOSED') return refused('ORDERCLOSED', 'CLOSED');
      if (this.isOld(order)) return refused('NO_CLOSE_CALL', 'WAIT');
      const isYoung = this.now().getTime() - order.createdAt.getTime() < YOUNG_MS;
      if (!(isYoung && this.ignoresEarlyCloses)) order.state = 'CLOSED';
      return done(null);
    });
  }

  override composeRefund(draft: RefundDraft): string {
    return JSON.stringify(draft);
  }

  override checkRefundReady(): null {
    return null;
  }

  override refund(request: string): Promise<Outcome<RefundAccepted>> {
    const { outTradeNo } = JSON.parse(request) as RefundDraft;
    return this.call(outTradeNo, () => this.refunds.accept(request));
  }

  override queryRefund(outRefundNo: string): Promise<Outcome<RefundState>> {
    const outTradeNo = this.refunds.books.get(outRefundNo)?.draft.outTradeNo ?? '';
    return this.call(outTradeNo, () => this.refunds.stateOf(outRefundNo));
  }

  private isOld({ request }: WechatOrder): boolean {
    return this.hasOldApps && (JSON.parse(request) as PrepayDraft).tradeType === 'APP';
  }

  private expiryOf({ request }: WechatOrder): Date {
    return new Date((JSON.parse(request) as PrepayDraft).expiresAt);
  }

  private pay(outTradeNo: string, order: WechatOrder): void {
    order.state = 'SUCCESS';
    const transactionId = `42${outTradeNo.replace('-', '')}`;
    const paidAt = new Date(Math.floor(this.now().getTime() / 1000) * 1000);
    order.paid = { outTradeNo, transactionId, paidFen: order.amountFen, paidAt };
  }

  private async call<T>(outTradeNo: string, effect: () => Outcome<T>): Promise<Outcome<T>> {
    this.calls += 1;
    const accident = this.accidents.get(this.calls);
    this.border();
    for (let turn = 0; turn < (accident === 'request slow' ? SLOW_TURNS : 1); turn++) await othersGoOn();
    if (accident === 'request lost') return lost();
    if (accident === 'user pays before') this.isPaidByUser(outTradeNo);
    const outcome = effect();
    if (accident === 'user pays after') this.isPaidByUser(outTradeNo);
    await othersGoOn();
    this.border();
    return accident === 'answer lost' ? lost() : outcome;
  }
}

const othersGoOn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const done = <T>(value: T): Outcome<T> => ({ kind: 'done', value, raw: '<xml/>' });
const lost = (): Unknown => ({ kind: 'unknown', reason: 'lost', raw: null });

function refused(code: string, action: 'PAID' | 'NEW' | 'CLOSED' | 'ABSENT' | 'WAIT'): Outcome<never> {
  return { kind: 'refused', code, message: '', action, raw: '<xml/>' };
}
