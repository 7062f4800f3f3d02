import { BlockList, isIP } from 'node:net';
import { parseAddress } from './client-address.js';

/** An address or a network: `10.0.0.5`, `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `2001:db8::/32`. */
interface IpNetwork {
  address: string;
  prefix: number;
}

/** Null if the text is neither an address nor a network. */
export function parseNetwork(text: string): IpNetwork | null {
  const [addressText = '', size, ...rest] = text.trim().split('/');
  const address = parseAddress(addressText);
  if (address === null || isIP(addressText) === 0 || rest.length > 0) return null;
  const bits = isIP(address) === 4 ? 32 : 128;
  if (size === undefined) return { address, prefix: bits };
  // `::ffff:10.0.0.0/104` is `10.0.0.0/8`.
  const hidden = bits === 32 && isIP(addressText) === 6 ? 96 : 0;
  const prefix = (/^\d{1,3}$/.test(size) ? Number(size) : prefixLengthOf(size)) - hidden;
  return prefix >= 0 && prefix <= bits ? { address, prefix } : null;
}

/** The number of leading ones of a mask; NaN if the text is not a mask. */
function prefixLengthOf(mask: string): number {
  if (isIP(mask) !== 4) return NaN;
  const ones = mask
    .split('.')
    .map((byte) => Number(byte).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(ones) ? ones.lastIndexOf('1') + 1 : NaN;
}

/**
 * A check whether an address in `X-Forwarded-For` is a trusted proxy. Addresses are parsed like client addresses, so that
 * a port in the header does not break the chain.
 * @param networks the validated value of TRUSTED_PROXIES.
 */
export function trustedProxies(networks: string): (address: string) => boolean {
  const list = new BlockList();
  for (const text of networks.split(',')) {
    const network = parseNetwork(text);
    if (network) list.addSubnet(network.address, network.prefix, familyOf(network.address));
  }
  return (text) => {
    const address = parseAddress(text);
    return address !== null && list.check(address, familyOf(address));
  };
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}
