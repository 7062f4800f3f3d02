import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RawBody } from '../common/http/body-parser.js';
import { RoutesFor } from '../common/http/route-audience.js';
import { ProblemResponses } from '../common/problem/problem.dto.js';
import { NOTICE_PATH } from '../wechat/notice-path.js';
import { type NoticeAddress, NoticeEndpoint } from './notice-endpoint.js';

const ADDRESS: NoticeAddress = { channel: 'wechat-app-v1', kind: 'payment' };

/**
 * Receives payment notices of the app protocol of 2014. It responds with `success` only after the commit. Otherwise
 * WeChat sends the notice again.
 */
@ApiTags('wechat')
@Controller(NOTICE_PATH)
@RoutesFor('WECHAT')
export class AppV1NotifyController {
  constructor(private readonly endpoint: NoticeEndpoint) {}

  @Post('app-v1')
  @ApiOperation({
    summary: "WeChat's payment notice, app protocol of 2014 (v1)",
    description:
      'The trade is in the query, the payer in an XML body. Responds with `success` only when the result is durably applied.',
  })
  @ApiConsumes('text/xml')
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'success or fail.', schema: { type: 'string', enum: ['success', 'fail'] } })
  @ProblemResponses('NOT_FOUND')
  post(
    @Req() request: FastifyRequest,
    @Body() body: RawBody | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.endpoint.receive(ADDRESS, { request, body, reply });
  }

  @Get('app-v1')
  @ApiOperation({ summary: "WeChat's payment notice without a body, app protocol of 2014 (v1)" })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'success or fail.', schema: { type: 'string', enum: ['success', 'fail'] } })
  @ProblemResponses('NOT_FOUND')
  get(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.endpoint.receive(ADDRESS, { request, body: undefined, reply });
  }
}
