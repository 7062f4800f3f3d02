import { createHash } from 'node:crypto';

/**
 * A minimal parser and signer of flat WeChat messages, for the bare server, the load generator and the WeChat stub. It
 * assumes well-formed messages, which the service never does.
 */

/** The only response that WeChat accepts as a success. */
export const ACCEPTED =
  '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>';
export const REFUSED = '<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[NO]]></return_msg></xml>';

const FIELD = /<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))<\/\1>/g;

/** @param text without entities */
export function readMessage(text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, name = '', cdata, plain = ''] of text.slice(text.indexOf('<xml>') + 5).matchAll(FIELD)) {
    fields[name] = cdata ?? plain;
  }
  return fields;
}

/** @returns upper-case MD5, as WeChat Pay v2 signs */
export function signMessage(fields: Record<string, string>, key: string): string {
  const names = Object.keys(fields).sort();
  const pairs = names.filter((name) => name !== 'sign' && fields[name] !== '').map((name) => `${name}=${fields[name]}`);
  return createHash('md5')
    .update(`${pairs.join('&')}&key=${key}`)
    .digest('hex')
    .toUpperCase();
}

/** @returns in WeChat's format: sorted by name, one field per line, CDATA */
export function writeMessage(fields: Record<string, string>, key: string): string {
  const signed: Record<string, string> = { ...fields, sign: signMessage(fields, key) };
  const lines = Object.keys(signed)
    .sort()
    .map((name) => `<${name}><![CDATA[${signed[name]}]]></${name}>\n`);
  return `<xml>\n${lines.join('')}</xml>`;
}
