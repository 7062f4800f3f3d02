import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../common/time/clock.js';
import { BUYER_TOPIC, type BuyerNotification } from '../order/buyer-notification.js';
import { Outbox } from '../outbox/outbox.js';
import type { DeliveryResult, OutboxMessage, OutboxHandler } from '../outbox/outbox-handler.js';
import { type SendMessageResult, WechatMessageClient } from '../wechat/mini-program/wechat-message.client.js';
import { MessageComposer } from './message-composer.js';
import { MessageTemplates } from './message-templates.js';

/** An older message is of no use: the buyer has seen the result elsewhere. */
const MAX_AGE_MS = 86_400_000;

/**
 * Sends buyers subscribe messages about their payments and refunds. The result of a message never affects a payment or a
 * refund, which was committed before.
 */
@Injectable()
export class BuyerMessageHandler implements OutboxHandler, OnModuleInit {
  readonly topic = BUYER_TOPIC;

  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly templates: MessageTemplates,
    private readonly composer: MessageComposer,
    private readonly gateway: WechatMessageClient,
  ) {}

  onModuleInit(): void {
    if (!this.templates.isEmpty) this.outbox.register(this);
  }

  accepts(payload: object): boolean {
    return this.templates.find((payload as BuyerNotification).fact) !== undefined;
  }

  async deliver({ payload, createdAt }: OutboxMessage): Promise<DeliveryResult> {
    if (this.clock.now().getTime() - createdAt.getTime() > MAX_AGE_MS) return { kind: 'dropped', result: 'TOO_OLD' };
    const notification = payload as BuyerNotification;
    const template = this.templates.find(notification.fact);
    // The configuration has changed since the entry was written.
    if (!template) return { kind: 'dropped', result: 'NO_TEMPLATE' };
    const composed = await this.composer.compose(notification, template);
    if ('message' in composed) return toDelivery(await this.gateway.send(composed.message));
    if (composed.problem === 'NO_BUYER') return { kind: 'dropped', result: 'NO_BUYER' };
    const detail = `${notification.fact}.data.${composed.key} in SUBSCRIBE_MESSAGES_FILE gets a value that its kind does not allow`;
    return { kind: 'needsAttention', result: 'INVALID_VALUE', detail };
  }
}

/**
 * After an unknown outcome the same message is sent again. A buyer who agreed twice may receive it twice, which is better
 * than never.
 */
function toDelivery(result: SendMessageResult): DeliveryResult {
  switch (result.kind) {
    case 'sent':
      return { kind: 'done' };
    case 'no-consent':
      return { kind: 'dropped', result: result.code };
    case 'retry-later':
      return { kind: 'retry', result: result.code, detail: result.reason };
    case 'misconfigured':
      return { kind: 'needsAttention', result: result.code, detail: `${result.reason}: ${result.remedy}` };
  }
}
