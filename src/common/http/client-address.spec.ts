import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isIP } from 'node:net';
import { clientAddress, networkOf, parseAddress } from './client-address.js';

const request = (ip: string, remoteAddress?: string): Parameters<typeof clientAddress>[0] => ({
  ip,
  socket: { remoteAddress },
});

describe('client address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:51234', '203.0.113.7'],
    [' 203.0.113.7 ', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:203.0.113.7', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['[::ffff:203.0.113.7]:443', '203.0.113.7'],
    ['2001:db8::7', '2001:db8::7'],
    ['2001:DB8:0:0:0:0:0:7', '2001:db8::7'],
    ['[2001:db8::7]', '2001:db8::7'],
    ['[2001:db8::7]:51234', '2001:db8::7'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[fe80::1%25eth0]:80', 'fe80::1'],
    ['::ffff', '::ffff'],
    ['::1', '::1'],
  ])('parses %j as %s', (text, address) => {
    expect(parseAddress(text)).toBe(address);
  });

  it.each([
    '',
    'unknown',
    '_hidden',
    '203.0.113',
    '203.0.113.7:port',
    '010.1.1.1',
    '[203.0.113.7',
    '"><script>',
    '::g',
  ])('uses the address of the connection if the header is %j', (text) => {
    expect(parseAddress(text)).toBeNull();
    expect(clientAddress(request(text, '::ffff:192.0.2.1'))).toBe('192.0.2.1');
  });

  it('returns an address for any header, also without a connection', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (text) => {
        const address = clientAddress(request(text));
        expect(isIP(address)).not.toBe(0);
        expect(parseAddress(address)).toBe(address);
      }),
    );
  });
});

describe('client address: the network for rate limits', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:db8::6', '2001:db8:0:0::/64'],
    ['2001:db8::4:3:2:1', '2001:db8:0:0::/64'],
    ['2001::5:4:3:2:1', '2001:0:0:5::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
  ])('is %s → %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('is the same for all addresses of one /64 in any spelling', () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    const four = fc.tuple(group, group, group, group);
    const hex = (groups: number[]): string => groups.map((each) => each.toString(16)).join(':');
    fc.assert(
      fc.property(four, four, four, (prefix, first, second) => {
        const read = (host: number[]): string => parseAddress(`${hex(prefix)}:${hex(host)}`) ?? '';
        const [one, other] = [read(first), read(second)];
        fc.pre(isIP(one) === 6 && isIP(other) === 6);
        expect(networkOf(one)).toBe(networkOf(other));
      }),
    );
  });
});
