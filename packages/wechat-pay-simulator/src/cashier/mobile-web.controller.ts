import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MerchantAccount } from '../book/merchant-account.js';
import { WechatOrder } from '../book/wechat-order.js';
import { UserStore } from '../state/user-store.js';
import { CashierService } from './cashier.service.js';
import { renderSheetPage, renderTextPage } from './mobile-web-page.js';
import { ValidationIssue } from './request-payment.js';

/**
 * The page behind an mweb_url (v2) or h5_url (v3), where a mobile browser pays. The real page opens the WeChat app.
 * Source: docs/wechat-protocol.md, v2 §2.2.
 */
@ApiExcludeController()
@Controller('cgi-bin/mmpayweb-bin/checkmweb')
export class MobileWebController {
  constructor(
    private readonly cashier: CashierService,
    private readonly account: MerchantAccount,
    private readonly users: UserStore,
  ) {}

  @Get()
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const opened = this.issueOfVisit(request) ?? this.cashier.openMobileWeb(requestUrlOf(request));
    sendHtml(reply, 'reason' in opened ? renderTextPage(opened.text) : renderSheetPage(opened, this.users.all()));
  }

  /**
   * Applies the payer's decision. Redirects to `redirect_url` whether the payment succeeded or not, as the real page
   * does.
   */
  @Post()
  async decide(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString() : '');
    const opened: WechatOrder | ValidationIssue = this.cashier.openMobileWeb(requestUrlOf(request));
    const outcome = form.get('outcome') === 'ok' ? 'ok' : 'cancel';
    const openid = form.get('openid') ?? '';
    const payer = openid === '' ? this.users.add({}) : this.users.findOrAdd(openid);
    const result = await this.cashier.applyPayerDecision(opened, { openid: payer.openid, outcome });
    const redirectUrl = new URL(requestUrlOf(request)).searchParams.get('redirect_url') ?? '';
    if (!('reason' in opened) && /^https?:\/\//.test(redirectUrl) && URL.canParse(redirectUrl)) {
      void reply.status(303).header('location', new URL(redirectUrl).href).send();
    } else {
      sendHtml(reply, renderTextPage(result.errMsg === 'requestPayment:ok' ? '支付成功' : (result.errMsg ?? '')));
    }
  }

  /** Why this browser may not pay here: inside WeChat, without a Referer, or from a domain that is not registered. */
  private issueOfVisit({ headers }: FastifyRequest): ValidationIssue | undefined {
    const { referer, 'user-agent': userAgent = '' } = headers;
    if (userAgent.includes('MicroMessenger')) {
      return { reason: 'inside-wechat', text: '请在微信外打开订单，进行支付' };
    }
    if (referer === undefined || !URL.canParse(referer)) {
      return { reason: 'no-referer', text: '商家参数格式有误，请联系商家解决' };
    }
    const { hostname } = new URL(referer);
    const domains = this.account.h5Domains ?? [hostname];
    const isRegistered = domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
    return isRegistered ? undefined : { reason: 'domain', text: '商家存在未配置的参数，请联系商家解决' };
  }
}

/** The host does not matter: the parameters in the query identify the order. */
function requestUrlOf(request: FastifyRequest): string {
  return new URL(request.url, 'http://localhost').href;
}

function sendHtml(reply: FastifyReply, html: string): void {
  void reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    .header('cache-control', 'no-store')
    .send(html);
}
