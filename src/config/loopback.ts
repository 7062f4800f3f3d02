import { isIP } from 'node:net';

/** True if only this machine can reach the address. `0.0.0.0` and `::` mean all addresses, so they are not loopback. */
export function isLoopback(host: string): boolean {
  const plain = host.replaceAll(/[[\]]/g, '').toLowerCase();
  if (isIP(plain) === 4) return plain.startsWith('127.');
  return plain === '::1' || plain === 'localhost';
}
