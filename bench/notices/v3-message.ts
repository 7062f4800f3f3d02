import { createCipheriv, createDecipheriv, createSign, createVerify, randomBytes, type KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * A minimal writer and reader of the notices of API v3, for the load generator and the bare server. The reader verifies and
 * decrypts, but assumes well-formed messages, which the service never does.
 */

const TAG_BYTES = 16;
const ORIGINAL_TYPE = 'transaction';

/** What WeChat needs to send a notice. */
export interface NoticeSender {
  privateKey: KeyObject;
  keyId: string;
  apiV3Key: string;
}

/** A signed notice: its headers by lower-case name, and its body. */
export interface SealedNotice {
  headers: Record<string, string>;
  body: string;
}

/** The parts of a payment that are read here. */
export interface PaidTransaction {
  out_trade_no: string;
  transaction_id: string;
  success_time: string;
  amount: { total: number };
}

/** Encrypts and signs the content of a payment notice, as of now. */
export function sealNotice(content: object, { privateKey, keyId, apiV3Key }: NoticeSender): SealedNotice {
  const resourceNonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, resourceNonce).setAAD(Buffer.from(ORIGINAL_TYPE));
  const parts = [cipher.update(JSON.stringify(content), 'utf8'), cipher.final(), cipher.getAuthTag()];
  const body = JSON.stringify({
    id: '5d1c8f0e-2b7a-4963-a0f1-e2d3c4b5a697',
    create_time: '2026-11-21T12:00:42+08:00',
    resource_type: 'encrypt-resource',
    event_type: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    resource: {
      original_type: ORIGINAL_TYPE,
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: Buffer.concat(parts).toString('base64'),
      associated_data: ORIGINAL_TYPE,
      nonce: resourceNonce,
    },
  });
  return { headers: signMessage(body, { privateKey, keyId }), body };
}

/** @returns the headers with WeChat's signature of a notice or a response, as of now */
export function signMessage(
  body: string,
  { privateKey, keyId }: Pick<NoticeSender, 'privateKey' | 'keyId'>,
): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const signature = createSign('RSA-SHA256').update(`${timestamp}\n${nonce}\n${body}\n`).sign(privateKey, 'base64');
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': keyId,
    'wechatpay-signature': signature,
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
  };
}

/**
 * Verifies and decrypts a payment notice.
 * @returns its content as text; null when the signature is wrong.
 * @throws Error when the content was encrypted with another key.
 */
export function openNotice(
  headers: IncomingHttpHeaders,
  body: string,
  { publicKey, apiV3Key }: { publicKey: KeyObject; apiV3Key: string },
): string | null {
  const signed = `${String(headers['wechatpay-timestamp'])}\n${String(headers['wechatpay-nonce'])}\n${body}\n`;
  const signature = String(headers['wechatpay-signature']);
  if (!createVerify('RSA-SHA256').update(signed).verify(publicKey, signature, 'base64')) return null;
  const { resource } = JSON.parse(body) as {
    resource: { ciphertext: string; nonce: string; associated_data: string };
  };
  const bytes = Buffer.from(resource.ciphertext, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', apiV3Key, resource.nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(resource.associated_data)).setAuthTag(bytes.subarray(-TAG_BYTES));
  return decipher.update(bytes.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}
