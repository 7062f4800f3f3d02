import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RoutesFor } from '../common/http/route-audience.js';
import type { RawBody } from '../common/http/body-parser.js';
import { ProblemResponses } from '../common/problem/problem.dto.js';
import { NOTICE_PATH } from '../wechat/notice-path.js';
import { NoticeEndpoint } from './notice-endpoint.js';

const RESPONSE = 'SUCCESS, or FAIL with a reason, in one line of XML.';

/**
 * Receives the notices of API v2. It responds with SUCCESS only after the commit; after any other response WeChat sends
 * the notice again. HTTP 200 in both cases.
 */
@ApiTags('wechat')
@Controller(NOTICE_PATH)
@RoutesFor('WECHAT')
export class V2NotifyController {
  constructor(private readonly endpoint: NoticeEndpoint) {}

  @Post('payment')
  @ApiOperation({
    summary: "WeChat's payment notice (v2 XML)",
    description: 'Responds with SUCCESS only when the result is durably applied.',
  })
  @ApiConsumes('text/xml')
  @ApiProduces('text/xml')
  @ApiOkResponse({ description: RESPONSE, schema: { type: 'string' } })
  @ProblemResponses('NOT_FOUND')
  payment(
    @Req() request: FastifyRequest,
    @Body() body: RawBody | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.endpoint.receive({ channel: 'wechat-v2', kind: 'payment' }, { request, body, reply });
  }

  @Post('refund')
  @ApiOperation({
    summary: "WeChat's refund notice (v2 XML, req_info encrypted)",
    description: 'Responds with SUCCESS only when the result is durably applied.',
  })
  @ApiConsumes('text/xml')
  @ApiProduces('text/xml')
  @ApiOkResponse({ description: RESPONSE, schema: { type: 'string' } })
  @ProblemResponses('NOT_FOUND')
  refund(
    @Req() request: FastifyRequest,
    @Body() body: RawBody | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.endpoint.receive({ channel: 'wechat-v2', kind: 'refund' }, { request, body, reply });
  }
}
