import { isUtf8 } from 'node:buffer';
import { Injectable } from '@nestjs/common';
import secureJson from 'secure-json-parse';
import { Clock } from '../../../common/time/clock.js';
import { Settings } from '../../../config/settings.js';
import { parseXml } from '../../xml.js';
import { decryptMessage, isSha1SignatureValid } from './message-cipher.js';

/** Why a message is rejected. Returned as one word, and counted in the metrics. */
export type MessageRefusal = 'TOO_LARGE' | 'BAD_SIGNATURE' | 'STALE' | 'NOT_ENCRYPTED' | 'UNDECRYPTABLE' | 'MALFORMED';

/** A message that WeChat pushed to the mini-program, verified as far as possible without a database. */
export type PlatformMessage =
  | { kind: 'event'; event: string; fields: Readonly<Record<string, string>>; raw: string }
  /** A chat message, or an event in a form that this service does not read. */
  | { kind: 'other' }
  | { kind: 'refused'; refusal: MessageRefusal };

/** The query parameters of the URL, by WeChat's names. */
export type MessageQuery = Readonly<Record<string, unknown>>;

type Fields = Readonly<Record<string, string>>;

/** WeChat repeats within seconds, and clocks differ by minutes. An observed signature must not be usable later. */
const MAX_AGE_MS = 3_600_000;
/** A shipping event must be readable. Other content in another form is ignored. */
const SHIPPING_EVENT = /trade_manage_|wxa_trade_/;

/**
 * Reads the messages that WeChat pushes to the mini-program (消息推送), in XML or JSON, plain or in safe mode.
 * Source: docs/wechat-protocol.md, v2 §10.5.
 */
@Injectable()
export class PlatformMessageReader {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** False when no token is configured: the endpoint then responds with 404. */
  get isConfigured(): boolean {
    return this.settings.wechat.WECHAT_MESSAGE_TOKEN !== undefined;
  }

  /** The echo that proves that the address is ours, or why it is rejected. Never throws. */
  handshake(query: MessageQuery): { echo: string } | { refusal: MessageRefusal } {
    const refusal = this.refusalOf(query);
    if (refusal) return { refusal };
    const { echostr } = query;
    return typeof echostr === 'string' && /^[\w-]{1,128}$/.test(echostr) ? { echo: echostr } : { refusal: 'MALFORMED' };
  }

  /**
   * Verifies the signature before anything else. In plain mode it covers only the URL, not the message: anyone who has
   * seen one URL can send any content for an hour. Actions that follow from a message must therefore be harmless.
   * Never throws.
   */
  read(query: MessageQuery, bytes: Buffer, isTruncated: boolean): PlatformMessage {
    if (isTruncated) return refused('TOO_LARGE');
    const refusal = this.refusalOf(query);
    if (refusal) return refused(refusal);
    const text = isUtf8(bytes) ? bytes.toString('utf8') : '';
    const key = this.settings.wechat.WECHAT_MESSAGE_AES_KEY;
    return key === undefined ? parseMessage(text) : this.decryptAndParse(query, text, key);
  }

  /** With a key only encrypted messages are accepted: otherwise the key would not protect anything. */
  private decryptAndParse(query: MessageQuery, text: string, key: string): PlatformMessage {
    const encrypted = parseFields(text)?.['Encrypt'];
    if (!encrypted) return refused('NOT_ENCRYPTED');
    const { timestamp, nonce, msg_signature: signature } = query;
    const { WECHAT_MESSAGE_TOKEN: token = '', WECHAT_APP_ID } = this.settings.wechat;
    if (!isSha1SignatureValid([token, String(timestamp), String(nonce), encrypted], signature))
      return refused('BAD_SIGNATURE');
    const message = decryptMessage(encrypted, key, WECHAT_APP_ID);
    return message === null ? refused('UNDECRYPTABLE') : parseMessage(message);
  }

  private refusalOf({ signature, timestamp, nonce }: MessageQuery): MessageRefusal | undefined {
    const token = this.settings.wechat.WECHAT_MESSAGE_TOKEN;
    if (token === undefined || typeof timestamp !== 'string' || typeof nonce !== 'string') return 'BAD_SIGNATURE';
    if (!isSha1SignatureValid([token, timestamp, nonce], signature)) return 'BAD_SIGNATURE';
    const age = Math.abs(this.clock.now().getTime() - Number(timestamp) * 1000);
    return age <= MAX_AGE_MS ? undefined : 'STALE';
  }
}

function parseMessage(text: string): PlatformMessage {
  const fields = parseFields(text);
  if (fields === null) return SHIPPING_EVENT.test(text) || text === '' ? refused('MALFORMED') : { kind: 'other' };
  const { MsgType, Event: event } = fields;
  return MsgType === 'event' && event ? { kind: 'event', event, fields, raw: text } : { kind: 'other' };
}

/** Flat fields, all as texts. Null when the text cannot be parsed. */
function parseFields(text: string): Fields | null {
  try {
    return text.trimStart().startsWith('{') ? parseJsonFields(text) : parseXml(text);
  } catch {
    return null;
  }
}

function parseJsonFields(text: string): Fields {
  const value = secureJson.parse(text) as Record<string, unknown>;
  const flat = Object.entries(value).filter(([, field]) => typeof field === 'string' || typeof field === 'number');
  return Object.fromEntries(flat.map(([name, field]) => [name, String(field)]));
}

function refused(refusal: MessageRefusal): PlatformMessage {
  return { kind: 'refused', refusal };
}
