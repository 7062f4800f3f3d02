import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { OrderBook } from '../state/order-book.js';
import { UserBook } from '../state/user-book.js';
import { isMwebAlive, Prepay, WechatOrder } from '../state/wechat-order.js';
import { Payments } from './payments.js';
import { PaymentWish } from './payment-wish.js';
import { complaintAboutApp } from './app-payment.js';
import { complaintAboutV1App } from './v1-app-payment.js';
import { checkRequestPayment, Complaint, jsapiArguments, RequestPayment } from './request-payment.js';

/** `ok-lost`: paid, but the app died before its callback. */
export const OUTCOMES = ['ok', 'cancel', 'fail', 'ok-lost'] as const;

export interface CashierWish extends PaymentWish {
  /** Who holds the phone. */
  openid: string;
  outcome?: (typeof OUTCOMES)[number] | undefined;
}

/** What the mini-program hears: null when no callback ever comes. */
export interface CashierResult {
  readonly errMsg: string | null;
  readonly transaction_id?: string;
  readonly out_trade_no?: string;
  /** Why not, as a word for programs. */
  readonly reason?: string;
}

/** WeChat on the payer's phone: the payment sheet and what the mini-program is told of it. */
@Injectable()
export class Cashier {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly orders: OrderBook,
    private readonly users: UserBook,
    private readonly payments: Payments,
    private readonly clock: SimulatorClock,
    private readonly behaviours: Behaviours,
  ) {}

  /** The order a sheet would show for these arguments, or why none opens. */
  openJsapi(openid: string, given: RequestPayment): WechatOrder | Complaint {
    const requestPayment = jsapiArguments(given, this.behaviours.current.jsapiArguments);
    const { appid, key } = this.settings.merchant;
    const found = this.orders.findByPrepay(({ prepayId }) => `prepay_id=${prepayId}` === requestPayment['package']);
    const checked = checkRequestPayment(requestPayment, found?.order.appid ?? appid, key);
    if ('reason' in checked) return checked;
    if (found?.order.tradeType !== 'JSAPI') return { reason: 'prepay_id', text: 'prepay_id无效' };
    if (found.order.signType !== checked.signType) return { reason: 'signType', text: 'signType与下单时不一致' };
    const payer = this.users.findAnywhere(openid);
    const openidHere = payer === undefined ? openid : this.users.openidUnder(found.order.appid, payer);
    if (found.order.parameters.get('openid') !== openidHere) {
      return { reason: 'openid', text: '支付帐号与下单帐号不一致' };
    }
    return this.openPrepay(found.order, found.prepay);
  }

  /** The same for an app with WeChat's SDK. */
  openApp(payRequest: RequestPayment): WechatOrder | Complaint {
    const found = this.orders.findByPrepay(({ prepayId }) => prepayId === payRequest['prepayid']);
    const { merchant } = this.settings;
    const complaint =
      found?.order.v1 === undefined
        ? complaintAboutApp(payRequest, merchant, found?.order)
        : complaintAboutV1App(payRequest, this.settings, found.order);
    if (complaint !== undefined) return complaint;
    if (found === undefined) return { reason: 'prepayid', text: 'prepayid无效' };
    return this.openPrepay(found.order, found.prepay);
  }

  /** What a phone shows that scanned this QR code. */
  openScanned(codeUrl: string): WechatOrder | Complaint {
    const found = this.orders.findByPrepay((prepay) => prepay.codeUrl === codeUrl);
    return found === undefined
      ? { reason: 'code_url', text: '二维码无效' }
      : this.openPrepay(found.order, found.prepay);
  }

  /** What a mobile browser shows that was sent to this mweb_url. */
  openMobileWeb(mwebUrl: string): WechatOrder | Complaint {
    const ticket = ticketIn(mwebUrl);
    const found = this.orders.findByPrepay((prepay) => ticket !== undefined && ticketIn(prepay.mwebUrl) === ticket);
    if (found === undefined) return { reason: 'mweb_url', text: '商家参数格式有误，请联系商家解决' };
    if (!isMwebAlive(found.prepay, this.clock.now())) {
      return { reason: 'mweb_url', text: '支付请求已失效，请重新发起支付' };
    }
    return this.openPrepay(found.order, found.prepay);
  }

  /** Lets the payer decide, and tells the mini-program. */
  async settle(opened: WechatOrder | Complaint, wish: CashierWish): Promise<CashierResult> {
    if ('reason' in opened) return failed(opened);
    const { outTradeNo: out_trade_no } = opened;
    if (wish.outcome === 'cancel' || wish.outcome === 'fail') {
      this.orders.move(opened, 'NOTPAY'); // the sheet closes; only a sheet that was open has USERPAYING to end
      const isCancelled = wish.outcome === 'cancel';
      if (isCancelled) return { errMsg: 'requestPayment:fail cancel', reason: 'cancel', out_trade_no };
      return { ...failed({ reason: 'fail', text: '支付失败' }), out_trade_no };
    }
    const payment = this.payments.pay(opened, wish);
    if (payment.kind === 'refused') return { ...failed(payment), out_trade_no };
    await payment.noticeSent;
    const errMsg = wish.outcome === 'ok-lost' ? null : 'requestPayment:ok';
    return { errMsg, transaction_id: payment.transaction.transactionId, out_trade_no };
  }

  private openPrepay(order: WechatOrder, prepay: Prepay): WechatOrder | Complaint {
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

/** What makes an mweb_url this one and no other, on whatever host the page is; undefined for no mweb_url. */
function ticketIn(mwebUrl: string | undefined): string | undefined {
  if (mwebUrl === undefined || !URL.canParse(mwebUrl)) return undefined;
  const { searchParams } = new URL(mwebUrl);
  const parts = ['prepay_id', 'package'].map((name) => searchParams.get(name));
  return parts.includes(null) ? undefined : parts.join(' ');
}

export function failed({ reason, text }: Complaint): CashierResult {
  return { errMsg: `requestPayment:fail (${text})`, reason };
}
