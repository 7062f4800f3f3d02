import { HttpException } from '@nestjs/common';
import { DomainError, fillTemplate, type DomainErrorContext, type FieldError } from './domain-error.js';
import { validationFailed } from '../validation/input.pipe.js';
import { PROBLEMS, type ProblemCode } from './problem-catalog.js';

/** RFC 9457 problem details with a stable `code`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
  requestId: string;
  retryable: boolean;
  errors?: readonly FieldError[];
  totalFen?: number;
  payableFen?: number;
  upstreamCode?: string;
  upstreamMessage?: string;
}

/** Codes for exceptions that the framework throws. */
const CODE_OF_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'VALIDATION_FAILED',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
};
/** Default of `Retry-After` by status, in seconds. */
const RETRY_AFTER_SECONDS: Readonly<Record<number, number>> = { 429: 60, 503: 2 };

/** Converts any exception. An unexpected one becomes `INTERNAL` without details, so that nothing internal leaks. */
export function toDomainError(thrown: unknown): DomainError {
  if (thrown instanceof DomainError) return thrown;
  const code = CODE_OF_STATUS[statusOf(thrown)] ?? 'INTERNAL';
  if (code === 'VALIDATION_FAILED')
    return validationFailed([{ field: 'request', message: 'request could not be read' }]);
  return new DomainError(code, { cause: thrown });
}

/** Nest's exceptions have a status, Fastify's errors a `statusCode`. */
function statusOf(thrown: unknown): number {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number')
    return thrown.statusCode;
  return 500;
}

/** The problem document of an error, in the reader's language. */
export function toProblem(error: DomainError, requestId: string, acceptLanguage: string | undefined): Problem {
  const entry = PROBLEMS[error.code];
  const language = prefersChinese(acceptLanguage) ? 1 : 0;
  const { params, errors, amounts, upstream, detail = entry.detail }: DomainErrorContext = error.context;
  return {
    type: `urn:wx-checkout:problem:${error.code}`,
    title: entry.title[language],
    status: entry.status,
    code: error.code,
    detail: fillTemplate(detail[language], params, language),
    requestId,
    retryable: entry.retryable,
    ...(errors && { errors }),
    ...amounts,
    ...(upstream && { upstreamCode: upstream.code, upstreamMessage: upstream.message }),
  };
}

/** Seconds for the `Retry-After` header, which every 429 and 503 has. */
export function retryAfterOf(error: DomainError): number | undefined {
  return error.context.retryAfterSeconds ?? RETRY_AFTER_SECONDS[PROBLEMS[error.code].status];
}

function prefersChinese(acceptLanguage: string | undefined): boolean {
  return /^\s*zh\b/i.test(acceptLanguage ?? '');
}
