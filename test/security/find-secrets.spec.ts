import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findSecrets } from '../../chaos/checks/find-secrets.js';

const KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const PASSWORD = 'correct "horse" & 电池+staple/9';
const bytesOf = (secret: string): Buffer => Buffer.from(secret);
const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

describe('findSecrets', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'wx-checkout-secrets-'))));
  afterEach(() => rm(folder, { recursive: true }));

  async function inLog(text: string | Buffer, secrets: Record<string, string> = { key: KEY, password: PASSWORD }) {
    await writeFile(join(folder, 'service.log'), text);
    return findSecrets(folder, secrets);
  }

  it('a text without secrets has no findings', async () => {
    const innocent =
      'the key of WeChat, session_key, "session_key":"", authorization: Bearer [redacted], a1b2c3d4e5f60718293a';
    expect(await inLog(`${innocent}\n`.repeat(1000))).toEqual([]);
    expect(await inLog('')).toEqual([]);
  });

  it.each<[string, string, string | Buffer]>([
    ['plain text', 'key', `x${KEY}x`],
    ['plain text of several alphabets', 'password', `password=${PASSWORD}`],
    ['base64', 'key (base64)', bytesOf(KEY).toString('base64')],
    ['base64, shifted by one byte', 'key (base64)', bytesOf(`:${KEY}:`).toString('base64')],
    ['base64, shifted by two bytes', 'key (base64)', bytesOf(`id${KEY}!`).toString('base64')],
    ['base64url', 'password (base64)', bytesOf(PASSWORD).toString('base64url')],
    ['URL-encoded base64', 'password (base64)', encodeURIComponent(bytesOf(PASSWORD).toString('base64'))],
    ['hex', 'key (hex)', bytesOf(KEY).toString('hex')],
    ['upper-case hex', 'password (hex)', bytesOf(PASSWORD).toString('hex').toUpperCase()],
    ['a URL', 'password (URL)', `?password=${encodeURIComponent(PASSWORD)}`],
    ['a form', 'password (URL)', new URLSearchParams({ password: PASSWORD }).toString()],
    ['JSON', 'password (JSON)', JSON.stringify({ password: PASSWORD })],
    ['JSON with escaped non-ASCII characters', 'password (JSON)', 'correct \\"horse\\" & \\u7535\\u6c60+staple/9'],
    ['JSON within JSON', 'password (JSON in JSON)', escaped(escaped(PASSWORD))],
    ['binary data', 'key', Buffer.concat([Buffer.from([0, 255, 254]), bytesOf(KEY), Buffer.from([0x80])])],
  ])('a secret is found in %s', async (_form, name, text) => {
    expect(await inLog(text)).toEqual([{ file: 'service.log', name }]);
  });

  it.each([
    ['a private key', '-----BEGIN PRIVATE KEY-----'],
    ['a private key', '"-----BEGIN RSA PRIVATE KEY-----\\nMIIE'],
    ['a private key', '-----BEGIN ENCRYPTED PRIVATE KEY-----'],
    ['certificate text', '-----BEGIN CERTIFICATE-----'],
    ['a session_key', '{"session_key":"HyVFkGl5F5OQWJZZaNzBBg==","openid":"o1"}'],
    ['a session_key', String.raw`{"raw":"{\"session_key\":\"HyVFkGl5F5OQWJZZaNzBBg==\"}"}`],
    ['a session_key', 'session_key=HyVFkGl5F5OQWJZZaNzBBg%3D%3D'],
    ['a Bearer token', 'authorization: bearer T3g-XCkq0bJ8sHc_2m4d'],
    ['a key of the server API', 'GET /?key=wxk_live_K7Q2M9XWPA0B4D1E_T3g-XCkq0bJ8sHc_2m4d'],
    ['an argon2 hash', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA'],
    ['an API key’s setting', 'WECHAT_API_KEY=x'],
  ])('%s is found by its form: %s', async (name, text) => {
    expect(await inLog(`before ${text} after`, {})).toEqual([{ file: 'service.log', name }]);
  });

  it('a certificate that was cut into lines is found', async () => {
    const body = ['MIIBszCCAVmgAwIBAgIUfL0wq', 'Xx9Xk3vQ0m7Zt'];
    const pem = `-----BEGIN CERTIFICATE-----\n${body.join('\n')}\n-----END CERTIFICATE-----\n`;
    expect(await inLog(`line 1: ${body[0] ?? ''}`, { body: body.join('\n') })).toEqual([
      { file: 'service.log', name: 'body (a line of it)' },
    ]);
    expect((await inLog(escaped(pem), { pem })).map(({ name }) => name)).toContain('pem (JSON)');
  });

  it('a secret is found across the border of two reads and in subfolders', async () => {
    await mkdir(join(folder, 'node-2'));
    for (const before of [KEY.length, 17, 1]) {
      const text = `${'.'.repeat(2 ** 20 - before)}${KEY}${'.'.repeat(2 ** 20)}`;
      await writeFile(join(folder, 'node-2', 'service.log'), text);
      expect(await findSecrets(folder, { key: KEY })).toEqual([{ file: join('node-2', 'service.log'), name: 'key' }]);
    }
  });

  it('many secrets are distinguished, and each is reported once per file', async () => {
    const secrets = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`token ${n}`, `token-of-user-${n}-end`]));
    const found = await inLog('token-of-user-7-end token-of-user-77-end token-of-user-7-end', secrets);
    expect(found.map(({ name }) => name)).toEqual(['token 7', 'token 77']);
  });

  it('a finding does not contain the secret', async () => {
    expect(JSON.stringify(await inLog(`${KEY} ${PASSWORD}`))).not.toMatch(/a1b2c3|horse/);
  });

  it('a secret that is too short is rejected', async () => {
    await expect(inLog('', { pin: '1234567' })).rejects.toThrow('pin is too short');
    await expect(inLog('', { nothing: '' })).rejects.toThrow('nothing is too short');
  });
});
