import type { BuyerFact } from '../order/buyer-news.js';
import type { MessageLanguage, MiniprogramState } from '../wechat/wechat-messages.js';

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
    private readonly byFact: Readonly<Partial<Record<BuyerFact, MessageTemplate>>>,
    readonly miniprogramState: MiniprogramState = 'formal',
    readonly lang: MessageLanguage = 'zh_CN',
  ) {}

  get isEmpty(): boolean {
    return Object.keys(this.byFact).length === 0;
  }

  of(fact: BuyerFact): MessageTemplate | undefined {
    return this.byFact[fact];
  }
}
