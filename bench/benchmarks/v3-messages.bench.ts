import type { KeyObject } from 'node:crypto';
import { compareWorks, ratioOf, requireCompared, versionOf, type Work } from '../support/contestants.ts';
import { median, type Figure } from '../support/figures.ts';
import { sealNotice, type SealedNotice } from '../notices/v3-message.ts';
import { transactionOf } from '../support/seed-orders.ts';
import { MERCHANT, ROOT } from '../support/settings.ts';
import { generateV3Keys, privatePem, type V3Keys } from '../support/v3-keys.ts';

/** Short rounds, because other work on the machine would otherwise meet only one of the contestants. */
const WHOLE_ROUNDS = { warmUp: 20, measured: 120, messagesPerRound: 20 };
const NOTICE_ROUNDS = { warmUp: 20, measured: 120, messagesPerRound: 200 };
const ORDER_PATH = '/v3/pay/transactions/jsapi';
const ORDER_BODY = JSON.stringify(transactionOf('M', 1));

// The parts that are used here: the libraries are installed at the first run only, and the service is imported as built.
interface OurSigner {
  authorizationOf: (
    request: { method: 'POST'; path: string; body: string },
    signer: { mchId: string; key: { privateKey: KeyObject; serial: string }; now: Date },
  ) => string;
}
interface OurVerifier {
  verifyMessage: (
    headers: Record<string, string>,
    body: Buffer,
    keys: { find: (serial: string) => KeyObject | null },
    now: Date,
  ) => { kind: string };
}
interface OurDecryption {
  decryptResource: (resource: Resource, apiV3Key: string) => string | null;
}
interface OurJson {
  parseObject: (message: Buffer | string) => Record<string, unknown> | null;
}
interface Resource {
  algorithm: string;
  ciphertext: string;
  nonce: string;
  associated_data: string;
}
interface WechatpayAxiosPlugin {
  Rsa: {
    sign: (text: string, key: KeyObject) => string;
    verify: (text: string, signature: string, key: KeyObject) => boolean;
  };
  Aes: { AesGcm: { decrypt: (ciphertext: string, key: string, nonce: string, associatedData: string) => string } };
  Formatter: {
    nonce: () => string;
    timestamp: () => number;
    request: (method: string, path: string, timestamp: number, nonce: string, body: string) => string;
    response: (timestamp: string, nonce: string, body: string) => string;
    authorization: (mchId: string, nonce: string, signature: string, timestamp: number, serial: string) => string;
  };
}
interface WechatpayNode {
  buildAuthorization: (method: string, path: string, body: string) => string;
  verifySign: (parts: object) => Promise<boolean>;
  decipher_gcm: (ciphertext: string, associatedData: string, nonce: string) => { out_trade_no?: string };
}
interface WechatpayNodeConstructor {
  new (options: object): WechatpayNode;
  certificates: Record<string, string>;
}

/** A message to send and one that was received. */
interface Contestant {
  name: string;
  sign: Work;
  open: Work;
}

/**
 * Signs one request, and verifies, decrypts and parses one payment notice, with the service's functions and with two libraries.
 * Signing costs ten times as much as the rest, and nearly all of it is OpenSSL's, so the notice is also
 * compared alone, without a target: only our code rejects repeated names and altered base64. Each
 * library gets its keys in the form that it handles fastest.
 */
export async function benchV3Messages(): Promise<Figure[]> {
  const keys = generateV3Keys();
  const { wechatPrivateKey: privateKey, wechatKeyId: keyId, apiV3Key } = keys;
  const notice = sealNotice(transactionOf('M', 1), { privateKey, keyId, apiV3Key });
  const contestants = [await ourselves(keys, notice), plugin(keys, notice), wechatpayNode(keys, notice)];
  const whole = await compareWorks(
    contestants.map((each) => bothOf(each)),
    WHOLE_ROUNDS,
  );
  const opened = await compareWorks(
    contestants.map(({ open }) => open),
    NOTICE_ROUNDS,
  );
  return [
    // Signing costs the same everywhere: the target allows the noise between two equal programs.
    ...figuresOf('v3 message', contestants, whole).map((figure) =>
      figure.unit === '' ? { ...figure, atMost: 1.05 } : figure,
    ),
    ...figuresOf('v3 notice alone', contestants, opened),
  ];
}

function bothOf({ sign, open }: Contestant): Work {
  return async () => (await sign()) && (await open());
}

