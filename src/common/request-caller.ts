import type { FastifyRequest } from 'fastify';
import { clientAddress } from './client-address.js';

/** Where a request comes from, and who makes it as soon as a guard has found out. For the log. */
interface RequestCaller {
  readonly address: string;
  /** `user:ID`, `staff:ID` or `key:ID`. */
  readonly user?: string;
}

/** By the raw request, which is all that the logger gets. */
const callers = new WeakMap<object, RequestCaller>();

/** @param user absent until a guard has let the request in. */
export function setRequestCaller(request: FastifyRequest, user?: string): void {
  callers.set(request.raw, { address: clientAddress(request), ...(user !== undefined && { user }) });
}

export function getRequestCaller(rawRequest: object): RequestCaller | undefined {
  return callers.get(rawRequest);
}
