import { Injectable } from '@nestjs/common';
import { NoticeMetrics } from './notice-metrics.js';
import { RefusedNoticeLog } from '../payment/refused-notice/refused-notice-log.js';
import { ShippingEventHandler } from '../shipping/upload/shipping-event-handler.js';
import {
  type MessageQuery,
  type MessageRefusal,
  PlatformMessageReader,
} from '../wechat/mini-program/pushes/platform-message.reader.js';

/** Receives the messages that WeChat pushes to the mini-program. */
@Injectable()
export class PlatformMessageReceiver {
  constructor(
    private readonly reader: PlatformMessageReader,
    private readonly shipping: ShippingEventHandler,
    private readonly refused: RefusedNoticeLog,
    private readonly metrics: NoticeMetrics,
  ) {}

  /** @returns null when the message may be acknowledged, otherwise the reason why it is rejected. */
  async receive(query: MessageQuery, bytes: Buffer, isTruncated: boolean): Promise<MessageRefusal | null> {
    const message = this.reader.read(query, bytes, isTruncated);
    switch (message.kind) {
      case 'refused':
        this.refused.record({ kind: 'message', result: message.refusal }); // without its text, which may be a private message
        this.metrics.noticeReceived('message', message.refusal);
        return message.refusal;
      case 'other': // possibly a private message, so it is not stored
        this.metrics.noticeReceived('message', 'IGNORED');
        return null;
      case 'event':
        try {
          this.metrics.noticeReceived('message', await this.shipping.handle(message));
        } catch (error) {
          this.metrics.noticeReceived('message', 'ERROR');
          throw error;
        }
        return null;
    }
  }
}
