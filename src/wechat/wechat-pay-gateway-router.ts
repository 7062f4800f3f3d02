import type { Outcome, Refused } from './outcome.js';
import { channelOf } from './payment-channel.js';
import type { WechatAnswerSignal } from './wechat-answer-signal.js';
import {
  type ClientParameters,
  type PaymentState,
  type Prepay,
  type PrepayDraft,
  type RefundAccepted,
  type RefundDraft,
  type WechatRefundState,
  type TradeType,
  WechatPayGateway,
} from './wechat-pay.gateway.js';

/** The gateway of each protocol, and the trade types that begin with app-v1 today. */
export interface WechatPayGateways {
  v2: WechatPayGateway;
  appV1: WechatPayGateway;
  appV1TradeTypes: readonly TradeType[];
}

/**
 * Selects the gateway of a payment's protocol. The settings select it for a new payment, the stored request for an existing
 * one.
 */
export class WechatPayGatewayRouter extends WechatPayGateway {
  constructor(
    private readonly gateways: WechatPayGateways,
    private readonly signal: WechatAnswerSignal,
  ) {
    super();
  }

  override composePrepay(draft: PrepayDraft): string {
    const { v2, appV1, appV1TradeTypes } = this.gateways;
    return (appV1TradeTypes.includes(draft.tradeType) ? appV1 : v2).composePrepay(draft);
  }

  override prepay(request: string): Promise<Outcome<Prepay>> {
    return this.signal.observe(this.gatewayFor(request).prepay(request));
  }

  override prepayTtlSeconds(request: string): number {
    return this.gatewayFor(request).prepayTtlSeconds(request);
  }

  override clientParameters(request: string, prepay: Prepay): ClientParameters {
    return this.gatewayFor(request).clientParameters(request, prepay);
  }

  override queryPayment(request: string): Promise<Outcome<PaymentState>> {
    return this.signal.observe(this.gatewayFor(request).queryPayment(request));
  }

  override closePayment(request: string): Promise<Outcome<null>> {
    return this.signal.observe(this.gatewayFor(request).closePayment(request));
  }

  override composeRefund(draft: RefundDraft): string {
    return this.gatewayFor(draft.paymentRequest).composeRefund(draft);
  }

  override checkRefundReady(request: string): Refused | null {
    return this.gatewayFor(request).checkRefundReady(request);
  }

  override refund(request: string): Promise<Outcome<RefundAccepted>> {
    return this.signal.observe(this.gatewayFor(request).refund(request));
  }

  override queryRefund(outRefundNo: string, paymentRequest: string): Promise<Outcome<WechatRefundState>> {
    return this.signal.observe(this.gatewayFor(paymentRequest).queryRefund(outRefundNo, paymentRequest));
  }

  private gatewayFor(request: string): WechatPayGateway {
    switch (channelOf(request).protocol) {
      case 'v2':
        return this.gateways.v2;
      case 'app-v1':
        return this.gateways.appV1;
    }
  }
}