function figuresOf(what: string, contestants: Contestant[], [ours = [], ...others]: number[][]): Figure[] {
  const [own, ...rest] = contestants;
  return [
    ...rest.map(({ name }, index) => ({
      name: `One ${what}, ours ÷ ${name}`,
      value: ratioOf(ours, others[index]),
      unit: '',
    })),
    { name: `  ${own?.name}`, value: median(ours), unit: 'µs' },
    ...rest.map(({ name }, index) => ({
      name: `  ${name} ${versionOf(name)}`,
      value: median(others[index] ?? []),
      unit: 'µs',
    })),
  ];
}

async function ourselves(keys: V3Keys, { headers, body }: SealedNotice): Promise<Contestant> {
  const folder = `${ROOT}dist/src/wechat/pay/v3`;
  const { authorizationOf } = (await import(`${folder}/keys/merchant-signer.js`)) as OurSigner;
  const { verifyMessage } = (await import(`${folder}/keys/signed-message.js`)) as OurVerifier;
  const { decryptResource } = (await import(`${folder}/keys/aead.js`)) as OurDecryption;
  const { parseObject } = (await import(`${folder}/messages/strict-json.js`)) as OurJson;
  const key = { privateKey: keys.merchantPrivateKey, serial: keys.merchantSerial };
  const bytes = Buffer.from(body);
  const find = (id: string) => (id === keys.wechatKeyId ? keys.wechatPublicKey : null);
  const request = { method: 'POST', path: ORDER_PATH, body: ORDER_BODY } as const;
  return {
    name: 'ours',
    sign: () => authorizationOf(request, { mchId: MERCHANT.mchId, key, now: new Date() }) !== '',
    open: () => {
      if (verifyMessage(headers, bytes, { find }, new Date()).kind !== 'VERIFIED') return false;
      const text = decryptResource(parseObject(bytes)?.['resource'] as Resource, keys.apiV3Key);
      return isPayment(text === null ? null : parseObject(text));
    },
  };
}

function plugin(keys: V3Keys, { headers, body }: SealedNotice): Contestant {
  const { Aes, Formatter, Rsa } = requireCompared('wechatpay-axios-plugin') as WechatpayAxiosPlugin;
  const { timestamp = '', nonce = '', signature = '' } = partsOf(headers);
  return {
    name: 'wechatpay-axios-plugin',
    sign: () => {
      const [now, random] = [Formatter.timestamp(), Formatter.nonce()];
      const text = Formatter.request('POST', ORDER_PATH, now, random, ORDER_BODY);
      const signed = Rsa.sign(text, keys.merchantPrivateKey);
      return Formatter.authorization(MERCHANT.mchId, random, signed, now, keys.merchantSerial) !== '';
    },
    open: () => {
      if (!Rsa.verify(Formatter.response(timestamp, nonce, body), signature, keys.wechatPublicKey)) return false;
      const { resource } = JSON.parse(body) as { resource: Resource };
      const { ciphertext, nonce: resourceNonce, associated_data } = resource;
      return isPayment(JSON.parse(Aes.AesGcm.decrypt(ciphertext, keys.apiV3Key, resourceNonce, associated_data)));
    },
  };
}

/** It keeps WeChat's keys as PEM texts, and parses what it decrypts. It knows them by the serial of a certificate. */
function wechatpayNode(keys: V3Keys, { headers, body }: SealedNotice): Contestant {
  const Pay = requireCompared('wechatpay-node-v3') as WechatpayNodeConstructor;
  const pem = keys.wechatPublicKey.export({ type: 'spki', format: 'pem' }).toString();
  Pay.certificates = { [keys.wechatKeyId]: pem };
  const client = new Pay({
    appid: MERCHANT.appid,
    mchid: MERCHANT.mchId,
    serial_no: keys.merchantSerial,
    publicKey: Buffer.from(pem),
    privateKey: Buffer.from(privatePem(keys.merchantPrivateKey)),
    key: keys.apiV3Key,
  });
  return {
    name: 'wechatpay-node-v3',
    sign: () => client.buildAuthorization('POST', ORDER_PATH, ORDER_BODY) !== '',
    open: async () => {
      if (!(await client.verifySign({ ...partsOf(headers), body }))) return false;
      const { resource } = JSON.parse(body) as { resource: Resource };
      return isPayment(client.decipher_gcm(resource.ciphertext, resource.associated_data, resource.nonce));
    },
  };
}

function partsOf(headers: Record<string, string>) {
  const names = ['timestamp', 'nonce', 'serial', 'signature'] as const;
  const parts: Partial<Record<(typeof names)[number], string>> = {};
  for (const name of names) parts[name] = headers[`wechatpay-${name}`] ?? '';
  return parts;
}

function isPayment(content: unknown): boolean {
  return (content as { out_trade_no?: string } | null)?.out_trade_no !== undefined;
}
