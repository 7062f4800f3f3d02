import { Injectable } from '@nestjs/common';
import { Metrics } from '../common/metrics.js';
import { RefusedNotices } from '../payment/refused-notices.js';
import { ShippingNews } from '../shipping/shipping-news.js';
import { type MessageQuery, type MessageRefusal, WechatPushes } from '../wechat/wechat-pushes.js';

/** Takes the messages in that WeChat pushes to the mini-program. */
@Injectable()
export class PlatformMessages {
  constructor(
    private readonly wechat: WechatPushes,
    private readonly shipping: ShippingNews,
    private readonly refused: RefusedNotices,
    private readonly metrics: Metrics,
  ) {}

  /** @returns null when the message may be acknowledged, otherwise why it is not believed. */
  async receive(query: MessageQuery, bytes: Buffer, isCut: boolean): Promise<MessageRefusal | null> {
    const message = this.wechat.read(query, bytes, isCut);
    switch (message.kind) {
      case 'refused':
        this.refused.record({ kind: 'message', result: message.refusal }); // without its text, which may be a person's words
        this.metrics.notice('message', message.refusal);
        return message.refusal;
      case 'other': // perhaps somebody's words: they are nobody's business here, and are not kept
        this.metrics.notice('message', 'IGNORED');
        return null;
      case 'event':
        try {
          this.metrics.notice('message', await this.shipping.hear(message));
        } catch (error) {
          this.metrics.notice('message', 'ERROR');
          throw error;
        }
        return null;
    }
  }
}
