import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { RawBody } from '../common/body-parser.js';
import { WechatNoticeReader } from '../wechat/wechat-notice.reader.js';
import { NoticeResponder } from './notice-responder.js';
import { PaymentNoticeReceiver } from './payment-notice-receiver.js';

/**
 * Receives v2 payment notices. It answers SUCCESS only after the commit; after any other answer WeChat sends the notice
 * again. HTTP 200 in both cases.
 */
@ApiTags('wechat')
@Controller('wechat/notify')
export class PaymentNotifyController {
  constructor(
    private readonly receiver: PaymentNoticeReceiver,
    private readonly responder: NoticeResponder,
    private readonly reader: WechatNoticeReader,
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
    const raw = body ?? { bytes: Buffer.alloc(0), isTruncated: false };
    return this.responder.respond(this.receiver.receive({ ...raw, query: '' }, this.reader), this.reader);
  }
}
