import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LoginExchange } from './login-exchange.js';
import { PlatformLine, shownQuery } from './platform-line.js';

/** `GET /sns/jscode2session`. Failures are HTTP 200 with an errcode. Source: mini-program login, code2Session. */
@ApiExcludeController()
@Controller('sns')
export class LoginController {
  constructor(
    private readonly line: PlatformLine,
    private readonly exchange: LoginExchange,
  ) {}

  @All('jscode2session')
  async jscode2session(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = new URL(request.url, 'http://localhost').searchParams;
    const call = { endpoint: 'jscode2session', path: '/sns/jscode2session' } as const;
    await this.line.serve(reply, { ...call, method: request.method, shown: shownQuery(query) }, () =>
      this.exchange.sessionOf(query),
    );
  }
}
