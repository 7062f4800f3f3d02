import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventSignatureError, verifyEvent } from './verify-event.js';

const KEY = randomBytes(32);
const SECRET = `whsec_${KEY.toString('base64')}`;
const BODY = JSON.stringify({
  id: 'evt_1',
  type: 'order.paid',
  timestamp: '2026-11-21T03:04:05.678Z',
  data: { object: 'order', version: 2, description: '龙井茶 🍵' },
});

/** The headers of a delivery, signed as Standard Webhooks 1.0 says, by code of this test. */
function signed(body: string, ageSeconds = 0, key = KEY): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
  const signature = createHmac('sha256', key).update(`evt_1.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': 'evt_1', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

describe('verifyEvent', () => {
  it('returns the event of a delivery with a valid signature, from text and from bytes', () => {
    for (const body of [BODY, Buffer.from(BODY)])
      expect(verifyEvent(body, signed(BODY), SECRET)).toEqual(JSON.parse(BODY));
  });

  it('accepts either of two signatures during the rotation of a secret', () => {
    const headers = signed(BODY);
    const other = signed(BODY, 0, randomBytes(32))['webhook-signature'] ?? '';
    headers['webhook-signature'] = `${other} ${headers['webhook-signature'] ?? ''}`;
    expect(verifyEvent(BODY, headers, SECRET).id).toBe('evt_1');
  });

  it.each([
    ['another secret', signed(BODY, 0, randomBytes(32))],
    ['a delivery of ten minutes ago', signed(BODY, 600)],
    ['a delivery from the future', signed(BODY, -600)],
    ['missing headers', {}],
    ['another event id', { ...signed(BODY), 'webhook-id': 'evt_2' }],
  ])('rejects %s', (_name, headers) => {
    expect(() => verifyEvent(BODY, headers, SECRET)).toThrow(EventSignatureError);
  });

  it('rejects a body with any changed byte', () => {
    const headers = signed(BODY);
    const bytes = Buffer.from(BODY);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 127 }), (place, change) => {
        const changed = Buffer.from(bytes);
        changed[place] = (changed[place] ?? 0) ^ change;
        expect(() => verifyEvent(changed, headers, SECRET)).toThrow(EventSignatureError);
      }),
    );
  });
});
