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
 * The result of sending. `no-consent`: no consent is left, which is normal · `retry-later`: not sent, or the outcome is unknown ·
 * `misconfigured`: no such message can arrive until the operator has done what `remedy` says.
 */
export type SendMessageResult =
  | { kind: 'sent' }
  /** @param code WeChat's errcode. */
  | { kind: 'no-consent'; code: string }
  | { kind: 'retry-later'; code: string; reason: string }
  | { kind: 'misconfigured'; code: string; reason: string; remedy: string };

/** Sends subscribe messages to users who have agreed to them. */
export abstract class WechatMessageGateway {
  /**
   * Sends the message and uses up one consent. After `retry-later` the same message may be sent again: a user who has agreed once
   * receives it at most once.
   * @throws DomainError SERVICE_UNAVAILABLE when the database that shares the access token between instances does not
   * answer.
   */
  abstract send(message: SubscribeMessage): Promise<SendMessageResult>;
}
