import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { RawBody } from '../common/body-parser.js';
import { WechatNotices } from '../wechat/wechat-notices.js';
import { NoticeReply } from './notice-reply.js';
import { PaymentNotices } from './payment-notices.js';

/** WeChat's call. SUCCESS promises that the result is committed; anything else asks for it again. HTTP 200 in either case. */
@ApiTags('wechat')
@Controller('wechat/notify')
export class PaymentNotifyController {
  constructor(
    private readonly notices: PaymentNotices,
    private readonly reply: NoticeReply,
    private readonly reader: WechatNotices,
  ) {}

  @Post('payment')
  @HttpCode(200)
  @Header('content-type', 'text/xml; charset=utf-8')
  @ApiOperation({
    summary: "WeChat's payment notice (v2 XML)",
    description: 'Answers SUCCESS only when the result is durably applied.',
  })
  @ApiConsumes('text/xml')
  @ApiProduces('text/xml')
  @ApiOkResponse({ description: 'SUCCESS, or FAIL with a reason, in one line of XML.', schema: { type: 'string' } })
  payment(@Body() body: RawBody | undefined): Promise<string> {
    const raw = body ?? { bytes: Buffer.alloc(0), isCut: false };
    return this.reply.to(this.notices.receive({ ...raw, query: '' }, this.reader), this.reader);
  }
}
