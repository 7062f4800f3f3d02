import createClient from 'openapi-fetch';
import type { components, paths } from './schema.js';

export type Schemas = components['schemas'];
export type Problem = Schemas['ProblemDto'];
export type ProblemCode = Problem['code'];

/** What the service answered instead of what was asked for; or that it did not answer at all. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly problem: Problem | null,
  ) {
    super(problem?.detail ?? 'The service did not answer');
  }

  get code(): ProblemCode | 'NO_ANSWER' {
    return this.problem?.code ?? 'NO_ANSWER';
  }
}

/** The language in which problems are told, as the reader has chosen. */
let language = 'zh-CN';
export function setAcceptLanguage(tag: string): void {
  language = tag;
}

/** The service, typed by its own description. The session is a cookie that counts only beside this header. */
export const api = createClient<paths>({
  headers: { 'x-console': '1' },
  // Looked up at each call, so that the language is the one of the moment.
  fetch: (request) => {
    request.headers.set('accept-language', language);
    return fetch(request);
  },
});

interface ApiResponse<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** What was asked for. @throws ApiError for anything else, with a status of 0 when nothing came back. */
export async function unwrap<Data>(call: Promise<ApiResponse<Data>>): Promise<Data> {
  const answer = await call.catch(() => null);
  if (answer === null) throw new ApiError(0, null);
  if (!answer.response.ok) throw new ApiError(answer.response.status, parseProblem(answer.error));
  return answer.data as Data; // none for 204, and then none is expected
}

/** A proxy's own error page is no problem of ours. */
function parseProblem(body: unknown): Problem | null {
  return typeof body === 'object' && body !== null && 'code' in body ? (body as Problem) : null;
}
