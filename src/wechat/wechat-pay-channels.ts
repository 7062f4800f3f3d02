import type { Outcome, Refused } from './outcome.js';
import { originOf } from './payment-origin.js';
import type { WechatAnswerSignal } from './wechat-answer-signal.js';
import {
  type ClientParameters,
  type PaymentState,
  type Prepay,
  type PrepayDraft,
  type RefundAccepted,
  type RefundDraft,
  type RefundState,
  type TradeType,
  WechatPayGateway,
} from './wechat-pay.gateway.js';

/** The gateway of each protocol, and which ways to pay begin by that of 2014 today. */
export interface PayChannels {
  v2: WechatPayGateway;
  appV1: WechatPayGateway;
  beginByV1: readonly TradeType[];
}

/** Several protocols behind one interface: today's settings say how a payment begins, its own text how it goes on. */
export class WechatPayChannels extends WechatPayGateway {
  constructor(
    private readonly channels: PayChannels,
    private readonly signal: WechatAnswerSignal,
  ) {
    super();
  }

  override composePrepay(draft: PrepayDraft): string {
    const { v2, appV1, beginByV1 } = this.channels;
    return (beginByV1.includes(draft.tradeType) ? appV1 : v2).composePrepay(draft);
  }

  override prepay(request: string): Promise<Outcome<Prepay>> {
    return this.signal.watch(this.of(request).prepay(request));
  }

  override prepayLifeSeconds(request: string): number {
    return this.of(request).prepayLifeSeconds(request);
  }

  override clientParameters(request: string, prepay: Prepay): ClientParameters {
    return this.of(request).clientParameters(request, prepay);
  }

  override queryPayment(request: string): Promise<Outcome<PaymentState>> {
    return this.signal.watch(this.of(request).queryPayment(request));
  }

  override closePayment(request: string): Promise<Outcome<null>> {
    return this.signal.watch(this.of(request).closePayment(request));
  }

  override composeRefund(draft: RefundDraft): string {
    return this.of(draft.paymentRequest).composeRefund(draft);
  }

  override checkRefundReady(request: string): Refused | null {
    return this.of(request).checkRefundReady(request);
  }

  override refund(request: string): Promise<Outcome<RefundAccepted>> {
    return this.signal.watch(this.of(request).refund(request));
  }

  override queryRefund(outRefundNo: string, paymentRequest: string): Promise<Outcome<RefundState>> {
    return this.signal.watch(this.of(paymentRequest).queryRefund(outRefundNo, paymentRequest));
  }

  private of(request: string): WechatPayGateway {
    switch (originOf(request).protocol) {
      case 'v2':
        return this.channels.v2;
      case 'app-v1':
        return this.channels.appV1;
    }
  }
}
