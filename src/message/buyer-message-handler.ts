import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { BUYER_TOPIC, type BuyerNotification } from '../order/buyer-notification.js';
import { Outbox } from '../outbox/outbox.js';
import type { DeliveryResult, OutboxMessage, OutboxHandler } from '../outbox/outbox-handler.js';
import { type SendMessageResult, WechatMessageGateway } from '../wechat/wechat-message.gateway.js';
import { MessageComposer } from './message-composer.js';
import { MessageTemplates } from './message-templates.js';

/** Older news help nobody: the buyer has seen it elsewhere. */
const MAX_AGE_MS = 86_400_000;

/**
 * Tells buyers what became of their money by subscribe messages. Whatever becomes of a message, no payment and no refund
 * hears of it: they were committed before.
 */
@Injectable()
export class BuyerMessageHandler implements OutboxHandler, OnModuleInit {
  readonly topic = BUYER_TOPIC;

  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly templates: MessageTemplates,
    private readonly composer: MessageComposer,
    private readonly gateway: WechatMessageGateway,
  ) {}

  onModuleInit(): void {
    if (!this.templates.isEmpty) this.outbox.register(this);
  }

  accepts(payload: object): boolean {
    return this.templates.find((payload as BuyerNotification).fact) !== undefined;
  }

  async deliver({ payload, createdAt }: OutboxMessage): Promise<DeliveryResult> {
    if (this.clock.now().getTime() - createdAt.getTime() > MAX_AGE_MS) return { kind: 'dropped', result: 'TOO_OLD' };
    const news = payload as BuyerNotification;
    const template = this.templates.find(news.fact);
    // The configuration has changed since it was written.
    if (!template) return { kind: 'dropped', result: 'NO_TEMPLATE' };
    const composed = await this.composer.compose(news, template);
    if ('message' in composed) return toDelivery(await this.gateway.send(composed.message));
    if (composed.problem === 'NO_BUYER') return { kind: 'dropped', result: 'NO_BUYER' };
    const detail = `${news.fact}.data.${composed.key} in SUBSCRIBE_MESSAGES_FILE cannot hold what it should say`;
    return { kind: 'stuck', result: 'UNFIT', detail };
  }
}

/** After an outcome that nobody knows the same is sent again: better twice, by somebody who agreed twice, than never. */
function toDelivery(result: SendMessageResult): DeliveryResult {
  switch (result.kind) {
    case 'sent':
      return { kind: 'done' };
    case 'unwanted':
      return { kind: 'dropped', result: result.code };
    case 'later':
      return { kind: 'again', result: result.code, detail: result.reason };
    case 'misconfigured':
      return { kind: 'stuck', result: result.code, detail: `${result.reason}: ${result.remedy}` };
  }
}
