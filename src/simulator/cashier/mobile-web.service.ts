import { Injectable } from '@nestjs/common';
import { MerchantAccount } from '../state/merchant-account.js';
import { WechatOrder } from '../state/wechat-order.js';
import { CashierService } from './cashier.service.js';
import { ValidationIssue } from './request-payment.js';

/** A browser that opens the page behind an mweb_url. */
export interface MobileWebVisit {
  /** The complete mweb_url. */
  readonly url: string;
  /** The page that linked to it; undefined when the browser sends no Referer. */
  readonly referer: string | undefined;
  readonly userAgent: string;
}

/** Decides who may pay on the page behind an mweb_url. Source: v2.md §2.2. */
@Injectable()
export class MobileWebService {
  constructor(
    private readonly cashier: CashierService,
    private readonly account: MerchantAccount,
  ) {}

  /** The order, or the message that the page shows instead. */
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

  /** A registered domain includes its subdomains. */
  private isRegisteredDomain(host: string): boolean {
    const domains = this.account.h5Domains;
    return domains === undefined || domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
  }
}
