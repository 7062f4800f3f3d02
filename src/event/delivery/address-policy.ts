import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export interface AddressPolicy {
  /** Also loopback and private addresses. */
  allowPrivate: boolean;
}

const PRIVATE_RANGES: readonly string[] = ['loopback', 'private', 'carrierGradeNat', 'uniqueLocal'];
/** All public IPv6 addresses begin with these three bits. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');
/** Metadata services of clouds outside the link-local range: Alibaba Cloud, and AWS by IPv6. */
const METADATA_ADDRESSES: readonly string[] = ['100.100.100.200', 'fd00:ec2::254'];

/**
 * Whether a receiver may have this address. Only known good ranges are allowed, so an unknown one is not. Addresses that embed
 * an IPv4 address (NAT64, 6to4, Teredo) are refused, because they lead to it behind a router; a mapped one is that address.
 * @param address an IPv4 or IPv6 address; another text is refused.
 */
export function isAllowedAddress(address: string, { allowPrivate }: AddressPolicy): boolean {
  // The library also reads notations such as `127.1`.
  if (isIP(address) === 0 || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (METADATA_ADDRESSES.includes(parsed.toString())) return false;
  const range = parsed.range();
  if (allowPrivate && PRIVATE_RANGES.includes(range)) return true;
  if (range !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_IPV6);
}
