import { describe, expect, it } from '@jest/globals';
import { findUrlViolation } from '../endpoints/endpoint-url.js';
import { isAllowedAddress } from './address-policy.js';

const PUBLIC = ['93.184.215.14', '8.8.8.8', '::ffff:8.8.8.8', '2606:4700::1111', '2400:3200::1'];
const PRIVATE = [
  ...['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  ...['100.64.0.1', '100.127.255.255', 'fc00::1', 'fd12:3456::1', '::ffff:10.0.0.1', '::ffff:a00:1'],
];
/** Never allowed. */
const FORBIDDEN = [
  ...['169.254.169.254', '169.254.0.1', '::ffff:169.254.169.254', 'fe80::1', 'febf::1', 'fe80::1%eth0'],
  ...['100.100.100.200', 'fd00:ec2::254', '0.0.0.0', '0.1.2.3', '::', '255.255.255.255', '224.0.0.1', 'ff02::1'],
  ...['64:ff9b::a9fe:a9fe', '64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2002:a9fe:a9fe::', '2001:0:7f00:1::'],
  ...['::7f00:1', '::ffff:0:127.0.0.1', 'fec0::1', '240.0.0.1', '192.0.2.1', '198.18.0.1', '2001:db8::1'],
  ...['', 'localhost', 'example.com', '1.2.3', '1.2.3.4.5'],
];

describe('addresses of event receivers', () => {
  it.each(PUBLIC)('%s is public', (address) => {
    expect(isAllowedAddress(address, { allowPrivate: false })).toBe(true);
    expect(isAllowedAddress(address, { allowPrivate: true })).toBe(true);
  });

  it.each(PRIVATE)('%s is allowed only with private networks', (address) => {
    expect(isAllowedAddress(address, { allowPrivate: false })).toBe(false);
    expect(isAllowedAddress(address, { allowPrivate: true })).toBe(true);
  });

  it.each(FORBIDDEN)('%s is never allowed', (address) => {
    expect(isAllowedAddress(address, { allowPrivate: false })).toBe(false);
    expect(isAllowedAddress(address, { allowPrivate: true })).toBe(false);
  });

  it.each([
    ...['http://example.com/', 'https://localhost/', 'https://a.localhost/', 'https://127.0.0.1/', 'https://0x7f.1/'],
    ...[
      'https://2130706433/',
      'https://[::1]/',
      'https://[::ffff:7f00:1]/',
      'https://10.0.0.1/',
      'https://017700000001/',
    ],
  ])('%s is not a URL for production', (url) => {
    expect(findUrlViolation(url, { allowPrivate: false })).not.toBeNull();
  });

  it.each(['https://example.com/events?token=1', 'https://93.184.215.14:8443/'])(
    '%s is a URL for production',
    (url) => {
      expect(findUrlViolation(url, { allowPrivate: false })).toBeNull();
    },
  );
});
