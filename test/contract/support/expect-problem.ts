import { expect } from '@jest/globals';
import type { HttpResponse } from '../../../tools/client/http.js';

/** An error response (`application/problem+json`) as the API contract describes it. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  requestId: string;
  retryable: boolean;
  errors?: { field: string; message: string }[];
  totalFen?: number;
  payableFen?: number;
  upstreamCode?: string;
  upstreamMessage?: string;
}

const REQUIRED_FIELDS = ['type', 'title', 'status', 'code', 'detail', 'requestId', 'retryable'];
const OPTIONAL_FIELDS = ['errors', 'totalFen', 'payableFen', 'upstreamCode', 'upstreamMessage'];
/** Internal details that a response must not contain. */
const INTERNAL_DETAILS =
  /\bat .+:\d+:\d+|node_modules|\b(SELECT|INSERT|UPDATE) |QueryFailed|SQLITE|\bER_[A-Z]|session_key|dist\/|\.ts\b|ECONN|Redis|Keyv/;

/** Checks status, content type, fields and headers of an error response, and that it contains no internal details. */
export function expectProblem(reply: HttpResponse, status: number, code: string): ProblemDocument {
  const problem = reply.body as ProblemDocument;
  const summary = { status: problem.status, code: problem.code, detail: problem.detail };
  expect({ httpStatus: reply.status, ...summary }).toMatchObject({ httpStatus: status, status, code });
  const names = Object.keys(problem);
  expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
  expect(names).toEqual(expect.arrayContaining(REQUIRED_FIELDS));
  expect(names.filter((name) => ![...REQUIRED_FIELDS, ...OPTIONAL_FIELDS].includes(name))).toEqual([]);
  expect(problem.requestId).toBe(reply.headers.get('x-request-id'));
  expect(typeof problem.retryable).toBe('boolean');
  for (const text of [problem.type, problem.title, problem.detail]) expect(text).toMatch(/\S/);
  if (status === 429 || status === 503) expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  if (code === 'VALIDATION_FAILED')
    expect(problem.errors).toEqual(expect.arrayContaining([expect.objectContaining({ field: expect.any(String) })]));
  expect(JSON.stringify(problem)).not.toMatch(INTERNAL_DETAILS);
  return problem;
}

/** A time in a response: RFC 3339, UTC, milliseconds. */
export const INSTANT_PATTERN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
