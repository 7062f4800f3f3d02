import { Injectable } from '@nestjs/common';
import { MerchantAccount } from '../state/merchant-account.js';
import { WechatOrder } from '../state/wechat-order.js';
import { CashierService } from './cashier.service.js';
import { ValidationIssue } from './request-payment.js';

/** A browser on the way to the page behind an mweb_url. */
export interface MobileWebVisit {
  /** The whole mweb_url. */
  readonly url: string;
  /** The page that it was sent from; undefined when it does not tell. */
  readonly referer: string | undefined;
  readonly userAgent: string;
}

/** Whom the page behind an mweb_url lets pay. Source: v2.md §2.2. */
@Injectable()
export class MobileWebService {
  constructor(
    private readonly cashier: CashierService,
    private readonly account: MerchantAccount,
  ) {}

  /** The order, or what the page says instead. */
  open({ url, referer, userAgent }: MobileWebVisit): WechatOrder | ValidationIssue {
    if (userAgent.includes('MicroMessenger')) {
      return { reason: 'inside-wechat', text: '请在微信外打开订单，进行支付' };
    }
    if (referer === undefined || !URL.canParse(referer)) {
      return { reason: 'no-referer', text: '商家参数格式有误，请联系商家解决' };
    }
    if (!this.isRegisteredDomain(new URL(referer).hostname)) {
      return { reason: 'domain', text: '商家存在未配置的参数，请联系商家解决' };
    }
    return this.cashier.openMobileWeb(url);
  }

  /** A domain stands for those below it too. */
  private isRegisteredDomain(host: string): boolean {
    const domains = this.account.h5Domains;
    return domains === undefined || domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
  }
}
