import { createHash, generateKeyPairSync, KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  answerText,
  decryptField,
  encryptResource,
  isSignatureOf,
  linesOf,
  requestText,
  signText,
  uuidOf,
} from '../../../packages/wechat-pay-simulator/src/v3/wire/v3-crypto.js';
import { parseAuthorization } from '../../../packages/wechat-pay-simulator/src/v3/wire/authorization.js';
import { explainMismatch } from '../../../packages/wechat-pay-simulator/src/v3/wire/sign-mismatch.js';
import { privateKeyOf, publicKeyOf, SignedVector, VECTORS } from '../../vectors/v3/vectors.js';
import { decryptAes } from '../support/v3-merchant.js';

const { keys, answers, notices, requests, apiV3Key, oldCertificateSerial } = VECTORS;
const pem = (key: KeyObject): string =>
  key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString();
const merchantPublic = publicKeyOf(keys.merchantPublic);
const wechatPrivate = pem(privateKeyOf(keys.wechatPrivate));
const signerOf = ({ serial }: SignedVector): KeyObject =>
  privateKeyOf(serial === oldCertificateSerial ? keys.oldWechatPrivate : keys.wechatPrivate);

describe('simulator v3 vectors: requests (V1, V2, V12, V15, V20)', () => {
  it.each(Object.entries(requests))('the signature of %s is valid', (_name, vector) => {
    const given = vector.authorization === undefined ? undefined : parseAuthorization(vector.authorization);
    const signature = vector.signature ?? (typeof given === 'object' ? given.signature : '');
    expect(isSignatureOf(requestText(vector), signature, merchantPublic)).toBe(true);
    const other = { ...vector, timestamp: String(Number(vector.timestamp) + 1) };
    expect(isSignatureOf(requestText(other), signature, merchantPublic)).toBe(false);
  });

  it('the header of V1 is read in any order of its attributes', () => {
    const header = requests.V1.authorization ?? '';
    const [scheme = '', attributes = ''] = header.split(' ');
    const reversed = `${scheme} ${attributes.split(',').reverse().join(',')}`;
    const expected = { mchid: VECTORS.mchid, nonce: requests.V1.nonce, serial: VECTORS.merchantSerial };
    expect(parseAuthorization(header)).toMatchObject({ ...expected, timestamp: requests.V1.timestamp });
    expect(parseAuthorization(reversed)).toEqual(parseAuthorization(header));
  });

  it('a wrong signature of V2 is explained by the line that differs', () => {
    const { V2 } = requests;
    const withoutQuery = requestText({ ...V2, url: V2.url.replace(/\?.*/, '') });
    const signature = signText(withoutQuery, privateKeyOf(keys.merchantPrivate));
    const explanation = explainMismatch(V2, signature, pem(merchantPublic));
    expect(explanation).toBe('line 2 differs: the client signed the path without its query');
  });

  it('the samples of WeChat’s own pages are valid (V21)', () => {
    const publicKey = publicKeyOf(VECTORS.officialRequests.publicKey);
    for (const { text, signature } of VECTORS.officialRequests.samples) {
      expect(isSignatureOf(text, signature, publicKey)).toBe(true);
    }
  });
});

describe('simulator v3 vectors: answers and notices (V3, V4, V6, V7, V11, V12, V14, V17 to V20)', () => {
  const signed = Object.entries({ ...answers, ...notices }).filter(([name]) => name !== 'V16');

  it.each(signed)('signs %s byte for byte', (_name, vector) => {
    expect(signText(answerText(vector.timestamp, vector.nonce, vector.body), signerOf(vector))).toBe(vector.signature);
  });

  it('a probe has the length of V16 and is not valid, also without its prefix', () => {
    const { V16, V3 } = answers;
    const text = answerText(V16.timestamp, V16.nonce, V16.body);
    expect(V16.signature.length).toBe('WECHATPAY/SIGNTEST/'.length + V3.signature.length);
    expect(isSignatureOf(text, V16.signature, publicKeyOf(keys.wechatPublic))).toBe(false);
    expect(isSignatureOf(text, V16.signature.slice(19), publicKeyOf(keys.wechatPublic))).toBe(false);
  });

  it('the official answer is valid (V11)', () => {
    const { timestamp, nonce, body, signature, publicKey } = VECTORS.officialAnswer;
    expect(isSignatureOf(answerText(timestamp, nonce, body), signature, publicKeyOf(publicKey))).toBe(true);
  });
});

describe('simulator v3 vectors: encryption (V6 to V9, V14, V19)', () => {
  it.each(Object.entries(notices))('encrypts the content of %s byte for byte', (_name, { body, plain = '' }) => {
    const { resource } = JSON.parse(body) as { resource: Record<string, string> };
    const { nonce = '', associated_data = '', ciphertext } = resource;
    expect(encryptResource(plain, apiV3Key, nonce, associated_data)).toMatchObject({ ciphertext, nonce });
  });

  it('encrypts the platform certificate of V8 byte for byte', () => {
    const { nonce, associatedData, ciphertext, plainSha256 } = VECTORS.certificate;
    const plain = decryptAes({ ciphertext, nonce, associated_data: associatedData }, apiV3Key);
    expect(createHash('sha256').update(plain).digest('hex')).toBe(plainSha256);
    expect(encryptResource(plain, apiV3Key, nonce, associatedData).ciphertext).toBe(ciphertext);
  });

  it('decrypts the sensitive field of V9, and nothing with another key', () => {
    expect(decryptField(VECTORS.sensitive.ciphertext, wechatPrivate)).toBe(VECTORS.sensitive.plain);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(decryptField(VECTORS.sensitive.ciphertext, pem(privateKey))).toBeUndefined();
  });
});

describe('simulator v3 vectors: the cashier (V5, V13)', () => {
  it('accepts the client parameters of the mini-program and of an app', () => {
    const { V5mini, V5app, V13 } = VECTORS.clientParameters;
    const textOf = (appid: string, prepay: string, { timestamp, nonce }: typeof V5mini): string =>
      linesOf(appid, timestamp, nonce, prepay);
    const mini = textOf(VECTORS.appid, `prepay_id=${V5mini.prepayId}`, V5mini);
    expect(isSignatureOf(mini, V5mini.signature, merchantPublic)).toBe(true);
    const app = textOf(VECTORS.appid, V5app.prepayId, V5app);
    expect(isSignatureOf(app, V5app.signature, merchantPublic)).toBe(true);
    const { appId = '', timeStamp = '', nonceStr = '', prepayId = '', sign = '' } = V13;
    expect(isSignatureOf(linesOf(appId, timeStamp, nonceStr, prepayId), sign, merchantPublic)).toBe(true);
  });
});

it('simulator v3: the id of a notice is a name-based UUID', () => {
  expect(uuidOf('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(uuidOf('a')).toBe(uuidOf('a'));
});
