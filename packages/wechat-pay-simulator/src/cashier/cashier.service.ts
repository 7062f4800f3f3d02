import { SimulatorCertificates } from '../certificates/simulator-certificates.js';
import { validateV3AppPayment, validateV3RequestPayment } from './v3-payment.js';
import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { OrderStore } from '../book/order-store.js';
import { UserStore } from '../state/user-store.js';
import { isMwebUrlValid, Prepay, WechatOrder } from '../book/wechat-order.js';
import { PaymentInput } from '../book/payment-input.js';
import { PaymentProcessor } from '../book/payment-processor.js';
import { validateAppPayment } from './app-payment.js';
import { validateRequestPayment, ValidationIssue, normalizeJsapiArguments, RequestPayment } from './request-payment.js';

/** `ok-lost`: the payment succeeds, but the app ends before its callback. */
export const PAYER_OUTCOMES = ['ok', 'cancel', 'fail', 'ok-lost'] as const;

export interface CashierInput extends PaymentInput {
  /** The person who holds the phone. */
  openid: string;
  outcome?: (typeof PAYER_OUTCOMES)[number] | undefined;
}

/** What the mini-program receives: `errMsg` is null when the callback never comes. */
export interface CashierResult {
  readonly errMsg: string | null;
  readonly transaction_id?: string;
  readonly out_trade_no?: string;
  /** Machine-readable reason of a failure. */
  readonly reason?: string;
}

