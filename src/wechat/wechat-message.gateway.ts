/** A subscribe message for one person. */
export interface SubscribeMessage {
  openid: string;
  templateId: string;
  /** What a tap on it opens; undefined: nothing. */
  page?: string | undefined;
  /** By key, such as `thing4`. Each must be within the limit of its kind. */
  values: Readonly<Record<string, string>>;
  /** The version of the mini-program that the page is opened in. */
  miniprogramState: MiniprogramState;
  lang: MessageLanguage;
}

export const MINIPROGRAM_STATES = ['developer', 'trial', 'formal'] as const;
export type MiniprogramState = (typeof MINIPROGRAM_STATES)[number];

export const MESSAGE_LANGUAGES = ['zh_CN', 'en_US', 'zh_HK', 'zh_TW'] as const;
export type MessageLanguage = (typeof MESSAGE_LANGUAGES)[number];

/**
 * What became of a message. `unwanted`: no consent is left, which is normal · `later`: it was not sent, or nobody knows
 * whether it was · `misconfigured`: no message like it can arrive before somebody has mended what `remedy` says.
 */
export type SendMessageResult =
  | { kind: 'sent' }
  /** @param code WeChat's errcode. */
  | { kind: 'unwanted'; code: string }
  | { kind: 'later'; code: string; reason: string }
  | { kind: 'misconfigured'; code: string; reason: string; remedy: string };

/** What WeChat delivers to people who have agreed to it. */
export abstract class WechatMessageGateway {
  /**
   * Sends it, using one consent up. After `later` the same may be sent again: somebody who has agreed only once gets it once.
   * @throws DomainError SERVICE_UNAVAILABLE when the database that instances share the token by does not answer.
   */
  abstract send(message: SubscribeMessage): Promise<SendMessageResult>;
}
