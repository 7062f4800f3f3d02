import { describe, expect, it } from '@jest/globals';
import { plainIp } from './plain-ip.js';

describe('the address of whoever acts', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:203.0.113.7', '203.0.113.7'],
    ['2001:db8::7', '2001:db8::7'],
    ['::ffff', '::ffff'],
    ['::1', '::1'],
  ])('%s is written %s', (ip, written) => {
    expect(plainIp(ip)).toBe(written);
  });
});
