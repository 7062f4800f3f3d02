import { STATUS_CODES } from 'node:http';
import { ArgumentsHost, Catch, ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** Error body of the control API (RFC 9457). */
interface ControlProblem {
  title: string;
  status: number;
  detail: string;
  errors?: string[];
}

/** Converts every error to `application/problem+json`. WeChat's own endpoints write their responses themselves. */
@Catch()
export class ControlProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.status >= 500) console.error(error);
    void reply.status(problem.status).header('content-type', 'application/problem+json').send(problem);
  }
}

function problemOf(error: unknown): ControlProblem {
  if (error instanceof HttpException) {
    const response = error.getResponse();
    const messages = typeof response === 'object' && 'message' in response ? response.message : error.message;
    const errors = Array.isArray(messages) ? messages.map(String) : [];
    const detail = errors.length > 0 ? errors.join('; ') : String(messages);
    const status = error.getStatus();
    return { title: titleOf(status), status, detail, ...(errors.length > 0 ? { errors } : {}) };
  }
  const status = statusOf(error);
  const detail = error instanceof Error ? error.message : 'unknown error';
  return { title: titleOf(status), status, detail };
}

function titleOf(status: number): string {
  return STATUS_CODES[status] ?? 'Error';
}

/** Fastify's own errors (invalid JSON, body too large) carry their status. */
function statusOf(error: unknown): number {
  const code = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  return typeof code === 'number' ? code : 500;
}
