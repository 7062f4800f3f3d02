import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

const PAGE = `<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>微信支付模拟器 WeChat Pay simulator</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:38rem;margin:3rem auto;padding:0 1rem}</style></head>
<body>
<h1>微信支付模拟器 WeChat Pay simulator</h1>
<p>此处不产生真实资金。商户服务端把微信的地址换成本机地址即可调用。</p>
<p>No real money moves here. Point the base URLs of a merchant's server at this address to call it as WeChat.</p>
<ul>
<li><a href="/_control/docs">控制接口文档 Control API</a> (<a href="/_control/openapi.json">OpenAPI</a>)</li>
<li><a href="/_control/messages">收发消息列表 Messages received and sent</a></li>
<li><a href="/_control/orders">订单 Orders</a></li>
</ul>
</body>
</html>
`;

/** The start page for people, and the health check for containers. */
@ApiExcludeController()
@Controller()
export class HomeController {
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  page(): string {
    return PAGE;
  }

  @Get('healthz')
  health(): { status: 'ok' } {
    return { status: 'ok' };
  }
}
