import { isIP, SocketAddress } from 'node:net';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** The address fields of a request. `ip` comes from the trusted proxies, `socket` is the connection itself. */
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
 * The address of a client, used for WeChat, the audit log and the rate limits. Removes a port, brackets and a zone. Falls
 * back to the address of the connection if the text is not an address.
 */
export function clientAddress({ ip, socket }: AddressedRequest): string {
  return parseAddress(ip) ?? parseAddress(socket.remoteAddress ?? '') ?? UNKNOWN_ADDRESS;
}

/** The address of the client, as a parameter of a controller. */
export const ClientAddress = createParamDecorator((_data: unknown, context: ExecutionContext): string =>
  clientAddress(context.switchToHttp().getRequest<FastifyRequest>()),
);

/**
 * An address in its canonical spelling, or null for any other text. An IPv4-mapped IPv6 address, as reported by a
 * dual-stack socket, is returned as IPv4.
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
 * The key by which rate limits count: an IPv4 address, or the /64 network of an IPv6 address, because one customer of a
 * provider owns at least a whole /64.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('::', 2);
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
}

/** The 16-bit groups of a part of an IPv6 address; a trailing IPv4 address counts as two. */
function groupsOf(part: string): string[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => (group.includes('.') ? ['v4', 'v4'] : [group]));
}
