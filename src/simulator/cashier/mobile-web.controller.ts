import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UserStore } from '../state/user-store.js';
import { CashierService } from './cashier.service.js';
import { MobileWebService } from './mobile-web.service.js';
import { renderSheetPage, renderTextPage } from './mobile-web-page.js';

/** The page behind an mweb_url, where a mobile browser pays. The real page opens the WeChat app. */
@ApiExcludeController()
@Controller('cgi-bin/mmpayweb-bin/checkmweb')
export class MobileWebController {
  constructor(
    private readonly mobileWeb: MobileWebService,
    private readonly cashier: CashierService,
    private readonly users: UserStore,
  ) {}

  @Get()
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const { referer, 'user-agent': userAgent = '' } = request.headers;
    const opened = this.mobileWeb.open({ url: requestUrlOf(request), referer, userAgent });
    sendHtml(reply, 'reason' in opened ? renderTextPage(opened.text) : renderSheetPage(opened, this.users.all()));
  }

  /**
   * Applies the payer's decision. Redirects to `redirect_url` whether the payment succeeded or not, as the real page
   * does.
   */
  @Post()
  async decide(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString() : '');
    const opened = this.cashier.openMobileWeb(requestUrlOf(request));
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
