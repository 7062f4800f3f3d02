import { Body, Controller, Header, HttpCode, Logger, Post } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { RawBody } from '../common/body-parser.js';
import { WechatNotices } from '../wechat/wechat-notices.js';
import { PaymentNotices } from './payment-notices.js';

/** Milliseconds within which WeChat gets its answer. It waits five seconds; a later one would only be repeated at. */
const ANSWER_WITHIN_MS = 4500;

/** WeChat's call. SUCCESS promises that the result is committed; anything else asks for it again. HTTP 200 in either case. */
@ApiTags('wechat')
@Controller('wechat/notify')
export class PaymentNotifyController {
  private readonly log = new Logger(PaymentNotifyController.name);

  constructor(
    private readonly wechat: WechatNotices,
    private readonly notices: PaymentNotices,
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
  async payment(@Body() body: RawBody | undefined): Promise<string> {
    const raw = body ?? { bytes: Buffer.alloc(0), isCut: false };
    const refusal = await this.within(ANSWER_WITHIN_MS, this.notices.receive(raw.bytes, raw.isCut));
    return refusal === null ? this.wechat.accepted : this.wechat.refused(refusal);
  }

  /** What is late or fails is not lost: it goes on here, and WeChat sends the notice again. */
  private async within(limitMs: number, work: Promise<string | null>): Promise<string | null> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<string>((resolve) => {
      timer = setTimeout(resolve, limitMs, 'BUSY');
    });
    const answered = work.catch((error: unknown) => {
      this.log.error({ err: error }, 'A notice could not be applied; WeChat will send it again');
      return 'RETRY';
    });
    try {
      return await Promise.race([answered, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }
}
