import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Clock } from '../../../common/time/clock.js';
import { readSettings } from '../../../config/read-settings.js';
import { decryptMessage, isSha1SignatureValid } from './message-cipher.js';
import { PlatformMessageReader } from './platform-message.reader.js';

const TOKEN = 'shoptoken2026';
const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const APPID = 'wx8888888888888888';
const NOW = new Date('2026-11-21T04:00:00Z');
const EVENT = '<xml><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[trade_manage_x]]></Event><n>7</n></xml>';

function readerWith(environment: Record<string, string>): PlatformMessageReader {
  const clock = new Clock();
  clock.useTimeSource({ now: () => NOW });
  return new PlatformMessageReader(readSettings(environment), clock);
}
const plain = readerWith({ WECHAT_MESSAGE_TOKEN: TOKEN });
const safe = readerWith({ WECHAT_MESSAGE_TOKEN: TOKEN, WECHAT_MESSAGE_AES_KEY: AES_KEY });

const sha1 = (parts: string[]): string => createHash('sha1').update(parts.sort().join('')).digest('hex');

function signed(parts: string[] = [], secondsAgo = 0): Record<string, string> {
  const [timestamp, nonce] = [String(NOW.getTime() / 1000 - secondsAgo), '4711'];
  const query = { timestamp, nonce, signature: sha1([TOKEN, timestamp, nonce]) };
  return parts.length === 0 ? query : { ...query, msg_signature: sha1([TOKEN, timestamp, nonce, ...parts]) };
}

function encrypted(text: string, { appid = APPID, aesKey = AES_KEY } = {}): string {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  const message = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const all = Buffer.concat([randomBytes(16), length, message, Buffer.from(appid)]);
  const pad = 32 - (all.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.concat([all, Buffer.alloc(pad, pad)])), cipher.final()]).toString(
    'base64',
  );
}

const wrapped = (cipher: string): Buffer =>
  Buffer.from(`<xml><ToUserName>gh_1</ToUserName><Encrypt>${cipher}</Encrypt></xml>`);

describe('platform message', () => {
  it.each([
    ['in XML', EVENT],
    ['in JSON', '{"MsgType":"event","Event":"trade_manage_x","n":7,"deep":{"a":1}}'],
  ])('is read %s', (_how, text) => {
    expect(plain.read(signed(), Buffer.from(text), false)).toEqual({
      kind: 'event',
      event: 'trade_manage_x',
      raw: text,
      fields: { MsgType: 'event', Event: 'trade_manage_x', n: '7' },
    });
  });

  it('is decrypted in safe mode, in XML and JSON', () => {
    const cipher = encrypted(EVENT);
    expect(safe.read(signed([cipher]), wrapped(cipher), false)).toMatchObject({ kind: 'event', raw: EVENT });
    const json = Buffer.from(JSON.stringify({ ToUserName: 'gh_1', Encrypt: cipher }));
    expect(safe.read(signed([cipher]), json, false)).toMatchObject({ kind: 'event', raw: EVENT });
  });

  it('is ignored when it is a chat message or has an unsupported form', () => {
    for (const text of [
      '<xml><MsgType>text</MsgType><Content>hello</Content></xml>',
      '<xml><Event>subscribe_msg_popup_event</Event><List><a>1</a></List></xml>',
    ]) {
      expect(plain.read(signed(), Buffer.from(text), false)).toEqual({ kind: 'other' });
    }
  });

  it.each<[string, () => unknown]>([
    ['BAD_SIGNATURE', () => readerWith({}).read(signed(), Buffer.from(EVENT), false)],
    ['TOO_LARGE', () => plain.read(signed(), Buffer.from(EVENT), true)],
    ['BAD_SIGNATURE', () => plain.read({}, Buffer.from(EVENT), false)],
    ['BAD_SIGNATURE', () => plain.read({ ...signed(), signature: 'x' }, Buffer.from(EVENT), false)],
    ['BAD_SIGNATURE', () => plain.read({ ...signed(), signature: ['a', 'b'] }, Buffer.from(EVENT), false)],
    ['BAD_SIGNATURE', () => plain.read({ ...signed(), timestamp: '1' }, Buffer.from(EVENT), false)],
    ['STALE', () => plain.read(signed([], 3601), Buffer.from(EVENT), false)],
    ['STALE', () => plain.read(signed([], -3601), Buffer.from(EVENT), false)],
    ['MALFORMED', () => plain.read(signed(), Buffer.from(`<!DOCTYPE xml>${EVENT}`), false)],
    ['MALFORMED', () => plain.read(signed(), Buffer.from([0xff, 0xfe]), false)],
    ['NOT_ENCRYPTED', () => safe.read(signed(), Buffer.from(EVENT), false)],
    ['BAD_SIGNATURE', () => safe.read(signed(), wrapped(encrypted(EVENT)), false)],
    ['BAD_SIGNATURE', () => safe.read(signed(['other']), wrapped(encrypted(EVENT)), false)],
  ])('is rejected: %s', (refusal, read) => {
    expect(read()).toEqual({ kind: 'refused', refusal });
  });

  it.each([
    ['for another mini-program', encrypted(EVENT, { appid: 'wx0000000000000000' })],
    ['with another key', encrypted(EVENT, { aesKey: [...AES_KEY].reverse().join('') })],
    ['and then truncated', encrypted(EVENT).slice(0, 24)],
  ])('is rejected as UNDECRYPTABLE when encrypted %s', (_how, cipher) => {
    expect(safe.read(signed([cipher]), wrapped(cipher), false)).toEqual({ kind: 'refused', refusal: 'UNDECRYPTABLE' });
  });

  it('decrypts any encrypted text, and rejects arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 200 }), (text, noise) => {
        expect(decryptMessage(encrypted(text), AES_KEY, APPID)).toBe(text);
        expect(decryptMessage(Buffer.from(noise).toString('base64'), AES_KEY, APPID)).toBeNull();
      }),
    );
  });

  it('accepts only its own signature', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (parts, other) => {
        expect(isSha1SignatureValid(parts, sha1([...parts]))).toBe(true);
        expect(isSha1SignatureValid(parts, other)).toBe(false);
      }),
    );
  });
});

describe('platform message handshake', () => {
  it('echoes echostr only when it is signed and harmless in a page', () => {
    expect(plain.handshake({ ...signed(), echostr: '5412345678901234567' })).toEqual({ echo: '5412345678901234567' });
    expect(plain.handshake({ echostr: '1' })).toEqual({ refusal: 'BAD_SIGNATURE' });
    expect(plain.handshake({ ...signed(), echostr: '<script>' })).toEqual({ refusal: 'MALFORMED' });
    expect(readerWith({}).handshake({ ...signed(), echostr: '1' })).toEqual({ refusal: 'BAD_SIGNATURE' });
    expect([plain.isConfigured, readerWith({}).isConfigured]).toEqual([true, false]);
  });
});
