import { Body, Controller, Get, Header, HttpCode, Post, Req } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { RawBody } from '../common/body-parser.js';
import { DomainError } from '../common/domain-error.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { AppV1NoticeReader } from '../wechat/wechat-notice.reader.js';
import { NoticeResponder } from './notice-responder.js';
import { PaymentNoticeReceiver } from './payment-notice-receiver.js';

const EMPTY: RawBody = { bytes: Buffer.alloc(0), isTruncated: false };

/**
 * Receives payment notices of the app protocol of 2014. It answers `success` only after the commit. Otherwise WeChat sends
 * the notice again.
 */
@ApiTags('wechat')
@Controller('wechat/notify')
export class AppV1NotifyController {
  constructor(
    private readonly receiver: PaymentNoticeReceiver,
    private readonly responder: NoticeResponder,
    private readonly reader: AppV1NoticeReader,
  ) {}

  @Post('app-v1')
  @HttpCode(200)
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({
    summary: "WeChat's payment notice, app protocol of 2014 (v1)",
    description:
      'The trade is in the query, the payer in an XML body. Answers `success` only when the result is durably applied.',
  })
  @ApiConsumes('text/xml')
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'success or fail.', schema: { type: 'string', enum: ['success', 'fail'] } })
  @ProblemResponses('NOT_FOUND')
  post(@Req() request: FastifyRequest, @Body() body: RawBody | undefined): Promise<string> {
    return this.receive(request, body ?? EMPTY);
  }

  @Get('app-v1')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({ summary: "WeChat's payment notice without a body, app protocol of 2014 (v1)" })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'success or fail.', schema: { type: 'string', enum: ['success', 'fail'] } })
  @ProblemResponses('NOT_FOUND')
  get(@Req() request: FastifyRequest): Promise<string> {
    return this.receive(request, EMPTY);
  }

  /** @throws DomainError NOT_FOUND when the keys of the protocol are not configured. In that case nothing is written. */
  private receive({ url }: FastifyRequest, body: RawBody): Promise<string> {
    if (!this.reader.isConfigured) throw new DomainError('NOT_FOUND');
    // Kept encoded: decoding it as UTF-8 would destroy text in GBK.
    const query = url.slice(url.indexOf('?') + 1 || url.length);
    return this.responder.respond(this.receiver.receive({ ...body, query }, this.reader), this.reader);
  }
}
