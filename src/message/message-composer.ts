import { Injectable } from '@nestjs/common';
import { Users } from '../auth/users.js';
import { Settings } from '../config/settings.js';
import type { BuyerNews } from '../order/buyer-news.js';
import type { Order } from '../order/order.entity.js';
import { Orders } from '../order/orders.js';
import { Refunds } from '../refund/refunds.js';
import type { SubscribeMessage } from '../wechat/wechat-messages.js';
import { fitValue, kindOf } from './fit-value.js';
import { type MessageTemplate, MessageTemplates } from './message-templates.js';
import { orderWords, refundWords } from './message-words.js';
import { render, type Words } from './placeholders.js';

/** `NO_BUYER`: nobody to tell. `UNFIT`: what the books say cannot be put under this key. */
export type Composed = { message: SubscribeMessage } | { problem: 'NO_BUYER' } | { problem: 'UNFIT'; key: string };

/** Makes the message about a fact out of the shop's books, so that the outbox keeps no names and no amounts. */
@Injectable()
export class MessageComposer {
  constructor(
    private readonly settings: Settings,
    private readonly templates: MessageTemplates,
    private readonly orders: Orders,
    private readonly refunds: Refunds,
    private readonly users: Users,
  ) {}

  /** @throws DomainError ORDER_NOT_FOUND, REFUND_NOT_FOUND or SERVICE_UNAVAILABLE. */
  async compose(news: BuyerNews, template: MessageTemplate): Promise<Composed> {
    const order = await this.orders.byNumber(news.orderNo);
    const buyer = await this.users.findById(order.userId);
    if (!buyer) return { problem: 'NO_BUYER' };
    const words = await this.wordsFor(news, order);
    const values: Record<string, string> = {};
    for (const [key, pattern] of Object.entries(template.data)) {
      const kind = kindOf(key);
      const value = kind && fitValue(kind, render(pattern, words));
      if (value === null) return { problem: 'UNFIT', key };
      values[key] = value;
    }
    const { openid } = buyer;
    const { templateId, page } = template;
    const { miniprogramState, lang } = this.templates;
    const opened = page === undefined ? undefined : render(page, words);
    return { message: { openid, templateId, page: opened, values, miniprogramState, lang } };
  }

  private async wordsFor(news: BuyerNews, order: Order): Promise<Words> {
    const { SHOP_NAME } = this.settings;
    if (news.fact === 'orderPaid') return orderWords(order, SHOP_NAME);
    return refundWords(await this.refunds.byNumber(news.refundNo), order, SHOP_NAME);
  }
}
