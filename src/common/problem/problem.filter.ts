import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DomainError } from './domain-error.js';
import { PROBLEMS } from './problem-catalog.js';
import { toDomainError, toProblem, retryAfterOf } from './problem.js';

/** Sends the problem document for `thrown`. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): DomainError {
  const error = toDomainError(thrown);
  const problem = toProblem(error, request.id, request.headers['accept-language']);
  const retryAfter = retryAfterOf(error);
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  void reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8').send(problem);
  return error;
}

/** Converts any exception into `application/problem+json`. Logs only internal errors as errors, with their cause. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger(ProblemFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = sendProblem(thrown, request, reply);
    const { status } = PROBLEMS[error.code];
    if (status === 500) this.log.error(thrown);
    else if (status > 500) this.log.warn({ err: error.context.cause ?? error, code: error.code });
  }
}
