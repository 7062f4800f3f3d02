import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** The client of a connection, as identified by its certificate. */
export type ClientIdentity =
  | { readonly kind: 'none' }
  /** The certificate was issued by an untrusted CA or has expired. */
  | { readonly kind: 'invalid' }
  | { readonly kind: 'merchant'; readonly mchId: string };

export function clientIdentityOf(socket: Socket): ClientIdentity {
  if (!(socket instanceof TLSSocket)) return { kind: 'none' };
  const { subject } = socket.getPeerCertificate() as { subject?: { CN?: string | string[] } };
  if (subject === undefined) return { kind: 'none' };
  const name = subject.CN;
  return socket.authorized && typeof name === 'string' ? { kind: 'merchant', mchId: name } : { kind: 'invalid' };
}
