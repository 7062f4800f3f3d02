import { createCipheriv, createHash } from 'node:crypto';

/** The fields of an event besides its name. */
export type EventFields = Readonly<Record<string, string | number>>;

const BLOCK_BYTES = 32;

/** SHA-1 of the sorted and joined parts. Source: 消息推送. */
export function messageSignature(parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''), 'utf8')
    .digest('hex');
}

/** Writes the event as XML or JSON. In XML, texts are in CDATA and numbers are not. */
export function writeEvent(fields: EventFields, format: 'xml' | 'json'): string {
  if (format === 'json') return JSON.stringify(fields);
  const elements = Object.entries(fields).map(([name, value]) => {
    return `<${name}>${typeof value === 'number' ? value : `<![CDATA[${value}]]>`}</${name}>`;
  });
  return `<xml>${elements.join('\n')}</xml>`;
}

/**
 * Safe mode: AES-256-CBC of 16 random characters, the length, the text and the appid, padded to a multiple of 32 bytes.
 */
export function encryptMessage(text: string, encodingAesKey: string, appid: string, random: string): string {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const message = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const plain = Buffer.concat([Buffer.from(random, 'latin1'), length, message, Buffer.from(appid, 'utf8')]);
  const pad = BLOCK_BYTES - (plain.length % BLOCK_BYTES);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString(
    'base64',
  );
}
