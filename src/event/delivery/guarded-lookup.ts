import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { type AddressPolicy, isAllowedAddress } from './address-policy.js';

/** Resolves a host name to all its addresses. */
export type Resolver = (
  hostname: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const resolveBySystem: Resolver = (hostname, callback) => lookup(hostname, { all: true }, callback);

/** The host has an address that receivers must not have. */
class AddressNotAllowedError extends Error {
  readonly code = 'ADDRESS_NOT_ALLOWED';
}

/**
 * The lookup of a connection to a receiver. It fails if any address of the host is not allowed. The socket connects to the
 * addresses that were checked, so a second DNS answer (DNS rebinding) changes nothing.
 */
export function guardedLookup(policy: AddressPolicy, resolve: Resolver = resolveBySystem): LookupFunction {
  const resolveOnce = shareCalls(resolve);
  return (hostname, options, callback) => {
    resolveOnce(hostname, (error, addresses) => {
      const [first] = addresses;
      if (error || !first) {
        callback(error ?? new Error(`${hostname} has no address.`), []);
      } else if (!addresses.every(({ address }) => isAllowedAddress(address, policy))) {
        callback(new AddressNotAllowedError(`${hostname} has an address that is not allowed.`), []);
      } else if (options.all === true) {
        callback(null, addresses);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };
}

/** One call at a time for each host: a DNS server that does not answer must not occupy all threads of the process. */
function shareCalls(resolve: Resolver): Resolver {
  const waiting = new Map<string, Parameters<Resolver>[1][]>();
  return (hostname, callback) => {
    const others = waiting.get(hostname);
    if (others) {
      others.push(callback);
      return;
    }
    const callbacks = [callback];
    waiting.set(hostname, callbacks);
    resolve(hostname, (error, addresses) => {
      waiting.delete(hostname);
      for (const each of callbacks) each(error, error ? [] : addresses);
    });
  };
}
