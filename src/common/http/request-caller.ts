import type { FastifyRequest } from 'fastify';
import { clientAddress } from './client-address.js';

/** The client address of a request and, after a guard has authenticated it, the caller. For the log. */
interface RequestCaller {
  readonly address: string;
  /** `user:ID`, `staff:ID` or `key:ID`. */
  readonly user?: string;
}

/** Keyed by the raw request, because the logger receives only that. */
const callers = new WeakMap<object, RequestCaller>();

/** @param user absent until a guard has authenticated the request. */
export function setRequestCaller(request: FastifyRequest, user?: string): void {
  callers.set(request.raw, { address: clientAddress(request), ...(user !== undefined && { user }) });
}

export function getRequestCaller(rawRequest: object): RequestCaller | undefined {
  return callers.get(rawRequest);
}