/** WeChat on the payer's phone: the payment sheet and the result that the mini-program receives. */
@Injectable()
export class CashierService {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly certificates: SimulatorCertificates,
    private readonly orders: OrderStore,
    private readonly users: UserStore,
    private readonly payments: PaymentProcessor,
    private readonly clock: SimulatorClock,
    private readonly behaviours: Behaviours,
  ) {}

  /** The order that the payment sheet shows for these arguments, or the reason why the sheet does not open. */
  openJsapi(openid: string, args: RequestPayment): WechatOrder | ValidationIssue {
    const requestPayment = normalizeJsapiArguments(args, this.behaviours.current.jsapiArguments);
    const found = this.orders.findByPrepay(({ prepayId }) => `prepay_id=${prepayId}` === requestPayment['package']);
    const issue = this.issueOfJsapi(requestPayment, found?.order);
    if (issue !== undefined) return issue;
    if (found?.order.tradeType !== 'JSAPI') return { reason: 'prepay_id', text: 'prepay_id无效' };
    const payer = this.users.findByAnyOpenid(openid);
    const openidHere = payer === undefined ? openid : this.users.openidFor(found.order.appid, payer);
    if (found.order.openid !== openidHere) {
      return { reason: 'openid', text: '支付帐号与下单帐号不一致' };
    }
    return this.checkPayable(found.order, found.prepay);
  }

  private get merchantCertificates(): readonly string[] {
    const { merchant, renewedMerchant } = this.certificates.all;
    return [merchant.cert, renewedMerchant.cert];
  }

  /** The protocol that made the prepay_id decides how the arguments are signed. */
  private issueOfJsapi(args: RequestPayment, order: WechatOrder | undefined): ValidationIssue | undefined {
    const { appid, key } = this.settings.merchant;
    if (order?.protocol === 'v3') {
      return validateV3RequestPayment(args, order.appid, this.merchantCertificates);
    }
    const checked = validateRequestPayment(args, order?.appid ?? appid, key);
    if ('reason' in checked) return checked;
    const isOtherType = order?.tradeType === 'JSAPI' && order.signType !== checked.signType;
    return isOtherType ? { reason: 'signType', text: 'signType与下单时不一致' } : undefined;
  }

  /** The same for an app that uses WeChat's SDK. */
  openApp(payRequest: RequestPayment): WechatOrder | ValidationIssue {
    const id = payRequest['prepayid'] ?? payRequest['prepayId'];
    const found = this.orders.findByPrepay(({ prepayId }) => prepayId === id);
    const issue =
      found?.order.protocol === 'v3'
        ? validateV3AppPayment(payRequest, this.settings.merchant.mch_id, found.order, this.merchantCertificates)
        : validateAppPayment(payRequest, this.settings, found?.order);
    if (issue !== undefined) return issue;
    if (found === undefined) return { reason: 'prepayid', text: 'prepayid无效' };
    return this.checkPayable(found.order, found.prepay);
  }

  /** The order that a phone shows after scanning this QR code. */
  openScanned(codeUrl: string): WechatOrder | ValidationIssue {
    const found = this.orders.findByPrepay((prepay) => prepay.codeUrl === codeUrl);
    return found === undefined
      ? { reason: 'code_url', text: '二维码无效' }
      : this.checkPayable(found.order, found.prepay);
  }

  /** The order that a mobile browser shows for this mweb_url. */
  openMobileWeb(mwebUrl: string): WechatOrder | ValidationIssue {
    const ticket = mwebTicketOf(mwebUrl);
    const found = this.orders.findByPrepay((prepay) => ticket !== undefined && mwebTicketOf(prepay.mwebUrl) === ticket);
    if (found === undefined) return { reason: 'mweb_url', text: '商家参数格式有误，请联系商家解决' };
    if (!isMwebUrlValid(found.prepay, this.clock.now())) {
      return { reason: 'mweb_url', text: '支付请求已失效，请重新发起支付' };
    }
    return this.checkPayable(found.order, found.prepay);
  }

  /** Applies what the payer decided, and returns the result for the mini-program. */
  async applyPayerDecision(opened: WechatOrder | ValidationIssue, input: CashierInput): Promise<CashierResult> {
    if ('reason' in opened) return failedResult(opened);
    const { outTradeNo: out_trade_no } = opened;
    if (input.outcome === 'cancel' || input.outcome === 'fail') {
      this.orders.transition(opened, 'NOTPAY'); // the sheet closes; this only changes an order in state USERPAYING
      const isCancelled = input.outcome === 'cancel';
      if (isCancelled) return { errMsg: 'requestPayment:fail cancel', reason: 'cancel', out_trade_no };
      return { ...failedResult({ reason: 'fail', text: '支付失败' }), out_trade_no };
    }
    const payment = this.payments.pay(opened, input);
    if (payment.kind === 'refused') return { ...failedResult(payment), out_trade_no };
    await payment.noticeSent;
    const errMsg = input.outcome === 'ok-lost' ? null : 'requestPayment:ok';
    return { errMsg, transaction_id: payment.transaction.transactionId, out_trade_no };
  }

  private checkPayable(order: WechatOrder, prepay: Prepay): WechatOrder | ValidationIssue {
    const now = this.clock.now();
    switch (order.state) {
      case 'SUCCESS':
      case 'REFUND':
        return { reason: 'ORDERPAID', text: '该订单已支付' };
      case 'CLOSED':
        return { reason: 'ORDERCLOSED', text: '订单已关闭' };
      case 'PAYERROR':
        return { reason: 'PAYERROR', text: '订单状态错误' };
      case 'NOTPAY':
      case 'USERPAYING':
        break;
    }
    if (prepay.expiresAt <= now) return { reason: 'prepay_id', text: 'prepay_id已过期' };
    if (order.sheetClosesAt !== undefined && order.sheetClosesAt <= now) {
      return { reason: 'time_expire', text: '订单已过期' };
    }
    return order;
  }
}

/** The query parameters that identify an mweb_url, on any host. Undefined when the URL is not an mweb_url. */
function mwebTicketOf(mwebUrl: string | undefined): string | undefined {
  if (mwebUrl === undefined || !URL.canParse(mwebUrl)) return undefined;
  const { searchParams } = new URL(mwebUrl);
  const parts = ['prepay_id', 'package'].map((name) => searchParams.get(name));
  return parts.includes(null) ? undefined : parts.join(' ');
}

export function failedResult({ reason, text }: ValidationIssue): CashierResult {
  return { errMsg: `requestPayment:fail (${text})`, reason };
}
