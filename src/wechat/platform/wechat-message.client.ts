import { Injectable } from '@nestjs/common';
import type { Refused } from '../outcome.js';
import { type SendMessageResult, type SubscribeMessage, WechatMessageGateway } from '../wechat-message.gateway.js';
import { PlatformApiClient } from './platform-api.client.js';
import { remedyFor, withoutIpAddresses } from './platform-refusals.js';

/** Refusals that end only when the operator corrects the configuration. Source: v2.md §10.4. */
const REMEDY_OF_ERRCODE: Readonly<Record<string, string>> = {
  40003:
    'WeChat does not recognize the buyer in this mini-program: check that WECHAT_APP_ID is the one they logged in with',
  40037: 'check the templateId in SUBSCRIBE_MESSAGES_FILE against 小程序后台 → 订阅消息 → 我的模板',
  41030: 'check the page in SUBSCRIBE_MESSAGES_FILE: it must exist in the published version and begin without a slash',
  47003: 'compare data in SUBSCRIBE_MESSAGES_FILE with the keys of the template in 小程序后台 → 订阅消息 → 我的模板',
};

/** POST /cgi-bin/message/subscribe/send. Source: v2.md §10.4. */
@Injectable()
export class WechatMessageClient extends WechatMessageGateway {
  constructor(private readonly platform: PlatformApiClient) {
    super();
  }

  override async send(message: SubscribeMessage): Promise<SendMessageResult> {
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
