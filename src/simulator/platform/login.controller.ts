import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswerLine } from '../faults/answer-line.js';
import { Fault } from '../faults/fault.js';
import { FaultBox } from '../faults/fault-box.js';
import { Journal } from '../state/journal.js';
import { LoginExchange, SessionAnswer } from './login-exchange.js';

/** `GET /sns/jscode2session`. Failures are HTTP 200 with an errcode. Source: mini-program login, code2Session. */
@ApiExcludeController()
@Controller('sns')
export class LoginController {
  constructor(
    private readonly exchange: LoginExchange,
    private readonly faults: FaultBox,
    private readonly line: AnswerLine,
    private readonly journal: Journal,
  ) {}

  @All('jscode2session')
  async jscode2session(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = new URL(request.url, 'http://localhost').searchParams;
    const shown = new URLSearchParams(query);
    if (shown.has('secret')) shown.set('secret', '***');
    const entry = this.journal.begin({
      direction: 'received',
      method: request.method,
      path: '/sns/jscode2session',
      request: shown.toString(),
    });
    const fault = this.faults.take('jscode2session');
    if (fault?.kind === 'stall' && fault.when === 'before') await this.line.stall(fault);
    const session = this.sessionOrFault(query, fault);
    entry.verdict = session.errcode === undefined ? 'SUCCESS' : String(session.errcode);
    const answer = { status: 200, contentType: 'text/plain', body: JSON.stringify(session) };
    await this.line.send(reply, answer, entry, fault);
  }

  private sessionOrFault(query: URLSearchParams, fault: Fault | undefined): SessionAnswer {
    const isUntouched = fault?.when === 'before' && fault.kind !== 'stall';
    const session = isUntouched ? this.exchange.failure(-1) : this.exchange.sessionOf(query);
    if (fault?.kind === 'SYSTEMERROR') return this.exchange.failure(-1);
    if (fault?.kind === 'err_code') return this.exchange.failure(Number(fault.errCode), fault.errCodeDes);
    return session;
  }
}
