import { Injectable } from '@nestjs/common';
import type { Outcome } from './outcome.js';
import type { PaymentProvider } from './payment-provider.js';

/** The members of a provider that call WeChat. */
type ProviderCalls = {
  [
    Name in keyof PaymentProvider as PaymentProvider[Name] extends (...values: never[]) => Promise<unknown>
      ? Name
      : never
  ]: PaymentProvider[Name];
};

/**
 * Signals each successful call to WeChat Pay (outcome `done`), so that work delayed by an outage can continue. A refusal is
 * no signal: this service may have refused the call itself, without sending it.
 */
@Injectable()
export class WechatResponseSignal {
  private readonly listeners: (() => void)[] = [];

  /** @param listener is called often: it must return at once and never throw. */
  onSuccessfulCall(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** The provider, with each successful call reported to the listeners. All else is inherited from it unchanged. */
  observe(provider: PaymentProvider): PaymentProvider {
    const calls: ProviderCalls = {
      prepay: (payment) => this.report(provider.prepay(payment)),
      queryPayment: (payment) => this.report(provider.queryPayment(payment)),
      closePayment: (payment) => this.report(provider.closePayment(payment)),
      refund: (refund) => this.report(provider.refund(refund)),
      queryRefund: (outRefundNo, account) => this.report(provider.queryRefund(outRefundNo, account)),
      completeAbnormalRefund: (refund) => this.report(provider.completeAbnormalRefund(refund)),
      downloadBill: (request, writer) => this.report(provider.downloadBill(request, writer)),
    };
    return Object.assign(Object.create(provider) as PaymentProvider, calls);
  }

  private async report<T>(call: Promise<Outcome<T>>): Promise<Outcome<T>> {
    const outcome = await call;
    if (outcome.kind === 'done') for (const listener of this.listeners) listener();
    return outcome;
  }
}
