import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { domainErrorOf, problemOf, retryAfterOf } from './problem.js';

/** Turns whatever was thrown into `application/problem+json`. Only what is our fault goes to the error log, with its cause. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger(ProblemFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = domainErrorOf(thrown);
    const problem = problemOf(error, request.id, request.headers['accept-language']);
    if (problem.status === 500) this.log.error(thrown);
    else if (problem.status > 500) this.log.warn({ err: error.context.cause ?? error, code: error.code });

    const retryAfter = retryAfterOf(error);
    if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
    void reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8').send(problem);
  }
}
