import { Injectable } from '@nestjs/common';
import { UserService } from '../auth/user.service.js';
import { Settings } from '../config/settings.js';
import type { BuyerNotification } from '../order/buyer-notification.js';
import type { Order } from '../order/order.entity.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { RefundQueryService } from '../refund/read/refund-query.service.js';
import type { SubscribeMessage } from '../wechat/mini-program/wechat-message.client.js';
import { formatTemplateValue, valueKindOf } from './format-template-value.js';
import { type MessageTemplate, MessageTemplates } from './message-templates.js';
import { orderVariables, refundVariables } from './message-variables.js';
import { render, type MessageVariables } from './placeholders.js';

/** `NO_BUYER`: the order's buyer does not exist. `INVALID_VALUE`: the value does not fit this key. */
export type ComposeResult =
  { message: SubscribeMessage } | { problem: 'NO_BUYER' } | { problem: 'INVALID_VALUE'; key: string };

/**
 * Composes the message about an event from the current orders and refunds, so that the outbox stores no names or amounts.
 */
@Injectable()
export class MessageComposer {
  constructor(
    private readonly settings: Settings,
    private readonly templates: MessageTemplates,
    private readonly orders: OrderQueryService,
    private readonly refunds: RefundQueryService,
    private readonly users: UserService,
  ) {}

  /** @throws DomainError ORDER_NOT_FOUND, REFUND_NOT_FOUND or SERVICE_UNAVAILABLE. */
  async compose(notification: BuyerNotification, template: MessageTemplate): Promise<ComposeResult> {
    const order = await this.orders.getByNumber(notification.orderNo);
    const buyer = order.userId === null ? null : await this.users.findById(order.userId);
    if (!buyer) return { problem: 'NO_BUYER' };
    const variables = await this.variablesFor(notification, order);
    const values: Record<string, string> = {};
    for (const [key, pattern] of Object.entries(template.data)) {
      const kind = valueKindOf(key);
      const value = kind && formatTemplateValue(kind, render(pattern, variables));
      if (value === null) return { problem: 'INVALID_VALUE', key };
      values[key] = value;
    }
    const { openid } = buyer;
    const { templateId, page } = template;
    const { miniprogramState, lang } = this.templates;
    const opened = page === undefined ? undefined : render(page, variables);
    return { message: { openid, templateId, page: opened, values, miniprogramState, lang } };
  }

  private async variablesFor(notification: BuyerNotification, order: Order): Promise<MessageVariables> {
    const { SHOP_NAME } = this.settings;
    if (notification.fact === 'orderPaid') return orderVariables(order, SHOP_NAME);
    return refundVariables(await this.refunds.getByNumber(notification.refundNo), order, SHOP_NAME);
  }
}
