import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessTokenExchange } from './access-token-exchange.js';
import { jsonBodyOf } from './json-body.js';
import { PlatformLine, shownQuery } from './platform-line.js';

/** `GET /cgi-bin/token` and `POST /cgi-bin/stable_token`. Source: getAccessToken, getStableAccessToken. */
@ApiExcludeController()
@Controller('cgi-bin')
export class AccessTokenController {
  constructor(
    private readonly line: PlatformLine,
    private readonly exchange: AccessTokenExchange,
  ) {}

  @All('token')
  async token(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { method } = request;
    const query = new URL(request.url, 'http://localhost').searchParams;
    const call = { endpoint: 'token', method, path: '/cgi-bin/token', shown: shownQuery(query) } as const;
    await this.line.serve(reply, call, () => this.exchange.plain(method, query, request.ip));
  }

  @All('stable_token')
  async stableToken(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { method } = request;
    const body = jsonBodyOf(request.body);
    const shown = body === undefined ? '' : JSON.stringify({ ...body, ...('secret' in body && { secret: '***' }) });
    const call = { endpoint: 'stable_token', method, path: '/cgi-bin/stable_token', shown } as const;
    await this.line.serve(reply, call, () => this.exchange.stable(method, body, request.ip));
  }
}
