import { createDecipheriv, createHash, createHmac } from 'node:crypto';
import { parseStringPromise } from 'xml2js';

/** Implemented from the documents with another XML library, independent of the simulator. */
export const KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
export const APPID = 'wx8888888888888888';
export const SECRET = '5d1c8f0e2b7a4963a0f1e2d3c4b5a697';
export const MCH_ID = '1900000109';
export const OPENID = 'oDemo5pQ0x7Rk2Jw9YtVb3Lz8NcA';

export type Message = Record<string, string>;

export function signOf(message: Message, type = message['sign_type'] ?? 'MD5', key = KEY): string {
  const names = Object.keys(message).filter((name) => name !== 'sign' && message[name] !== '');
  const text = [...names.sort().map((name) => `${name}=${message[name] ?? ''}`), `key=${key}`].join('&');
  const hash = type === 'MD5' ? createHash('md5') : createHmac('sha256', key);
  return hash.update(text).digest('hex').toUpperCase();
}

/** Chooses the sign type by the length of the signature, because messages seldom name it. */
export function hasValidSignature(message: Message): boolean {
  const sign = message['sign'] ?? '';
  return sign === signOf(message, sign.length === 64 ? 'HMAC-SHA256' : 'MD5');
}

export function toXml(message: Message): string {
  const elements = Object.entries(message).map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`);
  return `<xml>${elements.join('')}</xml>`;
}

export async function fromXml(xml: string): Promise<Message> {
  const parsed = (await parseStringPromise(xml, { explicitArray: false, trim: false })) as { xml: Message };
  return parsed.xml;
}

/** The decrypted document of a refund notice. @throws when it was encrypted with another key */
export function decryptRefundNotice(reqInfo: string, key = KEY): string {
  const decipher = createDecipheriv('aes-256-ecb', createHash('md5').update(key).digest('hex'), null);
  return Buffer.concat([decipher.update(reqInfo, 'base64'), decipher.final()]).toString('utf8');
}

/** The elements of the document inside a refund notice. */
export async function readRefundNotice(notice: string, key = KEY): Promise<Message> {
  const reqInfo = (await fromXml(notice))['req_info'] ?? '';
  return ((await parseStringPromise(decryptRefundNotice(reqInfo, key), { explicitArray: false })) as { root: Message })
    .root;
}
