import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { RawBody } from '../common/body-parser.js';
import { WechatNoticeReader } from '../wechat/wechat-notice.reader.js';
import { NoticeResponder } from './notice-responder.js';
import { RefundNoticeReceiver } from './refund-notice-receiver.js';

/**
 * Receives notices about completed refunds. It answers SUCCESS only after the commit; otherwise WeChat sends the notice
 * again.
 */
@ApiTags('wechat')
@Controller('wechat/notify')
export class RefundNotifyController {
  constructor(
    private readonly receiver: RefundNoticeReceiver,
    private readonly responder: NoticeResponder,
    private readonly reader: WechatNoticeReader,
  ) {}

  @Post('refund')
  @HttpCode(200)
  @Header('content-type', 'text/xml; charset=utf-8')
  @ApiOperation({
    summary: "WeChat's refund notice (v2 XML, req_info encrypted)",
    description: 'Answers SUCCESS only when the result is durably applied.',
  })
  @ApiConsumes('text/xml')
  @ApiProduces('text/xml')
  @ApiOkResponse({ description: 'SUCCESS, or FAIL with a reason, in one line of XML.', schema: { type: 'string' } })
  refund(@Body() body: RawBody | undefined): Promise<string> {
    const raw = body ?? { bytes: Buffer.alloc(0), isTruncated: false };
    return this.responder.respond(this.receiver.receive(raw.bytes, raw.isTruncated), this.reader);
  }
}
