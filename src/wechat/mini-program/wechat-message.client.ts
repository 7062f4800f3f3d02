import { Injectable } from '@nestjs/common';
import type { Refused } from '../pay/outcome.js';
import { PlatformApiClient } from './api/platform-api.client.js';
import { remedyFor, withoutIpAddresses } from './api/platform-refusals.js';

/** A subscribe message to one user. */
export interface SubscribeMessage {
  openid: string;
  templateId: string;
  /** The page that a tap on it opens; undefined for none. */
  page?: string | undefined;
  /** By key, such as `thing4`. Each must be within the limit of its kind. */
  values: Readonly<Record<string, string>>;
  /** The version of the mini-program that opens the page. */
  miniprogramState: MiniprogramState;
  lang: MessageLanguage;
}

export const MINIPROGRAM_STATES = ['developer', 'trial', 'formal'] as const;
export type MiniprogramState = (typeof MINIPROGRAM_STATES)[number];

export const MESSAGE_LANGUAGES = ['zh_CN', 'en_US', 'zh_HK', 'zh_TW'] as const;
export type MessageLanguage = (typeof MESSAGE_LANGUAGES)[number];

/**
 * The result of sending. `no-consent`: there is no consent, which is normal · `retry-later`: not sent, or the outcome
 * is unknown ·
 * `misconfigured`: no such message can arrive until the operator has done what `remedy` says.
 */
export type SendMessageResult =
  | { kind: 'sent' }
  /** @param code WeChat's errcode. */
  | { kind: 'no-consent'; code: string }
  | { kind: 'retry-later'; code: string; reason: string }
  | { kind: 'misconfigured'; code: string; reason: string; remedy: string };

/** Refusals that end only when the operator corrects the configuration. Source: docs/wechat-protocol.md, v2 §10.4. */
const REMEDY_OF_ERRCODE: Readonly<Record<string, string>> = {
  40003:
    'WeChat does not recognize the buyer in this mini-program: check that WECHAT_APP_ID is the one they logged in with',
  40037: 'check the templateId in SUBSCRIBE_MESSAGES_FILE against 小程序后台 → 订阅消息 → 我的模板',
  41030: 'check the page in SUBSCRIBE_MESSAGES_FILE: it must exist in the published version and begin without a slash',
  47003: 'compare data in SUBSCRIBE_MESSAGES_FILE with the keys of the template in 小程序后台 → 订阅消息 → 我的模板',
};

/**
 * Sends subscribe messages to users who have agreed to them: POST /cgi-bin/message/subscribe/send.
 * Source: docs/wechat-protocol.md, v2 §10.4.
 */
@Injectable()
export class WechatMessageClient {
  constructor(private readonly platform: PlatformApiClient) {}

  /**
   * Sends the message and uses up one consent. After `retry-later` the same message may be sent again: a user who has
   * agreed once receives it at most once.
   * @throws DomainError SERVICE_UNAVAILABLE when the database that shares the access token between instances does not
   * respond.
   */
  async send(message: SubscribeMessage): Promise<SendMessageResult> {
    const outcome = await this.platform.post({
      endpoint: 'subscribe_send',
      path: '/cgi-bin/message/subscribe/send',
      body: requestBodyOf(message),
      actions: { 43101: 'TELL_USER' },
      read: (answer) => (answer['errcode'] === 0 ? true : null),
    });
    switch (outcome.kind) {
      case 'done':
        return { kind: 'sent' };
      case 'unknown':
        return { kind: 'retry-later', code: outcome.code ?? 'UNKNOWN', reason: outcome.reason };
      case 'refused':
        return resultOfRefusal(outcome);
    }
  }
}

function requestBodyOf({ openid, templateId, page, values, miniprogramState, lang }: SubscribeMessage): object {
  return {
    touser: openid,
    template_id: templateId,
    ...(page !== undefined && { page }),
    data: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }])),
    miniprogram_state: miniprogramState,
    lang,
  };
}

/** A rejected token or an exhausted quota is temporary or needs the operator: the message is retried later. */
function resultOfRefusal({ code, message, action }: Refused): SendMessageResult {
  const reason = withoutIpAddresses(message);
  switch (action) {
    case 'TELL_USER':
      return { kind: 'no-consent', code };
    case 'RETRY_LATER':
    case 'NOT_READY':
      return { kind: 'retry-later', code, reason };
    case 'FIX_REQUEST':
    case 'RETRY_SAME':
    case 'QUERY_FIRST':
    case 'NEW_NUMBER':
    case 'ALREADY_PAID':
    case 'ALREADY_CLOSED':
    case 'NOT_FOUND':
    case 'TOP_UP_FUNDS':
    case 'GIVE_UP':
      return { kind: 'misconfigured', code, reason, remedy: REMEDY_OF_ERRCODE[code] ?? remedyFor(code) };
  }
}
