import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiNoContentResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RawBody } from '../common/http/body-parser.js';
import { RoutesFor } from '../common/http/route-audience.js';
import { ProblemResponses } from '../common/problem/problem.dto.js';
import { NoticeEndpoint } from './notice-endpoint.js';

const DESCRIPTION =
  'Verifies the signature over the received bytes, then decrypts. Responds with 204 only when the result is durably applied.';
const REJECTED = {
  description: 'Rejected: `{ "code": "FAIL", "message": "…" }`. WeChat sends the notice again.',
  schema: {
    type: 'object',
    required: ['code', 'message'],
    properties: { code: { type: 'string', enum: ['FAIL'] }, message: { type: 'string' } },
  },
} as const;

/**
 * Receives the notices of API v3. It responds with 204 only after the commit; after a status of 4xx or 5xx WeChat sends the
 * notice again.
 */
@ApiTags('wechat')
@Controller('wechat/notify/v3')
@RoutesFor('WECHAT')
export class V3NotifyController {
  constructor(private readonly endpoint: NoticeEndpoint) {}

  @Post('payment')
  @ApiOperation({ summary: "WeChat's payment notice (API v3)", description: DESCRIPTION })
  @ApiConsumes('application/json')
  @ApiNoContentResponse({ description: 'The result is durably applied, now or before.' })
  @ApiResponse({ status: '4XX', ...REJECTED })
  @ApiResponse({ status: '5XX', ...REJECTED })
  @ProblemResponses('NOT_FOUND')
  payment(
    @Req() request: FastifyRequest,
    @Body() body: RawBody | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.endpoint.receive({ channel: 'wechat-v3', kind: 'payment' }, { request, body, reply });
  }

  @Post('refund')
  @ApiOperation({ summary: "WeChat's refund notice (API v3)", description: DESCRIPTION })
  @ApiConsumes('application/json')
  @ApiNoContentResponse({ description: 'The result is durably applied, now or before.' })
  @ApiResponse({ status: '4XX', ...REJECTED })
  @ApiResponse({ status: '5XX', ...REJECTED })
  @ProblemResponses('NOT_FOUND')
  refund(
    @Req() request: FastifyRequest,
    @Body() body: RawBody | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.endpoint.receive({ channel: 'wechat-v3', kind: 'refund' }, { request, body, reply });
  }
}
