import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DomainError } from '../common/domain-error.js';
import { Settings } from '../config/settings.js';

/** In simulator mode, a page that says where to look. A live shop has nothing to show here. */
@ApiExcludeController()
@Controller()
export class HomeController {
  constructor(private readonly settings: Settings) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  home(): string {
    if (this.settings.WECHAT_MODE !== 'simulator') throw new DomainError('NOT_FOUND');
    return page(this.settings.WECHAT_PAY_BASE_URL);
  }
}

function page(simulatorUrl: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>wx-checkout</title>
<h1>wx-checkout</h1>
<p>支付后端正在运行，微信由模拟器代替。The payment backend is running, and a simulator plays WeChat.</p>
<ul>
  <li><a href="/docs">接口文档 API docs</a></li>
  <li><a href="${simulatorUrl}/_control/docs">微信模拟器 The WeChat simulator's control API</a></li>
  <li><a href="/readyz">状态 Readiness</a></li>
</ul>
<p>试试看 Try the whole story: <code>npm run demo</code></p>
</html>
`;
}
