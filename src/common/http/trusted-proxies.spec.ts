import { describe, expect, it } from '@jest/globals';
import { parseNetwork, trustedProxies } from './trusted-proxies.js';

describe('trusted proxies', () => {
  const isTrusted = trustedProxies('127.0.0.1,10.0.0.0/8,172.16.0.0/255.240.0.0,2001:db8::/32');

  it.each(['127.0.0.1', '127.0.0.1:4444', '::ffff:10.1.2.3', '172.31.0.1', '[2001:db8:7::1]:443', '2001:db8::1%eth0'])(
    'trusts %s',
    (address) => {
      expect(isTrusted(address)).toBe(true);
    },
  );

  it.each(['127.0.0.2', '11.0.0.1', '172.32.0.1', '2001:db9::1', 'unknown', '', '10.0.0.0/8'])(
    'does not trust %j',
    (address) => {
      expect(isTrusted(address)).toBe(false);
    },
  );

  it.each([
    ['::ffff:10.0.0.0/104', { address: '10.0.0.0', prefix: 8 }],
    ['10.0.0.0/255.0.0.0', { address: '10.0.0.0', prefix: 8 }],
    ['10.0.0.0/0.0.0.0', { address: '10.0.0.0', prefix: 0 }],
    ['::1', { address: '::1', prefix: 128 }],
    ['10.0.0.0/33', null],
    ['10.0.0.0/255.0.255.0', null],
    ['10.0.0.0/8/8', null],
    ['203.0.113.7:80', null],
    ['proxy', null],
  ])('parses %s as the network %j', (text, network) => {
    expect(parseNetwork(text)).toEqual(network);
  });
});
