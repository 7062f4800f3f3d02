import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LoginCodeExchange } from './login-code-exchange.js';
import { PlatformRequestHandler, redactQuery } from './platform-request-handler.js';

/** `GET /sns/jscode2session`. Failures are HTTP 200 with an errcode. Source: mini-program login, code2Session. */
@ApiExcludeController()
@Controller('sns')
export class LoginController {
  constructor(
    private readonly requests: PlatformRequestHandler,
    private readonly exchange: LoginCodeExchange,
  ) {}

  @All('jscode2session')
  async jscode2session(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = new URL(request.url, 'http://localhost').searchParams;
    const call = { endpoint: 'jscode2session', path: '/sns/jscode2session' } as const;
    await this.requests.handle(reply, { ...call, method: request.method, logged: redactQuery(query) }, () =>
      this.exchange.exchange(query),
    );
  }
}
