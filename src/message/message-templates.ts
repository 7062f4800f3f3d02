import type { BuyerNotificationType } from '../order/buyer-notification.js';
import type { MessageLanguage, MiniprogramState } from '../wechat/wechat-message.gateway.js';

/** How one fact is told. */
export interface MessageTemplate {
  readonly templateId: string;
  readonly page?: string;
  /** What stands under each key of the template, with placeholders in braces. */
  readonly data: Readonly<Record<string, string>>;
}

/** The shop's messages, as its configuration has them. Facts without a template are told to nobody. */
export class MessageTemplates {
  constructor(
    private readonly byEvent: Readonly<Partial<Record<BuyerNotificationType, MessageTemplate>>>,
    readonly miniprogramState: MiniprogramState = 'formal',
    readonly lang: MessageLanguage = 'zh_CN',
  ) {}

  get isEmpty(): boolean {
    return Object.keys(this.byEvent).length === 0;
  }

  find(fact: BuyerNotificationType): MessageTemplate | undefined {
    return this.byEvent[fact];
  }
}
