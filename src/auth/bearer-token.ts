import type { FastifyRequest } from 'fastify';

/** Returns the token of an `Authorization: Bearer` header. Null without one, or when it is longer than our tokens. */
export function bearerTokenOf(request: FastifyRequest): string | null {
  return /^Bearer ([\w-]{1,128})$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}
