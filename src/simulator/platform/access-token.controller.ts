import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessTokenIssuer } from './access-token-issuer.js';
import { parseJsonBody } from './json-body.js';
import { PlatformRequestHandler, redactQuery } from './platform-request-handler.js';

/** `GET /cgi-bin/token` and `POST /cgi-bin/stable_token`. Source: getAccessToken, getStableAccessToken. */
@ApiExcludeController()
@Controller('cgi-bin')
export class AccessTokenController {
  constructor(
    private readonly requests: PlatformRequestHandler,
    private readonly issuer: AccessTokenIssuer,
  ) {}

  @All('token')
  async token(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { method } = request;
    const query = new URL(request.url, 'http://localhost').searchParams;
    const call = { endpoint: 'token', method, path: '/cgi-bin/token', logged: redactQuery(query) } as const;
    await this.requests.handle(reply, call, () => this.issuer.issuePlain(method, query, request.ip));
  }

  @All('stable_token')
  async stableToken(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { method } = request;
    const body = parseJsonBody(request.body);
    const logged = body === undefined ? '' : JSON.stringify({ ...body, ...('secret' in body && { secret: '***' }) });
    const call = { endpoint: 'stable_token', method, path: '/cgi-bin/stable_token', logged } as const;
    await this.requests.handle(reply, call, () => this.issuer.issueStable(method, body, request.ip));
  }
}
