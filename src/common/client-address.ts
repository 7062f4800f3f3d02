import { isIP, SocketAddress } from 'node:net';

/** A request as far as it says where it comes from. `ip` is what the trusted proxies say, `socket` is the connection itself. */
interface AddressedRequest {
  readonly ip: string;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

const UNKNOWN_ADDRESS = '0.0.0.0';
/** `203.0.113.7:51234`, as some load balancers write it. */
const IPV4_WITH_PORT = /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/;
/** `[2001:db8::7]` and `[2001:db8::7]:51234`. */
const BRACKETED = /^\[([^\]]*)\](?::\d{1,5})?$/;

/**
 * The address of a client, for WeChat, the audit log and the limits alike. A port, brackets and a zone are removed; text
 * that is no address counts for nothing, and the address of the connection is taken instead.
 */
export function clientAddress({ ip, socket }: AddressedRequest): string {
  return parseAddress(ip) ?? parseAddress(socket.remoteAddress ?? '') ?? UNKNOWN_ADDRESS;
}

/**
 * An address in its one spelling, or null for any other text. IPv4 within IPv6 is written as IPv4, which is how a socket
 * that listens for both kinds hides it.
 */
export function parseAddress(text: string): string | null {
  const trimmed = text.trim();
  const bare = BRACKETED.exec(trimmed)?.[1] ?? IPV4_WITH_PORT.exec(trimmed)?.[1] ?? trimmed;
  const address = bare.split('%', 1)[0] ?? '';
  switch (isIP(address)) {
    case 4:
      return address;
    case 6: {
      const canonical = new SocketAddress({ address, family: 'ipv6' }).address;
      return canonical.replace(/^::ffff:(?=\d+\.)/i, '');
    }
    default:
      return null;
  }
}

/**
 * What limits count by: an IPv4 address, or the /64 network of an IPv6 address, because one customer of a provider has
 * all addresses of at least that network.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('::', 2);
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
}

/** The 16-bit groups of a part of an IPv6 address; an IPv4 address at its end is two of them. */
function groupsOf(part: string): string[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => (group.includes('.') ? ['v4', 'v4'] : [group]));
}
