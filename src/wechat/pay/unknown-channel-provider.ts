import { DomainError } from '../../common/problem/domain-error.js';
import type { PaymentNotice, RefundNotice } from './notice.js';
import { refusedPaymentNotice, refusedRefundNotice } from './notice.js';
import type { NoticeReply } from './notice-request.js';
import type { Outcome, Unknown } from './outcome.js';
import type { ChannelAccount, PaymentChannel } from './payment-channel.js';
import { PaymentProvider } from './payment-provider.js';

/**
 * Stands in for the provider of rows that a later version of this service has written: this version cannot call WeChat
 * about them. Every outcome is unknown, so that they stay as they are.
 */
export class UnknownChannelProvider extends PaymentProvider {
  readonly isConfigured = false;
  readonly newTradeTypes = [];
  private readonly unknown: Unknown;

  constructor(readonly channel: PaymentChannel) {
    super();
    const reason = `this version has no provider for the payment channel ${channel}`;
    this.unknown = { kind: 'unknown', reason, raw: null, failure: { kind: 'NOT_CONFIGURED' } };
  }

  override composePrepay(): never {
    throw new Error(this.unknown.reason);
  }

  override prepay(): Promise<Outcome<never>> {
    return Promise.resolve(this.unknown);
  }

  override prepayTtlSeconds(): number {
    return 0;
  }

  override clientParameters(): never {
    throw new Error(this.unknown.reason);
  }

  override queryPayment(): Promise<Outcome<never>> {
    return Promise.resolve(this.unknown);
  }

  override closePayment(): Promise<Outcome<never>> {
    return Promise.resolve(this.unknown);
  }

  override refundAccountOf(payment: ChannelAccount): ChannelAccount {
    return payment;
  }

  /** @throws DomainError WECHAT_UNAVAILABLE: nothing is stored, and the approval may be repeated after an upgrade. */
  override composeRefund(): never {
    throw new DomainError('WECHAT_UNAVAILABLE', { cause: new Error(this.unknown.reason) });
  }

  override checkRefundReady(): null {
    return null;
  }

  override refund(): Promise<Outcome<never>> {
    return Promise.resolve(this.unknown);
  }

  override queryRefund(): Promise<Outcome<never>> {
    return Promise.resolve(this.unknown);
  }

  override canDownloadBill(): boolean {
    return false;
  }

  override downloadBill(): Promise<Outcome<never>> {
    return Promise.resolve(this.unknown);
  }

  override readPaymentNotice(): PaymentNotice {
    return refusedPaymentNotice('MALFORMED');
  }

  override readRefundNotice(): RefundNotice {
    return refusedRefundNotice('MALFORMED');
  }

  override reply(): NoticeReply {
    return { status: 404, contentType: 'text/plain; charset=utf-8', body: '' };
  }

  override explain(): null {
    return null;
  }
}
