import { Body, Controller, Get, Header, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { RawBody } from '../common/body-parser.js';
import { DomainError } from '../common/domain-error.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { type MessageRefusal, WechatPushes } from '../wechat/wechat-pushes.js';
import { PlatformMessages } from './platform-messages.js';

const FORBIDDEN = 403;
const BUSY = 503;

/** The mini-program's address for messages (小程序后台 → 开发管理 → 消息推送). */
@ApiTags('wechat')
@Controller('wechat/notify')
export class MessageNotifyController {
  constructor(
    private readonly wechat: WechatPushes,
    private readonly messages: PlatformMessages,
  ) {}

  @Get('message')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({ summary: 'Proves to WeChat that the address is ours, by sending `echostr` back' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: '`echostr`.', schema: { type: 'string' } })
  @ApiResponse({ status: FORBIDDEN, description: 'Not signed with our token.' })
  @ProblemResponses('NOT_FOUND')
  handshake(@Query() query: Record<string, unknown>, @Res({ passthrough: true }) reply: FastifyReply): string {
    this.ensureConfigured();
    const answer = this.wechat.handshake(query);
    return 'echo' in answer ? answer.echo : refuse(reply, answer.refusal);
  }

  @Post('message')
  @HttpCode(200)
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({
    summary: "WeChat's messages to the mini-program (XML or JSON, plain or in safe mode)",
    description: 'What is about shipping information sets facts to be shown; everything else is acknowledged.',
  })
  @ApiConsumes('text/xml', 'application/json')
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: '`success`.', schema: { type: 'string' } })
  @ApiResponse({ status: FORBIDDEN, description: 'Not believed; the body says why in one word.' })
  @ProblemResponses('NOT_FOUND')
  async message(
    @Query() query: Record<string, unknown>,
    @Body() body: RawBody | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    this.ensureConfigured();
    const { bytes, isCut } = body ?? { bytes: Buffer.alloc(0), isCut: false };
    try {
      const refusal = await this.messages.receive(query, bytes, isCut);
      return refusal === null ? 'success' : refuse(reply, refusal);
    } catch {
      // The metrics have it. WeChat asks twice more, and after that it is only a hint that is lost.
      void reply.status(BUSY);
      return 'RETRY';
    }
  }

  /** @throws DomainError NOT_FOUND without a token: nothing is written then. */
  private ensureConfigured(): void {
    if (!this.wechat.isConfigured) throw new DomainError('NOT_FOUND');
  }
}

function refuse(reply: FastifyReply, refusal: MessageRefusal): string {
  void reply.status(FORBIDDEN);
  return refusal;
}
