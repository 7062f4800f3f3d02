import { Body, Controller, Get, Header, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { RawBody } from '../common/http/body-parser.js';
import { RoutesFor } from '../common/http/route-audience.js';
import { DomainError } from '../common/problem/domain-error.js';
import { ProblemResponses } from '../common/problem/problem.dto.js';
import { NOTICE_PATH } from '../wechat/notice-path.js';
import { type MessageRefusal, PlatformMessageReader } from '../wechat/mini-program/pushes/platform-message.reader.js';
import { PlatformMessageReceiver } from './platform-message-receiver.js';

const FORBIDDEN = 403;
const SERVICE_UNAVAILABLE = 503;

/** The endpoint for the mini-program's messages (小程序后台 → 开发管理 → 消息推送). */
@ApiTags('wechat')
@Controller(NOTICE_PATH)
@RoutesFor('WECHAT')
export class MessageNotifyController {
  constructor(
    private readonly reader: PlatformMessageReader,
    private readonly receiver: PlatformMessageReceiver,
  ) {}

  @Get('message')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({ summary: 'Proves to WeChat that the address belongs to the shop, by returning `echostr`' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: '`echostr`.', schema: { type: 'string' } })
  @ApiResponse({ status: FORBIDDEN, description: 'Not signed with the configured token.' })
  @ProblemResponses('NOT_FOUND')
  handshake(@Query() query: Record<string, unknown>, @Res({ passthrough: true }) reply: FastifyReply): string {
    this.ensureConfigured();
    const answer = this.reader.handshake(query);
    return 'echo' in answer ? answer.echo : refuse(reply, answer.refusal);
  }

  @Post('message')
  @HttpCode(200)
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({
    summary: "WeChat's messages to the mini-program (XML or JSON, plain or in safe mode)",
    description:
      "Messages about shipping information update the order's shipping details. All other messages are acknowledged and ignored.",
  })
  @ApiConsumes('text/xml', 'application/json')
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: '`success`.', schema: { type: 'string' } })
  @ApiResponse({ status: FORBIDDEN, description: 'The message is rejected; the body gives the reason in one word.' })
  @ProblemResponses('NOT_FOUND')
  async message(
    @Query() query: Record<string, unknown>,
    @Body() body: RawBody | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    this.ensureConfigured();
    const { bytes, isTruncated } = body ?? { bytes: Buffer.alloc(0), isTruncated: false };
    try {
      const refusal = await this.receiver.receive(query, bytes, isTruncated);
      return refusal === null ? 'success' : refuse(reply, refusal);
    } catch {
      // The metrics count it. WeChat repeats the message twice; a lost message does no harm: the jobs query WeChat.
      void reply.status(SERVICE_UNAVAILABLE);
      return 'RETRY';
    }
  }

  /** @throws DomainError NOT_FOUND when no token is configured. In that case nothing is written. */
  private ensureConfigured(): void {
    if (!this.reader.isConfigured) throw new DomainError('NOT_FOUND');
  }
}

function refuse(reply: FastifyReply, refusal: MessageRefusal): string {
  void reply.status(FORBIDDEN);
  return refusal;
}
