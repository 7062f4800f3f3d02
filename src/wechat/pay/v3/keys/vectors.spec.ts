import { constants, createHash, privateDecrypt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  findWechatKey,
  headersOf,
  momentOf,
  privateKeyOf,
  publicKeyOf,
  type SignedVector,
  VECTORS,
} from '../../../../../test/vectors/v3/vectors.js';
import { appParameters, miniProgramParameters } from '../messages/client-parameters.js';
import { decryptResource } from './aead.js';
import { decryptCertificateList } from './certificate-list.js';
import { authorizationOf, linesOf } from './merchant-signer.js';
import { decodeBase64, encryptOaep, verifyRsa } from './rsa.js';
import { verifyMessage } from './signed-message.js';

const key = { privateKey: privateKeyOf(VECTORS.keys.merchantPrivate), serial: VECTORS.merchantSerial };
const { apiV3Key, answers, notices, keys } = VECTORS;

const verify = (message: SignedVector, changes: { now?: Date; body?: string; find?: typeof findWechatKey } = {}) => {
  const { now = momentOf(message), body = message.body, find = findWechatKey } = changes;
  return verifyMessage(headersOf(message), Buffer.from(body), { find }, now).kind;
};

describe('v3 signatures: requests', () => {
  it.each(Object.entries(VECTORS.requests))('%s is signed byte for byte', (_name, vector) => {
    const { method, url: path, body, timestamp, nonce, signature } = vector;
    const now = new Date(Number(timestamp) * 1000);
    const header = authorizationOf({ method, path, body }, { mchId: VECTORS.mchid, key, now, nonce });
    if (vector.authorization !== undefined) expect(header).toBe(vector.authorization);
    else expect(header).toContain(`signature="${String(signature)}"`);
  });

  it('V21: the samples of WeChat’s own pages verify, and no altered one does', () => {
    const official = publicKeyOf(VECTORS.officialRequests.publicKey);
    for (const { text, signature } of VECTORS.officialRequests.samples) {
      expect(verifyRsa([text], signature, official)).toBe(true);
      expect(verifyRsa([text.trimEnd()], signature, official)).toBe(false);
    }
  });

  it('ends every line, also an empty last one, with a line feed', () => {
    expect(linesOf('GET', '/', '1', 'n', '')).toBe('GET\n/\n1\nn\n\n');
  });
});

describe('v3 signatures: responses and notices', () => {
  const { V16, ...signed } = answers;

  it.each(Object.entries({ ...signed, ...notices }))('%s verifies with the key that it names', (_name, message) => {
    expect(verify(message)).toBe('VERIFIED');
  });

  it('V11: an official response verifies', () => {
    const { publicKey, ...message } = VECTORS.officialAnswer;
    expect(verify(message, { find: () => publicKeyOf(publicKey) })).toBe('VERIFIED');
  });

  it.each([notices.V6, answers.V3])(
    'an appended blank, another form or another key is a wrong signature',
    (message) => {
      expect(verify(message, { body: `${message.body} ` })).toBe('BAD_SIGNATURE');
      expect(verify(message, { body: JSON.stringify(JSON.parse(message.body), null, 1) })).toBe('BAD_SIGNATURE');
      expect(verify(message, { find: () => publicKeyOf(keys.oldWechatPublic) })).toBe('BAD_SIGNATURE');
    },
  );

  it('V4: a response without a body has an empty third line', () => {
    expect(verify(answers.V4)).toBe('VERIFIED');
    expect(verify(answers.V4, { body: '\n' })).toBe('BAD_SIGNATURE');
  });

  it.each([-301, -300, 300, 301])(
    'a timestamp that differs by %d s is stale before anything is verified',
    (seconds) => {
      const now = new Date((Number(notices.V6.timestamp) + seconds) * 1000);
      const find = (): never => {
        throw new Error('no key is needed');
      };
      expect(verify(notices.V6, { now, find })).toBe('STALE');
    },
  );

  it.each([-299, 299])('a timestamp that differs by %d s is not stale', (seconds) => {
    expect(verify(notices.V6, { now: new Date((Number(notices.V6.timestamp) + seconds) * 1000) })).toBe('VERIFIED');
  });

  it('an unknown serial is no wrong signature', () => {
    const serial = 'PUB_KEY_ID_0000000000000000000000000000000000';
    expect(verify({ ...notices.V6, serial })).toBe('UNKNOWN_SERIAL');
    expect(verify(answers.V18, { find: (id) => (id === VECTORS.publicKeyId ? findWechatKey(id) : null) })).toBe(
      'UNKNOWN_SERIAL',
    );
  });

  it('V16: a probe is recognized and never verifies, with or without its prefix', () => {
    expect(verify(V16)).toBe('PROBE');
    const prefix = 'WECHATPAY/SIGNTEST/';
    expect(verify({ ...V16, signature: V16.signature.slice(prefix.length) })).toBe('BAD_SIGNATURE');
    expect(verify({ ...notices.V6, signature: prefix + notices.V6.signature })).toBe('PROBE');
  });

  it('V19: the signatures of two serials cannot be swapped', () => {
    const { V19first: first, V19repeat: repeat } = notices;
    expect(verify({ ...first, signature: repeat.signature })).toBe('BAD_SIGNATURE');
    expect(verify({ ...repeat, signature: first.signature })).toBe('BAD_SIGNATURE');
  });

  it.each(['timestamp', 'nonce', 'serial', 'signature'])('a missing, repeated or oversized %s is rejected', (name) => {
    const headers: Record<string, string> = headersOf(notices.V6);
    const value = headers[`wechatpay-${name}`] ?? '';
    for (const other of [undefined, '', `${value}, ${value}`, `${value}${'1'.repeat(5000)}`, ` ${value}`]) {
      const changed = { ...headers, [`wechatpay-${name}`]: other };
      const result = verifyMessage(
        changed,
        Buffer.from(notices.V6.body),
        { find: findWechatKey },
        momentOf(notices.V6),
      );
      expect(['MALFORMED', 'BAD_SIGNATURE']).toContain(result.kind);
    }
  });

  it('a message without any signature header is unsigned, and one of another type is malformed', () => {
    const [body, now] = [Buffer.from(notices.V6.body), momentOf(notices.V6)];
    expect(verifyMessage({ 'request-id': 'x' }, body, { find: findWechatKey }, now).kind).toBe('UNSIGNED');
    const other = { ...headersOf(notices.V6), 'wechatpay-signature-type': 'WECHATPAY2-SM2-WITH-SM3' };
    expect(verifyMessage(other, body, { find: findWechatKey }, now).kind).toBe('MALFORMED');
  });
});

