import type { RefusalAction, Outcome } from '../../../src/wechat/pay/outcome.js';
import type {
  PaidResult,
  RefundAccepted,
  RefundDraft,
  RefundResult,
  RefundQueryResult,
} from '../../../src/wechat/pay/payment-types.js';

/** A refund at WeChat: pending until the test completes it. */
export interface InMemoryRefund {
  request: string;
  /** Time from which `refundquery` returns it. */
  visibleFrom: Date;
  draft: RefundDraft;
  result: RefundResult;
}

/** WeChat's refunds in memory, without HTTP. Each step is atomic. */
export class InMemoryRefunds {
  readonly records = new Map<string, InMemoryRefund>();
  /** The merchant's account is empty: every new refund is refused. */
  isShortOfFunds = false;
  /** WeChat refuses every request, as for a wrong signature, also for known numbers. */
  refusesAllRequests = false;
  /** Seconds for which an accepted refund is not returned by queries. */
  queryLagSeconds = 0;
  private acceptedCount = 0;

  constructor(
    private readonly paidResultOf: (outTradeNo: string) => PaidResult | null,
    private readonly reportViolation: (violation: string) => void,
    private readonly now: () => Date,
  ) {}

  accept(request: string): Outcome<RefundAccepted> {
    const draft = JSON.parse(request) as RefundDraft;
    if (this.refusesAllRequests) return refused('SIGNERROR', 'FIX_REQUEST');
    const known = this.records.get(draft.outRefundNo);
    if (known?.request === request) return done({ wechatRefundId: known.result.wechatRefundId });
    if (known) {
      this.reportViolation(`${draft.outRefundNo} was sent with another request`);
      return refused('REFUND_FEE_MISMATCH', 'FIX_REQUEST');
    }
    const refusal = this.findRefusal(draft);
    if (refusal) return refusal;
    this.acceptedCount += 1;
    const wechatRefundId = `50${String(this.acceptedCount).padStart(27, '0')}`;
    const { outRefundNo, outTradeNo, refundFen } = draft;
    const result = {
      outRefundNo,
      wechatRefundId,
      outTradeNo,
      refundFen,
      state: 'PROCESSING',
      succeededAt: null,
      error: null,
    } as const;
    this.records.set(outRefundNo, {
      request,
      draft,
      result,
      visibleFrom: new Date(this.now().getTime() + this.queryLagSeconds * 1000),
    });
    return done({ wechatRefundId });
  }

  getState(outRefundNo: string): Outcome<RefundQueryResult> {
    const refund = this.records.get(outRefundNo);
    const isShown = refund !== undefined && refund.visibleFrom <= this.now();
    return done<RefundQueryResult>(isShown ? { ...refund.result } : { state: 'NOT_FOUND' });
  }

  /**
   * Completes a pending refund.
   * @returns whether it was pending; a completed refund does not change.
   */
  complete(outRefundNo: string, state: 'SUCCEEDED' | 'ABNORMAL' | 'CLOSED'): boolean {
    const refund = this.records.get(outRefundNo);
    if (refund?.result.state !== 'PROCESSING') return false;
    const second = new Date(Math.floor(this.now().getTime() / 1000) * 1000);
    const error = state === 'SUCCEEDED' ? null : { code: state, message: 'no money has reached the payer' };
    refund.result = { ...refund.result, state, succeededAt: state === 'SUCCEEDED' ? second : null, error };
    return true;
  }

  /** Returns the amount of a payment, in fen, that is refunded or being refunded. A closed refund counts nothing. */
  refundedFen(outTradeNo: string): number {
    return [...this.records.values()]
      .filter(({ result }) => result.outTradeNo === outTradeNo && result.state !== 'CLOSED')
      .reduce((sum, { result }) => sum + result.refundFen, 0);
  }

  private findRefusal({ outTradeNo, transactionId, paidFen, refundFen }: RefundDraft): Outcome<never> | null {
    const paid = this.paidResultOf(outTradeNo);
    if (!paid) return refused('ORDERNOTEXIST', 'GIVE_UP');
    if (paid.transactionId !== transactionId) return refused('INVALID_TRANSACTIONID', 'FIX_REQUEST');
    if (paid.paidFen !== paidFen || refundFen < 1) return refused('REFUND_FEE_MISMATCH', 'FIX_REQUEST');
    if (this.refundedFen(outTradeNo) + refundFen > paidFen) return refused('REFUND_FEE_INVALID', 'GIVE_UP');
    return this.isShortOfFunds ? refused('NOTENOUGH', 'TOP_UP_FUNDS') : null;
  }
}

const done = <T>(value: T): Outcome<T> => ({ kind: 'done', value, raw: '<xml/>' });

function refused(code: string, action: RefusalAction): Outcome<never> {
  return { kind: 'refused', code, message: '', action, raw: '<xml/>' };
}
