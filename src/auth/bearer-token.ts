import type { FastifyRequest } from 'fastify';

/** The token of an `Authorization: Bearer` header, or null. Longer than any of ours is none of ours. */
export function bearerTokenOf(request: FastifyRequest): string | null {
  return /^Bearer ([\w-]{1,128})$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}
