import type { BuyerNotificationType } from '../order/buyer-notification.js';
import type { MessageLanguage, MiniprogramState } from '../wechat/mini-program/wechat-message.client.js';

/** The template of the message about one event. */
export interface MessageTemplate {
  readonly templateId: string;
  readonly page?: string;
  /** The text for each key of the template, with placeholders in braces. */
  readonly data: Readonly<Record<string, string>>;
}

/** The configured message templates. For an event without a template no message is sent. */
export class MessageTemplates {
  constructor(
    private readonly byType: Readonly<Partial<Record<BuyerNotificationType, MessageTemplate>>>,
    readonly miniprogramState: MiniprogramState = 'formal',
    readonly lang: MessageLanguage = 'zh_CN',
  ) {}

  get isEmpty(): boolean {
    return Object.keys(this.byType).length === 0;
  }

  find(type: BuyerNotificationType): MessageTemplate | undefined {
    return this.byType[type];
  }
}
