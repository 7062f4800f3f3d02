import { Logger } from '@nestjs/common';
import type { ErrorText } from '../../common/error-text.js';
import { DomainError } from '../../common/problem/domain-error.js';
import type { BillKind } from './bills/bill.js';
import type { PaymentChannel } from './payment-channel.js';
import type { PaymentProvider } from './payment-provider.js';
import type { TradeType } from './payment-types.js';
import { UnknownChannelProvider } from './unknown-channel-provider.js';
import type { WechatResponseSignal } from './wechat-response-signal.js';

/** Finds the provider of a payment, a refund, or a new payment. */
export class PaymentProviderRegistry {
  private readonly log = new Logger(PaymentProviderRegistry.name);
  private readonly providers: readonly PaymentProvider[];

  /** @param providers in the order in which they may begin a payment of the same trade type. */
  constructor(providers: readonly PaymentProvider[], signal: WechatResponseSignal) {
    this.providers = providers.map((provider) => signal.observe(provider));
  }

  /** Providers whose keys are configured. */
  get configured(): readonly PaymentProvider[] {
    return this.providers.filter(({ isConfigured }) => isConfigured);
  }

  /**
   * The provider of an existing payment or refund. For a channel that only a later version knows, the outcome of every
   * call is unknown, and each use is logged.
   */
  of(channel: PaymentChannel): PaymentProvider {
    const known = this.providers.find((provider) => provider.channel === channel);
    if (known) return known;
    this.log.error(`This version has no provider for the payment channel ${channel}: its payments stay unchanged`);
    return new UnknownChannelProvider(channel);
  }

  /** What an error code means that a row of this channel stores; null without either, or without a text. */
  explain(channel: PaymentChannel | null, code: string | null): ErrorText | null {
    return code === null ? null : (this.providers.find((one) => one.channel === channel)?.explain(code) ?? null);
  }

  /** The provider that downloads bills of this kind; null when the settings allow none. Any bill holds all protocols. */
  forBills(kind: BillKind): PaymentProvider | null {
    return this.providers.find((provider) => provider.canDownloadBill(kind)) ?? null;
  }

  /** The provider of new payments with this trade type. @throws DomainError ORDER_NOT_PAYABLE when none is configured. */
  forTradeType(tradeType: TradeType): PaymentProvider {
    const provider = this.configured.find(({ newTradeTypes }) => newTradeTypes.includes(tradeType));
    if (provider) return provider;
    throw new DomainError('ORDER_NOT_PAYABLE', {
      detail: [`The shop accepts no payments of type ${tradeType}.`, `商家未开通 ${tradeType} 支付方式。`],
    });
  }
}
