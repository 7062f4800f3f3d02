import { All, Controller, NotFoundException, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ResponseDelayer } from '../faults/response-delayer.js';
import { redactQuery } from '../platform/platform-request-handler.js';
import { ExchangeLog } from '../state/exchange-log.js';
import { notSimulatedResponse } from '../wire/not-simulated-response.js';
import { rawBodyOf } from './pay-request-handler.js';

/**
 * Every path that no other controller has. WeChat may have the call; a client that gets a refusal in WeChat's own form
 * reads it as one, and the list of messages says why.
 */
@ApiExcludeController()
@Controller()
export class NotSimulatedController {
  constructor(
    private readonly responses: ResponseDelayer,
    private readonly journal: ExchangeLog,
  ) {}

  @All('*')
  async refuse(@Req() { method, url, body }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { pathname: path, searchParams } = new URL(url, 'http://localhost');
    if (path.startsWith('/_control')) throw new NotFoundException(`The control API has no ${method} ${path}`);
    const request = [redactQuery(searchParams), rawBodyOf({ body }).toString()].filter(Boolean).join(' ');
    const entry = this.journal.start({ direction: 'received', method, path, request });
    entry.verdict = 'not simulated';
    await this.responses.send(reply, notSimulatedResponse(path), entry);
  }
}
