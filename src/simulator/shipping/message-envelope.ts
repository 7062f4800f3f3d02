import { createCipheriv, createHash } from 'node:crypto';

/** What an event says besides its name. */
export type EventFields = Readonly<Record<string, string | number>>;

/** What a sender of messages has at hand. The names in the address are WeChat's. */
interface MessageEnvelope {
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
}

const BLOCK_BYTES = 32;

/** SHA-1 over the parts, sorted and joined. Source: 消息推送. */
export function messageSignature(parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''), 'utf8')
    .digest('hex');
}

/** The event as XML or JSON; in XML texts are CDATA and numbers bare. */
export function writeEvent(fields: EventFields, format: 'xml' | 'json'): string {
  if (format === 'json') return JSON.stringify(fields);
  const elements = Object.entries(fields).map(([name, value]) => {
    return `<${name}>${typeof value === 'number' ? value : `<![CDATA[${value}]]>`}</${name}>`;
  });
  return `<xml>${elements.join('\n')}</xml>`;
}

/** Safe mode: AES-256-CBC over 16 random characters, the length, the text and the appid; padded to 32 bytes. */
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
