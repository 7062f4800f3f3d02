import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { NoticeAttempt } from '../notices/notice.js';
import { NoticeSender } from '../notices/notice-sender.js';
import { SeededRandom } from '../random.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { encryptMessage, EventFields, messageSignature, writeEvent } from './message-envelope.js';

/** The merchant's settings in 小程序后台 → 开发管理 → 消息推送. */
export interface PushSettings {
  readonly url: string;
  readonly token: string;
  readonly format: 'xml' | 'json';
  /** With a key, messages are sent in safe mode. */
  readonly encodingAesKey?: string;
}

/** The forgeries of a message. All except `garbage` and `doctype` are well-formed. */
export const MESSAGE_FORGERIES = [
  'no-signature',
  'wrong-signature',
  'other-token',
  'other-body',
  'other-appid',
  'other-key',
  'doctype',
  'garbage',
] as const;
export type MessageForgery = (typeof MESSAGE_FORGERIES)[number];
/** Defects of the encryption. In plain mode the message would be genuine. */
const SAFE_MODE_FORGERIES: readonly string[] = ['other-body', 'other-appid', 'other-key'];

/** WeChat makes three attempts without a delay and then drops the message. */
const MAX_ATTEMPTS = 3;

/** Sends messages to the mini-program's address, if one is set. */
@Injectable()
export class MessagePusher {
  settings: PushSettings | undefined;

  constructor(
    private readonly clock: SimulatorClock,
    private readonly random: SeededRandom,
    private readonly simulator: SimulatorSettings,
    private readonly sender: NoticeSender,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.settings = undefined;
    });
  }

  get isConfigured(): boolean {
    return this.settings !== undefined;
  }

  /** True without settings, because then nothing is sent. */
  canForge(forgery: MessageForgery | undefined): boolean {
    return (
      this.settings === undefined ||
      this.settings.encodingAesKey !== undefined ||
      !SAFE_MODE_FORGERIES.includes(forgery ?? '')
    );
  }

  /** Makes attempts until one is accepted. */
  async send(event: string, fields: EventFields): Promise<NoticeAttempt[]> {
    const attempts: NoticeAttempt[] = [];
    const { settings } = this;
    if (settings === undefined) return attempts;
    const message = this.createMessage(event, fields);
    while (attempts.length < MAX_ATTEMPTS && !attempts.some(({ isAccepted }) => isAccepted)) {
      attempts.push(await this.pushOnce(settings, message));
    }
    return attempts;
  }

  /** Makes one attempt, genuine or forged. */
  async sendOnce(event: string, fields: EventFields, forgery?: MessageForgery): Promise<NoticeAttempt | undefined> {
    return this.settings && this.pushOnce(this.settings, this.createMessage(event, fields), forgery);
  }

  private createMessage(event: string, fields: EventFields): EventFields {
    const { appid } = this.simulator.merchant;
    const CreateTime = Math.floor(this.clock.now().getTime() / 1000);
    return {
      ToUserName: `gh_${appid.slice(-12)}`,
      FromUserName: 'oWeixin',
      CreateTime,
      MsgType: 'event',
      Event: event,
      ...fields,
    };
  }

  private pushOnce(settings: PushSettings, message: EventFields, forgery?: MessageForgery): Promise<NoticeAttempt> {
    const { query, body } = this.createEnvelope(settings, message, forgery);
    const url = new URL(settings.url);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return this.sender.send({
      url: url.href,
      numbers: {},
      body,
      forgery,
      contentType: settings.format === 'json' ? 'application/json' : 'text/xml',
      checkReply: (status, reply) =>
        status === 200 && reply === 'success' ? undefined : `HTTP ${status} ${reply.slice(0, 40)}`,
    });
  }

  private createEnvelope(
    { token: trueToken, format, encodingAesKey }: PushSettings,
    message: EventFields,
    forgery?: MessageForgery,
  ): { query: Record<string, string>; body: string } {
    const { appid } = this.simulator.merchant;
    const token = forgery === 'other-token' ? `${trueToken}x` : trueToken;
    const [timestamp, nonce] = [String(Math.floor(this.clock.now().getTime() / 1000)), this.random.digits(10)];
    const signature = messageSignature([token, timestamp, nonce]);
    const query: Record<string, string> = { signature, timestamp, nonce, openid: 'oWeixin' };
    let body = writeEvent(message, format);
    if (encodingAesKey !== undefined) {
      const key = forgery === 'other-key' ? [...encodingAesKey].reverse().join('') : encodingAesKey;
      const about = forgery === 'other-appid' ? 'wx0000000000000000' : appid;
      const encrypted = encryptMessage(body, key, about, this.random.alphanumeric(16));
      query['encrypt_type'] = 'aes';
      query['msg_signature'] = messageSignature([token, timestamp, nonce, encrypted]);
      const other = forgery === 'other-body' ? encryptMessage('<xml></xml>', key, appid, 'x'.repeat(16)) : encrypted;
      body = writeEvent({ ToUserName: String(message['ToUserName']), Encrypt: other }, format);
    }
    return { query: forgedQuery(query, forgery), body: forgedBody(body, forgery) };
  }
}

function forgedQuery(query: Record<string, string>, forgery?: MessageForgery): Record<string, string> {
  if (forgery === 'no-signature') {
    return Object.fromEntries(Object.entries(query).filter(([name]) => !name.endsWith('signature')));
  }
  if (forgery !== 'wrong-signature') return query;
  const wrong = '0123456789abcdef0123456789abcdef01234567';
  return { ...query, signature: wrong, ...('msg_signature' in query && { msg_signature: wrong }) };
}

function forgedBody(body: string, forgery?: MessageForgery): string {
  if (forgery === 'garbage') return '\u0000<<<';
  return forgery === 'doctype' ? `<!DOCTYPE xml [<!ENTITY a "b">]>\n${body}` : body;
}

/** Real milliseconds within which the address must respond. */
const TIMEOUT_MS = 5000;

/** Verifies the merchant's address: it must return the echostr that it receives. */
@Injectable()
export class MessageHandshake {
  constructor(
    private readonly clock: SimulatorClock,
    private readonly random: SeededRandom,
  ) {}

  async perform({ url, token }: PushSettings): Promise<{ isAccepted: boolean; status: number | null }> {
    const [timestamp, nonce] = [String(Math.floor(this.clock.now().getTime() / 1000)), this.random.digits(10)];
    const echostr = this.random.digits(19);
    const address = new URL(url);
    const query = { signature: messageSignature([token, timestamp, nonce]), echostr, timestamp, nonce };
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    try {
      const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      return { isAccepted: response.status === 200 && (await response.text()) === echostr, status: response.status };
    } catch {
      return { isAccepted: false, status: null };
    }
  }
}