describe('v3 signatures: parameters for clients', () => {
  it('V5: mini-program and app', () => {
    const { V5mini, V5app } = VECTORS.clientParameters;
    const signing = { key, now: momentOf(V5mini), nonce: V5mini.nonce };
    expect(miniProgramParameters(VECTORS.appid, V5mini.prepayId, signing)).toMatchObject({
      timeStamp: V5mini.timestamp,
      package: `prepay_id=${V5mini.prepayId}`,
      signType: 'RSA',
      paySign: V5mini.signature,
    });
    const app = appParameters({ appId: VECTORS.appid, mchId: VECTORS.mchid }, V5app.prepayId, signing);
    expect(app['sign']).toBe(V5app.signature);
  });

  it('V13: all parameters of an app, under the names of our API', () => {
    const {
      appId = '',
      partnerId,
      prepayId = '',
      packageValue,
      nonceStr = '',
      timeStamp = '',
      sign,
    } = VECTORS.clientParameters.V13;
    const signing = { key, now: momentOf({ timestamp: timeStamp }), nonce: nonceStr };
    expect(appParameters({ appId, mchId: VECTORS.mchid }, prepayId, signing)).toEqual({
      appid: appId,
      partnerid: partnerId,
      prepayid: prepayId,
      package: packageValue,
      noncestr: nonceStr,
      timestamp: timeStamp,
      sign,
    });
  });
});

describe('v3 encryption', () => {
  it.each(Object.entries(notices))('%s decrypts to its text', (_name, { body, plain }) => {
    const { resource } = JSON.parse(body) as { resource: Parameters<typeof decryptResource>[0] };
    expect(decryptResource(resource, apiV3Key)).toBe(plain);
    const otherKey = `${apiV3Key.slice(0, -1)}x`;
    expect(decryptResource(resource, otherKey)).toBeNull();
    for (const changed of [
      ...[
        { associated_data: '' },
        { associated_data: 7 },
        { nonce: 'fdasfjihihiX' },
        { nonce: '' },
        { algorithm: 'x' },
      ],
      ...[{ ciphertext: '' }, { ciphertext: '@@@@' }, { ciphertext: `${String(resource.ciphertext)}\n` }],
      { ciphertext: `A${String(resource.ciphertext).slice(1)}` === resource.ciphertext ? '' : 'AAAA' },
    ])
      expect(decryptResource({ ...resource, ...changed }, apiV3Key)).toBeNull();
  });

  it('V8: a certificate decrypts to its PEM', () => {
    const { nonce, associatedData, ciphertext, plainSha256 } = VECTORS.certificate;
    const resource = { algorithm: 'AEAD_AES_256_GCM', nonce, associated_data: associatedData, ciphertext };
    expect(
      createHash('sha256')
        .update(decryptResource(resource, apiV3Key) ?? '')
        .digest('hex'),
    ).toBe(plainSha256);
  });

  it('V17: a list during a replacement has both certificates', () => {
    const list = decryptCertificateList(Buffer.from(answers.V17.body), apiV3Key);
    expect(list?.map(({ serial }) => serial)).toEqual([VECTORS.oldCertificateSerial, VECTORS.certificateSerial]);
    expect(decryptCertificateList(Buffer.from(answers.V17.body), apiV3Key.toLowerCase())).toBeNull();
    const swapped = answers.V17.body.replace(VECTORS.certificateSerial, 'F'.repeat(40));
    expect(decryptCertificateList(Buffer.from(swapped), apiV3Key)).toBeNull();
  });

  it('V9: a sensitive field is encrypted with OAEP and SHA-1', () => {
    const decrypt = (base64: string): string =>
      privateDecrypt(
        {
          key: privateKeyOf(keys.wechatPrivate),
          padding: constants.RSA_PKCS1_OAEP_PADDING,
          oaepHash: 'sha1',
        },
        Buffer.from(base64, 'base64'),
      ).toString('utf8');
    expect(decrypt(VECTORS.sensitive.ciphertext)).toBe(VECTORS.sensitive.plain);
    expect(decrypt(encryptOaep('李四', publicKeyOf(keys.wechatPublic)))).toBe('李四');
  });

  it.each(['', 'A', 'AB', 'ABC', 'AB=C', 'AAAA=', 'AA AA', 'AAAA\n', '-_AA', 'ÄAAA'])('%j is no base64', (text) => {
    expect(decodeBase64(text)).toBeNull();
  });
});
