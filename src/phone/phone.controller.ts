import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RoutesFor } from '../common/http/route-audience.js';
import { Settings } from '../config/settings.js';
import { PageBundle, sendPage } from '../pages/page-bundle.js';

/** Serves the simulated phone with the example mini-program in simulator mode, and a start page with links. */
@ApiExcludeController()
@Controller()
@RoutesFor('ANYONE')
export class PhoneController {
  private readonly page = PageBundle.find('phone');

  constructor(private readonly settings: Settings) {}

  @Get()
  phone(@Res({ passthrough: true }) reply: FastifyReply): string {
    if (this.page) return sendPage(reply, this.page);
    void reply.header('content-type', 'text/html; charset=utf-8');
    return this.start();
  }

  @Get('start')
  @Header('content-type', 'text/html; charset=utf-8')
  start(): string {
    return renderStartPage(this.settings.wechat.WECHAT_PAY_BASE_URL, this.page !== null);
  }
}

function renderStartPage(simulatorUrl: string, hasPhone: boolean): string {
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>wx-checkout</title>
<h1>wx-checkout</h1>
<p>支付后端正在运行，微信由模拟器代替。The payment backend is running, with a simulator instead of WeChat.</p>
<ul>
${hasPhone ? '  <li><a href="/">模拟手机 The simulated phone</a></li>\n' : ''}  <li><a href="/admin">商家后台 The merchant's console</a></li>
  <li><a href="/docs">接口文档 API docs</a></li>
  <li><a href="${simulatorUrl}/_control/docs">微信模拟器 The WeChat simulator's control API</a></li>
  <li><a href="/readyz">状态 Readiness</a></li>
</ul>
<p>试试看 Run the demo: <code>npm run demo</code></p>
</html>
`;
}
