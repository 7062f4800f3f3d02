import { All, Controller, NotFoundException, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswerLine } from '../faults/answer-line.js';
import { shownQuery } from '../platform/platform-line.js';
import { Journal } from '../state/journal.js';
import { notSimulatedAnswer } from '../wire/not-simulated.js';
import { bodyOf } from './pay-exchange.js';

/**
 * Every path that no other controller has. WeChat may have the call; a client that gets a refusal in WeChat's own form
 * reads it as one, and the list of messages says why.
 */
@ApiExcludeController()
@Controller()
export class NotSimulatedController {
  constructor(
    private readonly line: AnswerLine,
    private readonly journal: Journal,
  ) {}

  @All('*')
  async refuse(@Req() { method, url, body }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { pathname: path, searchParams } = new URL(url, 'http://localhost');
    if (path.startsWith('/_control')) throw new NotFoundException(`The control API has no ${method} ${path}`);
    const request = [shownQuery(searchParams), bodyOf({ body }).toString()].filter(Boolean).join(' ');
    const entry = this.journal.begin({ direction: 'received', method, path, request });
    entry.verdict = 'not simulated';
    await this.line.send(reply, notSimulatedAnswer(path), entry);
  }
}
